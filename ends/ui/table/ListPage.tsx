import { useT } from '@keystead/ui/i18n';
import { Button, Empty, Flex, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { ListFrame, type ListFrameProps } from './ListFrame.tsx';

export interface ListPageProps<Row extends object> extends Omit<ListFrameProps, 'children'> {
  columns: TableProps<Row>['columns'];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  loading?: boolean;
  onOpen?(row: Row): void;
  /** True when more rows wait behind the cursor. */
  more?: boolean;
  onMore?(): void;
  /** Said when there is nothing yet: how to begin. */
  empty?: ReactNode;
  selection?: TableProps<Row>['rowSelection'];
  /** What a row opens into, below itself. */
  below?(row: Row): ReactNode;
}

/** A list as all lists here are: filters, table, more rows on demand, an empty state that says how to begin. */
export function ListPage<Row extends object>(props: ListPageProps<Row>) {
  const t = useT();
  const { columns, rows, rowKey, loading, onOpen, more, onMore, empty, selection, below, ...frame } = props;
  return (
    <ListFrame {...frame}>
      <Table<Row>
        size="middle"
        columns={columns}
        dataSource={rows as Row[] | undefined}
        rowKey={rowKey}
        loading={loading ?? false}
        pagination={false}
        scroll={{ x: 'max-content' }}
        {...(selection ? { rowSelection: selection } : {})}
        {...(below ? { expandable: { expandedRowRender: below } } : {})}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? t('ui.nothing')} />,
        }}
        onRow={(row) =>
          onOpen
            ? {
                onClick: () => onOpen(row),
                tabIndex: 0,
                onKeyDown: (event) => event.key === 'Enter' && event.target === event.currentTarget && onOpen(row),
                style: { cursor: 'pointer' },
              }
            : {}
        }
      />
      {more ? (
        <Flex justify="center" style={{ marginTop: 12 }}>
          <Button onClick={onMore} loading={loading ?? false}>
            {t('ui.more')}
          </Button>
        </Flex>
      ) : null}
    </ListFrame>
  );
}
