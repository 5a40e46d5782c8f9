import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Select, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import { changeColours, changeStates } from './change-states.ts';
import { type ChangeRow, useChanges } from './queries.ts';

/** Changes of income, members and housing that households told of: who waits for an answer first. */
export default function ChangesPage() {
  const t = useT();
  const { get, put } = useAddress();
  const asked = get('state') ?? 'submitted';
  const state = oneOf(changeStates, asked);
  const list = useChanges(state ? { state } : {});
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return (
    <>
      <ListPage<ChangeRow>
        title={t('households.queue')}
        query={
          <Select
            style={{ width: 160 }}
            aria-label={t('households.state')}
            value={state ?? 'all'}
            onChange={(value: string) => put({ state: value })}
            options={[
              ...changeStates.map((value) => ({ value: value as string, label: t(`households.states.${value}`) })),
              { value: 'all', label: t('households.allStates') },
            ]}
          />
        }
        columns={[
          {
            title: t('households.code'),
            width: 150,
            render: (_, row) => (
              <Link to={`/households/${row.household}`} onClick={(event) => event.stopPropagation()}>
                <Typography.Text code>{row.householdCode}</Typography.Text>
              </Link>
            ),
          },
          { title: t('households.change'), width: 130, render: (_, row) => t(`households.changes.${row.kind}`) },
          { title: t('households.submittedAt'), width: 170, render: (_, row) => dateTime(row.submittedAt) },
          {
            title: t('households.evidence'),
            width: 100,
            align: 'right',
            render: (_, row) => row.evidence.length,
          },
          { title: t('households.note'), render: (_, row) => row.note || '—' },
          {
            title: t('households.state'),
            width: 110,
            render: (_, row) => <Tag color={changeColours[row.state]}>{t(`households.states.${row.state}`)}</Tag>,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ change: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state === 'submitted' ? 'households.queueEmpty' : 'households.queueNone')}
      />
      <ChangeDrawer id={get('change')} onClose={() => put({ change: undefined })} />
    </>
  );
}
