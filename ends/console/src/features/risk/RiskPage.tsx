import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { OpenAges } from './OpenAges.tsx';
import { useCase, useWarnings, type Warning, warningStates } from './queries.ts';

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** Warnings with grade and reasons. Who lives there is shown in the case, not here. */
export default function RiskPage() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { get, put } = useAddress();
  const state = oneOf(warningStates, get('state')) ?? 'open';
  const [closing, setClosing] = useState<Warning>();
  const list = useWarnings(state);
  const openCase = useCase();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return (
    <>
      <ListPage<Warning>
        title={t('risk.title')}
        query={
          <Select
            aria-label={t('risk.state')}
            style={{ width: 150 }}
            value={state}
            onChange={(chosen: string) => put({ state: chosen })}
            options={warningStates.map((each) => ({ value: each, label: t(`risk.states.${each}`) }))}
          />
        }
        columns={[
          {
            title: t('risk.grade'),
            width: 90,
            render: (_, row) => <SeverityMark severity={row.grade} />,
          },
          { title: t('risk.kind'), width: 140, render: (_, row) => t(`risk.kinds.${row.kind}`) },
          { title: t('risk.about'), render: (_, row) => row.name },
          {
            title: t('risk.reasons'),
            render: (_, row) =>
              row.reasons.map(({ fact, value, limit }) => (
                <Tag key={fact}>
                  {t('risk.reason', { fact: t(`risk.facts.${fact}`), value: rounded(value), limit: rounded(limit) })}
                </Tag>
              )),
          },
          { title: t('risk.owner'), width: 120, render: (_, row) => row.ownerName || t('risk.duty') },
          { title: t('risk.openedAt'), width: 170, render: (_, row) => dateTime(row.openedAt) },
          {
            title: t('risk.case'),
            width: 170,
            render: (_, row) => (row.caseId ? <Link to={`/cases/${row.caseId}`}>{row.caseCode}</Link> : '—'),
          },
          {
            title: '',
            width: 170,
            render: (_, row) =>
              row.state === 'open' && may('risk:handle') ? (
                <Flex gap={8}>
                  {row.caseId ? null : (
                    <Button
                      size="small"
                      loading={openCase.isPending}
                      onClick={() =>
                        openCase.mutate(
                          { id: row.id, note: t(`risk.kinds.${row.kind}`) },
                          { onError: (cause) => void message.error(said(cause)) },
                        )
                      }
                    >
                      {t('risk.openCase')}
                    </Button>
                  )}
                  <Button size="small" type="primary" onClick={() => setClosing(row)}>
                    {t('risk.close')}
                  </Button>
                </Flex>
              ) : (
                (row.result ?? '')
              ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t('risk.empty')}
      />
      <OpenAges />
      <CloseDialog warning={closing} onClose={() => setClosing(undefined)} />
    </>
  );
}
