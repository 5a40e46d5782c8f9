import { ReloadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Card, Empty, Flex, Result, Space, Table, type TableProps, Typography } from 'antd';
import type { ReactNode } from 'react';

export interface ListPageProps<Row extends object> {
  title: ReactNode;
  /** Filters, from left to right. */
  query?: ReactNode;
  /** Main actions, right of the title. */
  actions?: ReactNode;
  columns: TableProps<Row>['columns'];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  loading?: boolean;
  /** What went wrong, already in the reader's words. */
  error?: string;
  onReload?(): void;
  onOpen?(row: Row): void;
  /** True when more rows wait behind the cursor. */
  more?: boolean;
  onMore?(): void;
  total?: number;
  /** Said when there is nothing yet: how to begin. */
  empty?: ReactNode;
  selection?: TableProps<Row>['rowSelection'];
  footer?: ReactNode;
}

/** A list as all lists here are: filters, table, more rows on demand, an empty state that says how to begin. */
export function ListPage<Row extends object>(props: ListPageProps<Row>) {
  const t = useT();
  const { onOpen, onReload } = props;
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {props.title}
          {props.total === undefined ? null : (
            <Typography.Text
              type="secondary"
              style={{ marginInlineStart: 8, fontSize: 14, fontVariantNumeric: 'tabular-nums' }}
            >
              {props.total.toLocaleString('en-US')}
            </Typography.Text>
          )}
        </Typography.Title>
        <Space wrap>
          {props.actions}
          {onReload ? <Button icon={<ReloadOutlined />} onClick={onReload} aria-label={t('ui.reload')} /> : null}
        </Space>
      </Flex>
      <Card styles={{ body: { padding: 12 } }}>
        {props.query ? (
          <Flex wrap gap={8} style={{ marginBottom: 12 }}>
            {props.query}
          </Flex>
        ) : null}
        {props.error ? (
          <Result
            status="warning"
            title={props.error}
            extra={onReload ? <Button onClick={onReload}>{t('ui.retry')}</Button> : null}
          />
        ) : (
          <Table<Row>
            size="middle"
            columns={props.columns}
            dataSource={props.rows as Row[] | undefined}
            rowKey={props.rowKey}
            loading={props.loading ?? false}
            pagination={false}
            scroll={{ x: 'max-content' }}
            {...(props.selection ? { rowSelection: props.selection } : {})}
            locale={{
              emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={props.empty ?? t('ui.nothing')} />,
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
        )}
        {props.more ? (
          <Flex justify="center" style={{ marginTop: 12 }}>
            <Button onClick={props.onMore} loading={props.loading ?? false}>
              {t('ui.more')}
            </Button>
          </Flex>
        ) : null}
        {props.footer}
      </Card>
    </Flex>
  );
}
