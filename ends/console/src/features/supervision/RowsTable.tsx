import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Table, Typography } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { type CountedRow, type Measure, useRows } from './queries.ts';
import { sumsShown } from './shown.ts';

/** Pages of what a row stands for, by grain; what has none is shown by its house. */
const pages: Readonly<Record<string, string>> = {
  house: 'houses',
  lease: 'leases',
  case: 'cases',
  alarm: 'alarms',
};

/** A house by its name; what has no name by what it is and the end of its number, which tells neighbours apart. */
function RowName({ grain, row }: { grain: string; row: CountedRow }) {
  const t = useT();
  const page = pages[grain];
  const words = (grain === 'house' && row.name) || `${t(`supervision.grains.${grain}`)} …${row.ref.slice(-6)}`;
  return page ? <Link to={`/${page}/${row.ref}`}>{words}</Link> : words;
}

/** The rows a figure counts, each leading to what it is and where. */
export function RowsTable({ measure, place }: { measure: Measure; place: string | undefined }) {
  const t = useT();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useRows(measure.id, place);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const [first] = data?.pages ?? [];
  return (
    <Flex vertical gap={8}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      <Table
        size="small"
        rowKey="ref"
        loading={isPending}
        dataSource={items}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('supervision.row'), render: (_, row) => <RowName grain={measure.grain} row={row} /> },
          {
            title: t('supervision.place'),
            render: (_, { name, placeId }) =>
              placeId ? <Link to={`/supervision?measure=${measure.id}&place=${placeId}`}>{name}</Link> : '—',
          },
          { title: t('supervision.num'), align: 'right', render: (_, row) => sumsShown(measure, row)[0] },
          { title: t('supervision.den'), align: 'right', render: (_, row) => sumsShown(measure, row)[1] },
        ]}
      />
      {first ? (
        <Flex justify="space-between" align="center">
          <Typography.Text type="secondary">
            {t('supervision.rowsShown', { shown: items.length, rows: first.figure.rows })}
          </Typography.Text>
          {hasNextPage ? (
            <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('supervision.moreRows')}
            </Button>
          ) : null}
        </Flex>
      ) : null}
    </Flex>
  );
}
