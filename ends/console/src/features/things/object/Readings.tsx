import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { QualityMark } from '@keystead/ui/quality';
import { Alert, Button, Empty, Flex, Table } from 'antd';
import { said } from '../../../shell/sdk.ts';
import { useValueWords } from '../words.ts';
import { type PastProps, useReadings } from './past.ts';

/** Readings one by one: when, when received, what, how good, from whom. */
export function Readings({ thing, property, range }: PastProps) {
  const t = useT();
  const words = useValueWords();
  const list = useReadings(thing.id, property.id, range, range.includes('~') ? 'asc' : 'desc');
  if (list.error) return <Alert type="error" showIcon title={said(list.error)} />;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Flex vertical gap={8}>
      <Table
        size="small"
        title={() => t('things.rawReadings')}
        rowKey={(row) => row.time}
        loading={list.isPending}
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noReadings')} /> }}
        columns={[
          { title: t('things.eventTime'), render: (_, row) => dateTime(row.time) },
          { title: t('things.received'), render: (_, row) => dateTime(row.received) },
          { title: t('things.value'), align: 'right', render: (_, row) => words(property, row.value) },
          {
            title: t('things.quality'),
            render: (_, row) =>
              row.quality === 'good' ? t('things.good') : <QualityMark quality={row.quality} reason={row.reason} />,
          },
          { title: t('things.source'), render: (_, row) => row.source ?? t('things.itself') },
        ]}
      />
      {list.hasNextPage ? (
        <Flex justify="center">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('things.moreReadings')}
          </Button>
        </Flex>
      ) : null}
    </Flex>
  );
}
