import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Flex, Select, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useAddress } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useUnused } from '../queries.ts';

const spans = [30, 90, 180, 365];

/** Rights to change something that roles give and nobody used: what could be taken away again. */
export default function UnusedRightsPage() {
  const { t, language } = useTexts();
  const { get, put } = useAddress();
  const days = spans.find((each) => String(each) === get('days')) ?? 90;
  const { data, error, isPending, refetch } = useUnused(days);
  return (
    <ListPage<NonNullable<typeof data>['items'][number]>
      title={t('identity.unused')}
      total={data?.items.length}
      query={
        <Flex gap={12} align="center" wrap>
          <Select
            value={days}
            aria-label={t('identity.unusedSpan')}
            style={{ width: 150 }}
            onChange={(value) => put({ days: value === 90 ? undefined : String(value) })}
            options={spans.map((each) => ({ value: each, label: t('identity.days', { days: each }) }))}
          />
          <Typography.Text type="secondary">
            {data ? t('identity.unusedSince', { since: dateTime(data.since) }) : ''}
          </Typography.Text>
        </Flex>
      }
      columns={[
        {
          title: t('identity.user'),
          width: 180,
          render: (_, row) => (
            <Flex vertical>
              <Link to={`/users?user=${row.user.id}&tab=roles`}>{row.user.name}</Link>
              <Typography.Text type="secondary">{row.user.username}</Typography.Text>
            </Flex>
          ),
        },
        {
          title: t('identity.role'),
          width: 180,
          render: (_, row) => <Link to={`/roles?role=${row.role.id}`}>{row.role.names[language]}</Link>,
        },
        {
          title: t('identity.unusedRights'),
          render: (_, row) => (
            <Flex gap={4} wrap style={{ maxWidth: 720 }}>
              {row.permissions.map((permission) => (
                <Tag key={permission}>{permission}</Tag>
              ))}
            </Flex>
          ),
        },
      ]}
      rows={data?.items}
      rowKey={(row) => `${row.user.id}:${row.role.id}`}
      loading={isPending}
      error={error ? said(error) : undefined}
      onReload={() => void refetch()}
      empty={t('identity.emptyUnused')}
    />
  );
}
