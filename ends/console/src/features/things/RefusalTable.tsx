import type { Reply } from '@keystead/sdk';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Empty, Table, Typography } from 'antd';
import { Link } from 'react-router';
import { said, type sdk } from '../../shell/sdk.ts';

export type Refusal = Reply<typeof sdk.things.refusals>[number];

interface RefusalTableProps {
  rows: readonly Refusal[] | undefined;
  loading: boolean;
  error: unknown;
  /** Also tells who sent it. */
  senders?: boolean;
}

/** What was refused, how often, and the last piece of it. */
export function RefusalTable({ rows, loading, error, senders = false }: RefusalTableProps) {
  const { t, has } = useTexts();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Refusal>
      size="middle"
      rowKey={(row) => `${row.thingId ?? row.peer} ${row.type}`}
      loading={loading}
      dataSource={rows as Refusal[] | undefined}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noRefusals')} /> }}
      columns={[
        ...(senders
          ? [
              {
                title: t('things.sender'),
                render: (_: unknown, row: Refusal) =>
                  row.thingId ? (
                    <Link to={`/things/${row.thingId}?tab=access`}>
                      {row.thingName} {row.thingCode}
                    </Link>
                  ) : (
                    t('things.stranger', { peer: row.peer })
                  ),
              },
            ]
          : []),
        {
          title: t('things.problem'),
          render: (_, row) => (
            <>
              {has(`things.refused.${row.type}`) ? t(`things.refused.${row.type}`) : null}{' '}
              <Typography.Text type="secondary">{row.type}</Typography.Text>
            </>
          ),
        },
        { title: t('things.times'), align: 'right', render: (_, row) => row.count.toLocaleString('en-US') },
        { title: t('things.firstSeen'), render: (_, row) => dateTime(row.first) },
        { title: t('things.lastSeen'), render: (_, row) => dateTime(row.last) },
        {
          title: t('things.sample'),
          render: (_, row) => (
            <Typography.Text code copyable={{ text: row.sample }} ellipsis style={{ maxWidth: 320 }}>
              {row.sample || '—'}
            </Typography.Text>
          ),
        },
      ]}
    />
  );
}
