import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Badge, Button, Checkbox, Flex, Select, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { NameText, oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { BatchDialog } from './BatchDialog.tsx';
import { Clock } from './Clock.tsx';
import { type Review, reviewColours, useBoard, useCourse, useReviews } from './queries.ts';
import { YearlyDialog } from './YearlyDialog.tsx';

const most = 200;

/** Applications and reviews: how many stand where, each with its clock, and steps for one or for many. */
export default function EligibilityPage() {
  const t = useT();
  const go = useNavigate();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { kinds, states } = useCourse();
  const [state, kind] = [oneOf(states, get('state')), oneOf(kinds, get('kind'))];
  const overdue = get('overdue') === 'yes';
  const board = useBoard();
  const list = useReviews({ ...(state ? { state } : {}), ...(kind ? { kind } : {}), ...(overdue ? { overdue } : {}) });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [batch, setBatch] = useState(false);
  const [yearly, setYearly] = useState(false);
  const counts = states.flatMap((each) => {
    const lines = board.data?.filter((line) => line.state === each && (!kind || line.kind === kind)) ?? [];
    const count = lines.reduce((sum, line) => sum + line.count, 0);
    return count === 0 ? [] : [{ state: each, count, late: lines.reduce((sum, line) => sum + line.overdue, 0) }];
  });
  return (
    <>
      <ListPage<Review>
        title={t('eligibility.title')}
        actions={
          <>
            {may('eligibility:configure') ? (
              <Button onClick={() => void go('/eligibility/sources')}>{t('eligibility.sourcesTitle')}</Button>
            ) : null}
            {may('eligibility:write') ? (
              <>
                <Button disabled={chosen.length === 0} onClick={() => setBatch(true)}>
                  {t('eligibility.batch', { count: chosen.length })}
                </Button>
                <Button onClick={() => setYearly(true)}>{t('eligibility.yearly')}</Button>
                <Button type="primary" onClick={() => void go('/households/new')}>
                  {t('eligibility.newApplication')}
                </Button>
              </>
            ) : null}
          </>
        }
        query={
          <Flex wrap gap={8} align="center">
            {counts.map((each) => (
              <Badge key={each.state} count={each.late} title={t('eligibility.overdue')}>
                <Tag.CheckableTag
                  checked={state === each.state}
                  onChange={(on) => put({ state: on ? each.state : undefined })}
                >
                  {t(`eligibility.states.${each.state}`)} {each.count}
                </Tag.CheckableTag>
              </Badge>
            ))}
            <Select
              allowClear
              placeholder={t('eligibility.kind')}
              aria-label={t('eligibility.kind')}
              style={{ width: 150 }}
              value={kind}
              onChange={(value?: string) => put({ kind: value })}
              options={kinds.map((each) => ({ value: each, label: t(`eligibility.kinds.${each}`) }))}
            />
            <Select
              allowClear
              placeholder={t('eligibility.state')}
              aria-label={t('eligibility.state')}
              style={{ width: 150 }}
              value={state}
              onChange={(value?: string) => put({ state: value })}
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
          {
            title: t('eligibility.household'),
            render: (_, row) => <NameText party={row.household} name={row.householdName} />,
          },
          {
            title: t('eligibility.category'),
            width: 180,
            render: (_, row) => (row.kind === 'initial' ? t(`parts.categories.${row.category}`) : '—'),
          },
          { title: t('eligibility.kind'), width: 120, render: (_, row) => t(`eligibility.kinds.${row.kind}`) },
          {
            title: t('eligibility.state'),
            width: 120,
            render: (_, row) => (
              <Tag color={reviewColours[row.state] ?? 'processing'}>{t(`eligibility.states.${row.state}`)}</Tag>
            ),
          },
          {
            title: t('eligibility.dueAt'),
            width: 260,
            render: (_, row) => <Clock until={row.dueAt} ended={row.endedAt !== null} />,
          },
          { title: t('eligibility.openedAt'), width: 170, render: (_, row) => dateTime(row.openedAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        {...(may('eligibility:write')
          ? {
              selection: {
                selectedRowKeys: chosen,
                onChange: (keys: React.Key[]) => setChosen(keys.map(String).slice(0, most)),
              },
            }
          : {})}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => void go(`/eligibility/${row.id}`)}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state || kind || overdue ? 'eligibility.emptyFiltered' : 'eligibility.empty')}
      />
      {batch ? (
        <BatchDialog
          reviews={(rows ?? []).filter(({ id }) => chosen.includes(id))}
          onClose={() => {
            setBatch(false);
            setChosen([]);
          }}
        />
      ) : null}
      {yearly ? <YearlyDialog onClose={() => setYearly(false)} /> : null}
    </>
  );
}
