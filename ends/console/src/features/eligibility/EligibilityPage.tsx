import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Badge, Checkbox, Flex, Select, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Review, states, useBoard, useReviews } from './queries.ts';
import { ReviewDrawer } from './ReviewDrawer.tsx';

const colours: Partial<Record<Review['state'], string>> = {
  approved: 'success',
  refused: 'error',
  objected: 'warning',
  appeal: 'warning',
  withdrawn: 'default',
};

/** Applications and reviews: how many stand where, and each of them with what can be done. */
export default function EligibilityPage() {
  const t = useT();
  const { get, put } = useAddress();
  const state = oneOf(states, get('state'));
  const overdue = get('overdue') === 'yes';
  const board = useBoard();
  const list = useReviews({ ...(state ? { state } : {}), ...(overdue ? { overdue } : {}) });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const columns = states.flatMap((each) => {
    const lines = board.data?.filter((line) => line.state === each) ?? [];
    const count = lines.reduce((sum, line) => sum + line.count, 0);
    return count === 0 ? [] : [{ state: each, count, late: lines.reduce((sum, line) => sum + line.overdue, 0) }];
  });
  return (
    <>
      <ListPage<Review>
        title={t('eligibility.title')}
        query={
          <Flex wrap gap={8} align="center">
            {columns.map((each) => (
              <Badge key={each.state} count={each.late} title={t('eligibility.overdue')}>
                <Tag.CheckableTag
                  checked={state === each.state}
                  onChange={(chosen) => put({ state: chosen ? each.state : undefined })}
                >
                  {t(`eligibility.states.${each.state}`)} {each.count}
                </Tag.CheckableTag>
              </Badge>
            ))}
            <Select
              allowClear
              placeholder={t('eligibility.state')}
              aria-label={t('eligibility.state')}
              style={{ width: 150 }}
              value={state}
              onChange={(chosen?: string) => put({ state: chosen })}
              options={states.map((each) => ({ value: each, label: t(`eligibility.states.${each}`) }))}
            />
            <Checkbox checked={overdue} onChange={({ target }) => put({ overdue: target.checked ? 'yes' : undefined })}>
              {t('eligibility.overdue')}
            </Checkbox>
          </Flex>
        }
        columns={[
          {
            title: t('eligibility.code'),
            width: 130,
            render: (_, row) => <Typography.Text code>{row.code}</Typography.Text>,
          },
          { title: t('eligibility.kind'), width: 120, render: (_, row) => t(`eligibility.kinds.${row.kind}`) },
          {
            title: t('eligibility.state'),
            width: 120,
            render: (_, row) => (
              <Tag color={colours[row.state] ?? 'processing'}>{t(`eligibility.states.${row.state}`)}</Tag>
            ),
          },
          { title: t('eligibility.dueAt'), width: 170, render: (_, row) => dateTime(row.dueAt) },
          { title: t('eligibility.openedAt'), width: 170, render: (_, row) => dateTime(row.openedAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ review: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state || overdue ? 'eligibility.emptyFiltered' : 'eligibility.empty')}
      />
      <ReviewDrawer id={get('review')} onClose={() => put({ review: undefined })} />
    </>
  );
}
