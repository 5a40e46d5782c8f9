import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { TimeRange } from '@keystead/ui/time';
import { Alert, Button, Empty, Flex, Table, Typography } from 'antd';
import { useSearchParams } from 'react-router';
import { said } from '../../../shell/sdk.ts';
import { named } from '../words.ts';
import { useEvents } from './past.ts';
import type { ThingTabProps } from './tab-props.ts';

/** What a thing said happened. */
export function EventsTab({ thing }: ThingTabProps) {
  const { t, language } = useTexts();
  const [search, setSearch] = useSearchParams();
  const range = search.get('range') ?? '7d';
  const list = useEvents(thing.id, range);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const details = (row: (typeof rows)[number]) =>
    Object.entries((row.data ?? {}) as Record<string, unknown>)
      .map(([field, value]) => {
        const text = row.texts[field];
        return `${field} = ${text ? named(text, language) : typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
      })
      .join('，');
  return (
    <Flex vertical gap={12}>
      <TimeRange value={range} onChange={(text) => setSearch({ tab: 'events', range: text }, { replace: true })} />
      {list.error ? <Alert type="error" showIcon title={said(list.error)} /> : null}
      <Table
        size="middle"
        rowKey={(row) => `${row.time} ${row.event}`}
        loading={list.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noEvents')} /> }}
        columns={[
          { title: t('things.eventTime'), width: 180, render: (_, row) => dateTime(row.time) },
          {
            title: t('things.event'),
            render: (_, row) => (
              <>
                {row.name ? named(row.name, language) : row.event}{' '}
                <Typography.Text type="secondary">{row.event}</Typography.Text>
              </>
            ),
          },
          {
            title: t('things.severity'),
            width: 110,
            render: (_, row) => (row.severity === undefined ? '—' : <SeverityMark severity={row.severity} />),
          },
          { title: t('things.details'), render: (_, row) => details(row) || '—' },
        ]}
      />
      {list.hasNextPage ? (
        <Flex justify="center">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('things.moreEvents')}
          </Button>
        </Flex>
      ) : null}
    </Flex>
  );
}
