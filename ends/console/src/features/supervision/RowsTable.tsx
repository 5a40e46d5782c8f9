import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Table, Typography } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { type CountedRow, type Measure, useRows } from './queries.ts';

/** Pages of what a row stands for, by grain; what has none is shown by its house. */
const pages: Readonly<Record<string, string>> = {
  house: 'houses',
  lease: 'leases',
  case: 'cases',
  alarm: 'alarms',
};

function RowName({ grain, row }: { grain: string; row: CountedRow }) {
  const page = pages[grain];
  const short = row.ref.slice(0, 8);
  return page ? <Link to={`/${page}/${row.ref}`}>{short}</Link> : short;
}

/** The rows a figure counts, each leading to what it is and where. */
export function RowsTable({ measure, place }: { measure: Measure; place: string | undefined }) {
  const t = useT();
  const { data, error, isPending } = useRows(measure.id, place, true);
  return (
    <Flex vertical gap={8}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table
        size="small"
        rowKey="ref"
        loading={isPending}
        dataSource={data?.items ?? []}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('supervision.row'), render: (_, row) => <RowName grain={measure.grain} row={row} /> },
          {
            title: t('supervision.place'),
            render: (_, { name, placeId }) =>
              placeId ? <Link to={`/supervision?measure=${measure.id}&place=${placeId}`}>{name}</Link> : '—',
          },
          { title: t('supervision.num'), dataIndex: 'num', align: 'right' },
          { title: t('supervision.den'), dataIndex: 'den', align: 'right' },
        ]}
      />
      {data ? (
        <Typography.Text type="secondary">
          {t('supervision.rowsShown', { shown: data.items.length, rows: data.figure.rows })}
        </Typography.Text>
      ) : null}
    </Flex>
  );
}
