import { PlusOutlined } from '@ant-design/icons';
import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Popconfirm, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { PlaceName } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { type ApiKey, useKeyChange, useKeys } from '../queries.ts';
import { NewKey } from './NewKey.tsx';

const soonDays = 14;

function Expiry({ at }: { at: string | null }) {
  const { t } = useTexts();
  if (at === null) return t('identity.never');
  const left = (Date.parse(at) - Date.now()) / 86_400_000;
  return (
    <Flex vertical>
      {dateTime(at)}
      {left < 0 ? <Typography.Text type="danger">{t('identity.expired')}</Typography.Text> : null}
      {left >= 0 && left < soonDays ? (
        <Typography.Text type="warning">{t('identity.expiresSoon', { days: Math.ceil(left) })}</Typography.Text>
      ) : null}
    </Flex>
  );
}

/** Keys for scripts and other systems. Their text is shown when they are made and never again. */
export default function KeysPage() {
  const { t, language } = useTexts();
  const { message } = App.useApp();
  const list = useKeys();
  const [making, setMaking] = useState(false);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const revoke = useKeyChange((id: string) => sdk.keys.revoke({ params: { id } }));

  return (
    <>
      <ListPage<ApiKey>
        title={t('identity.keys')}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('identity.addKey')}
          </Button>
        }
        columns={[
          { title: t('identity.keyName'), render: (_, row) => <Typography.Text strong>{row.name}</Typography.Text> },
          { title: t('identity.owner'), width: 130, render: (_, row) => row.owner.name },
          {
            title: t('identity.rights'),
            render: (_, row) =>
              row.permissions === null ? (
                t('identity.asOwner')
              ) : (
                <Flex gap={4} wrap style={{ maxWidth: 360 }}>
                  {row.permissions.map((permission) => (
                    <Tag key={permission}>{permission}</Tag>
                  ))}
                </Flex>
              ),
          },
          {
            title: t('identity.reach'),
            render: (_, row) =>
              row.reach === 'organisation' ? (
                t('identity.asOwner')
              ) : (
                <Flex gap={8} wrap>
                  {row.places.map((place) => (
                    <PlaceName key={place.id} id={place.id} />
                  ))}
                </Flex>
              ),
          },
          {
            title: t('identity.perMinute'),
            width: 110,
            align: 'right',
            render: (_, row) => row.perMinute.toLocaleString('en-US'),
          },
          { title: t('identity.expiresAt'), width: 170, render: (_, row) => <Expiry at={row.expiresAt} /> },
          {
            title: t('identity.lastUsed'),
            width: 130,
            render: (_, row) =>
              row.lastUsedAt ? (
                <span title={dateTime(row.lastUsedAt)}>{ago(row.lastUsedAt, language)}</span>
              ) : (
                t('identity.neverUsed')
              ),
          },
          {
            title: '',
            width: 80,
            render: (_, row) => (
              <Popconfirm
                title={t('identity.revokeKeySure', { name: row.name })}
                onConfirm={() => revoke.mutate(row.id, { onError: (cause) => void message.error(said(cause)) })}
              >
                <Button size="small" type="text" danger>
                  {t('identity.revoke')}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t('identity.emptyKeys')}
      />
      {making ? <NewKey onClose={() => setMaking(false)} /> : null}
    </>
  );
}
