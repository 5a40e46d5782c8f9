import { PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Flex, Space, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import {
  CategoryChoice,
  categories,
  ExportButton,
  FindInput,
  oneOf,
  StateChoice,
  useAddress,
} from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { EnterDialog } from './EnterDialog.tsx';
import { EntryDrawer } from './EntryDrawer.tsx';
import { type Entry, entryStates, useWaiting, useWaitingCounts } from './queries.ts';
import { Waited } from './Waited.tsx';

const colours: Partial<Record<Entry['state'], string>> = {
  waiting: 'processing',
  choosing: 'processing',
  allocated: 'success',
  expired: 'warning',
};

/** The waiting list 轮候名册: who stands where, since when, and how much of the five years is used. */
export default function WaitingPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const [state, category, text] = [oneOf(entryStates, get('state')), oneOf(categories, get('category')), get('text')];
  const query = useMemo(
    () => ({ ...(state ? { state } : {}), ...(category ? { category } : {}), ...(text ? { text } : {}) }),
    [state, category, text],
  );
  const list = useWaiting(query);
  const counts = useWaitingCounts();
  const rows = useMemo(() => list.data?.pages.flat(), [list.data]);
  const countOf = (of: Entry['state']) =>
    counts.data?.reduce((sum, line) => (line.state === of ? sum + line.count : sum), 0) ?? 0;
  const open = rows?.find(({ id }) => id === get('entry'));
  return (
    <>
      <ListPage<Entry>
        title={t('allocation.waiting')}
        actions={
          <Space wrap>
            <ExportButton
              name={t('allocation.waiting')}
              ask={(format) => sdk.allocation.waitingExport({ query: { ...query, format } })}
            />
            {may('allocation:write') ? (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
                {t('allocation.enter')}
              </Button>
            ) : null}
          </Space>
        }
        query={
          <Flex wrap gap={8} align="center">
            <FindInput label={t('allocation.find')} width={220} value={text} onFind={(value) => put({ text: value })} />
            <CategoryChoice
              allowClear
              placeholder={t('allocation.category')}
              style={{ width: 220 }}
              value={category}
              onChange={(value) => put({ category: value })}
            />
            <StateChoice
              states={entryStates}
              chosen={state}
              onChoose={(value) => put({ state: value })}
              labelOf={(each) => t(`allocation.entryStates.${each}`)}
              countOf={countOf}
            />
          </Flex>
        }
        columns={[
          {
            title: t('allocation.position'),
            width: 80,
            align: 'right',
            render: (_, row) => row.position ?? '—',
          },
          {
            title: t('allocation.code'),
            width: 130,
            render: (_, row) => <Typography.Text code>{row.code}</Typography.Text>,
          },
          {
            title: t('allocation.household'),
            render: (_, row) =>
              may('household:read') ? (
                <Link to={`/households/${row.household}`} onClick={(event) => event.stopPropagation()}>
                  {row.householdName || '—'}
                </Link>
              ) : (
                row.householdName || '—'
              ),
          },
          { title: t('allocation.category'), render: (_, row) => t(`parts.categories.${row.category}`) },
          { title: t('allocation.priority'), width: 90, align: 'right', dataIndex: 'priority' },
          { title: t('allocation.score'), width: 90, align: 'right', dataIndex: 'score' },
          { title: t('allocation.waited'), width: 240, render: (_, row) => <Waited entry={row} /> },
          { title: t('allocation.declines'), width: 100, align: 'right', dataIndex: 'declines' },
          {
            title: t('allocation.state'),
            width: 120,
            render: (_, row) => (
              <>
                <Tag color={colours[row.state] ?? 'default'}>{t(`allocation.entryStates.${row.state}`)}</Tag>
                {row.endedBy ? (
                  <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
                    {t('allocation.endedByCode', { code: row.endedBy })}
                  </Typography.Text>
                ) : null}
              </>
            ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        {...(list.error ? { error: said(list.error) } : {})}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ entry: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(Object.keys(query).length > 0 ? 'allocation.emptyFiltered' : 'allocation.emptyWaiting')}
      />
      {open ? <EntryDrawer key={open.id} entry={open} onClose={() => put({ entry: undefined })} /> : null}
      {get('new') ? <EnterDialog onClose={() => put({ new: undefined })} /> : null}
    </>
  );
}
