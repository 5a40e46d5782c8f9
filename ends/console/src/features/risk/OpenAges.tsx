import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Card, Table } from 'antd';
import { useOpenAges } from './queries.ts';

/** How long open warnings have been waiting, by kind. */
export function OpenAges() {
  const t = useT();
  const { data, isPending } = useOpenAges();
  if (data?.length === 0) return null;
  return (
    <Card size="small" title={t('risk.ages')}>
      <Table
        size="small"
        rowKey={(row) => row.kind}
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        columns={[
          { title: t('risk.kind'), render: (_, row) => t(`risk.kinds.${row.kind}`) },
          { title: t('risk.day'), align: 'right', render: (_, row) => row.day },
          { title: t('risk.week'), align: 'right', render: (_, row) => row.week },
          { title: t('risk.month'), align: 'right', render: (_, row) => row.month },
          { title: t('risk.older'), align: 'right', render: (_, row) => row.older },
          { title: t('risk.oldest'), render: (_, row) => dateTime(row.oldest) },
        ]}
      />
    </Card>
  );
}
