import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Checkbox, Select, Tag } from 'antd';
import { useMemo } from 'react';
import { NameText, oneOf, useAddress, useNow } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Request, requestStates, useRequests } from './queries.ts';
import { RequestDrawer } from './RequestDrawer.tsx';

const dayMs = 86_400_000;
const colours: Record<Request['state'], string> = { open: 'processing', granted: 'success', refused: 'error' };

/** What people ask concerning their own data, with the days that are left to answer. */
export function Requests() {
  const t = useT();
  const now = useNow();
  const { get, put } = useAddress();
  const state = oneOf(requestStates, get('state') ?? 'open');
  const overdue = get('overdue') === 'yes';
  const list = useRequests({ ...(state ? { state } : {}), ...(overdue ? { overdue } : {}) });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const clock = (row: Request) => {
    if (row.state !== 'open') return null;
    const days = Math.ceil((Date.parse(row.dueAt) - now) / dayMs);
    return days <= 0 ? (
      <Tag color="error">{t('privacy.lateBy', { days: Math.max(1, -days) })}</Tag>
    ) : (
      <Tag color={days <= 5 ? 'warning' : 'default'}>{t('privacy.daysLeft', { days })}</Tag>
    );
  };
  return (
    <>
      <ListPage<Request>
        title={t('privacy.requests')}
        query={
          <>
            <Select
              style={{ width: 150 }}
              aria-label={t('privacy.state')}
              value={state ?? 'all'}
              onChange={(value: string) => put({ state: value })}
              options={[...requestStates, 'all' as const].map((value) => ({
                value: value as string,
                label: t(`privacy.states.${value}`),
              }))}
            />
            <Checkbox checked={overdue} onChange={({ target }) => put({ overdue: target.checked ? 'yes' : undefined })}>
              {t('privacy.overdue')}
            </Checkbox>
          </>
        }
        columns={[
          { title: t('privacy.kind'), width: 130, render: (_, row) => t(`privacy.kinds.${row.kind}`) },
          { title: t('privacy.person'), render: (_, row) => <NameText party={row.party} name={row.partyName} /> },
          { title: t('privacy.askedAt'), width: 170, render: (_, row) => dateTime(row.askedAt) },
          {
            title: t('privacy.dueAt'),
            width: 270,
            render: (_, row) => (
              <>
                {dateTime(row.dueAt)} {clock(row)}
              </>
            ),
          },
          {
            title: t('privacy.state'),
            width: 110,
            render: (_, row) => <Tag color={colours[row.state]}>{t(`privacy.states.${row.state}`)}</Tag>,
          },
          {
            title: t('privacy.outcome'),
            width: 130,
            render: (_, row) => (row.outcome ? t(`privacy.outcomes.${row.outcome}`) : '—'),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ request: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state === 'open' ? 'privacy.empty' : 'privacy.none')}
      />
      <RequestDrawer id={get('request')} onClose={() => put({ request: undefined })} />
    </>
  );
}
