import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Table } from 'antd';
import { AboutLink } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Check, type CheckQuery, useChecks } from './queries.ts';
import { Difference, registerText, StateTag } from './words.tsx';

interface CheckTableProps {
  query: CheckQuery;
  /** What stands there when there is none. */
  empty: string;
  onOpen(id: string): void;
}

/** Photographed dials beside their registers, newest first. */
export function CheckTable({ query, empty, onOpen }: CheckTableProps) {
  const { t, language } = useTexts();
  const list = useChecks(query);
  if (list.error) return <Alert type="error" showIcon title={said(list.error)} />;
  return (
    <Flex vertical gap={12}>
      <Table<Check>
        size="middle"
        rowKey={(row) => row.id}
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
        onRow={(row) => ({ onClick: () => onOpen(row.id), style: { cursor: 'pointer' } })}
        columns={[
          { title: t('dials.takenAt'), width: 170, render: (_, row) => dateTime(row.takenAt) },
          ...(query.thing
            ? []
            : [
                {
                  title: t('dials.meter'),
                  render: (_: unknown, row: Check) => (
                    <AboutLink kind="thing" id={row.thing} words={`${row.thingName} · ${row.thingCode}`} />
                  ),
                },
              ]),
          {
            title: t('dials.counter'),
            render: (_, row) => (language === 'en' ? row.propertyName.en : row.propertyName.zh),
          },
          { title: t('dials.dial'), align: 'right', className: 'ks-figure', render: (_, row) => row.dial },
          { title: t('dials.register'), align: 'right', render: (_, row) => registerText(row) },
          { title: t('dials.difference'), align: 'right', render: (_, row) => <Difference check={row} /> },
          { title: t('dials.state'), width: 120, render: (_, row) => <StateTag state={row.state} /> },
          { title: t('dials.reviewer'), render: (_, row) => row.reviewerName ?? '—' },
          {
            title: '',
            width: 90,
            render: (_, row) => (
              <Button type="link" size="small" onClick={() => onOpen(row.id)}>
                {t('dials.look')}
              </Button>
            ),
          },
        ]}
      />
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('dials.more')}
        </Button>
      ) : null}
    </Flex>
  );
}
