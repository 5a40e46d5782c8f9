import type { Reply } from '@keystead/sdk';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Flex, Table, Tag, Typography } from 'antd';
import { said, sdk } from '../../shell/sdk.ts';
import type { CaseFile } from './queries.ts';

type Said = Reply<typeof sdk.field.ofCase>;
type Entry = Said['items'][number];

function Chains({ chains }: { chains: Said['chains'] }) {
  const t = useT();
  return chains.map(({ device, name, owner, entries, broken }) => (
    <Alert
      key={device}
      showIcon
      type={broken.length === 0 ? 'success' : 'error'}
      title={
        broken.length === 0
          ? t('cases.field.holds', { owner, entries })
          : t('cases.field.broken', { owner, numbers: broken.join(', ') })
      }
      description={
        <Typography.Text type="secondary" ellipsis={{ tooltip: name }}>
          {name}
        </Typography.Text>
      }
    />
  ));
}

/** What was said of the case on phones out in the field, with when and where, and whether their chains hold. */
export function FieldEntries({ file }: { file: CaseFile }) {
  const t = useT();
  const { data, error, isPending } = useQuery({
    queryKey: ['cases', 'field', file.id, file.version],
    queryFn: () => sdk.field.ofCase({ params: { id: file.id } }),
  });
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      <Chains chains={data?.chains ?? []} />
      <Table<Entry>
        size="small"
        loading={isPending}
        rowKey={({ device, number }) => `${device} ${number}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={data?.items}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.field.none')} /> }}
        columns={[
          { title: t('cases.field.number'), align: 'right', width: 70, dataIndex: 'number' },
          { title: t('cases.field.act'), render: (_, { kind }) => t(`cases.field.acts.${kind}`) },
          { title: t('cases.field.saidAt'), render: (_, { saidAt }) => dateTime(saidAt) },
          { title: t('cases.field.receivedAt'), render: (_, { receivedAt }) => dateTime(receivedAt) },
          { title: t('cases.field.actor'), dataIndex: 'actorName' },
          {
            title: t('cases.field.place'),
            render: (_, { place }) => (place ? `${place.longitude.toFixed(5)}, ${place.latitude.toFixed(5)}` : '—'),
          },
          {
            title: t('cases.field.state'),
            render: (_, { outcome, marks, refusal }) => (
              <Flex gap={4} wrap>
                <Tag color={outcome === 'done' ? 'success' : 'error'}>{t(`cases.field.outcomes.${outcome}`)}</Tag>
                {marks.map((mark) => (
                  <Tag key={mark} color="warning">
                    {t(`cases.field.marks.${mark}`)}
                  </Tag>
                ))}
                {refusal ? <Typography.Text type="danger">{refusal.title}</Typography.Text> : null}
              </Flex>
            ),
          },
        ]}
      />
    </Flex>
  );
}
