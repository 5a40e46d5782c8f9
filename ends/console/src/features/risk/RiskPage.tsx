import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { Button, Flex, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { AboutLink, oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { byHand, factShown } from './fact.ts';
import { OpenAges } from './OpenAges.tsx';
import { useRules, useWarnings, type Warning, warningKinds, warningStates } from './queries.ts';
import { RaiseDialog } from './RaiseDialog.tsx';
import { ReportDialog } from './ReportDialog.tsx';
import { RulesDialog } from './RulesDialog.tsx';
import { WarningDrawer } from './WarningDrawer.tsx';

/** Warnings with grade and reasons. Who lives there is shown in the case, not here. */
export default function RiskPage() {
  const t = useT();
  const go = useNavigate();
  const { may } = useSession();
  const { get, put } = useAddress();
  const state = oneOf(warningStates, get('state')) ?? 'open';
  const kind = oneOf(warningKinds, get('kind'));
  const [closing, setClosing] = useState<Warning>();
  const [dialog, setDialog] = useState<'raise' | 'report' | 'rules'>();
  const list = useWarnings(state, kind);
  const { data: rules } = useRules();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return (
    <Flex vertical gap={16}>
      <ListPage<Warning>
        title={t('risk.title')}
        actions={
          <>
            {may('risk:configure') && rules ? (
              <Button onClick={() => setDialog('rules')}>{t('risk.rules')}</Button>
            ) : null}
            {may('case:write') ? <Button onClick={() => setDialog('report')}>{t('risk.report')}</Button> : null}
            {may('risk:handle') ? (
              <Button type="primary" onClick={() => setDialog('raise')}>
                {t('risk.raise')}
              </Button>
            ) : null}
          </>
        }
        query={
          <>
            <Select
              aria-label={t('risk.state')}
              style={{ width: 150 }}
              value={state}
              onChange={(chosen: string) => put({ state: chosen })}
              options={warningStates.map((each) => ({ value: each, label: t(`risk.states.${each}`) }))}
            />
            <Select
              allowClear
              aria-label={t('risk.kind')}
              placeholder={t('risk.kind')}
              style={{ width: 200 }}
              value={kind}
              onChange={(chosen?: string) => put({ kind: chosen })}
              options={warningKinds.map((each) => ({ value: each, label: t(`risk.kinds.${each}`) }))}
            />
          </>
        }
        columns={[
          {
            title: t('risk.grade'),
            width: 90,
            render: (_, row) => <SeverityMark severity={row.grade} />,
          },
          { title: t('risk.kind'), width: 180, render: (_, row) => t(`risk.kinds.${row.kind}`) },
          { title: t('risk.about'), render: (_, row) => row.name },
          {
            title: t('risk.reasons'),
            render: (_, row) => (
              <Flex wrap gap={4}>
                {row.reasons.map(({ fact, value, limit }) => (
                  <Tag key={fact} style={{ margin: 0 }}>
                    {byHand(fact)
                      ? t(`risk.facts.${fact}`)
                      : t('risk.reason', {
                          fact: t(`risk.facts.${fact}`),
                          value: factShown(fact, value),
                          limit: factShown(fact, limit),
                        })}
                  </Tag>
                ))}
              </Flex>
            ),
          },
          { title: t('risk.owner'), width: 120, render: (_, row) => row.ownerName || t('risk.duty') },
          { title: t('risk.openedAt'), width: 170, render: (_, row) => dateTime(row.openedAt) },
          {
            title: t('risk.case'),
            width: 170,
            render: (_, row) => (row.caseId ? <AboutLink kind="case" id={row.caseId} words={row.caseCode} /> : '—'),
          },
          ...(state === 'closed'
            ? [{ title: t('risk.result'), render: (_: unknown, row: Warning) => row.result ?? '' }]
            : []),
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state === 'open' ? 'risk.empty' : 'risk.none')}
        onOpen={(row) => put({ warning: row.id })}
      />
      <OpenAges />
      <WarningDrawer id={get('warning')} onCloseWarning={setClosing} onClose={() => put({ warning: undefined })} />
      {dialog === 'raise' ? (
        <RaiseDialog
          onClose={() => setDialog(undefined)}
          onDone={(id) => {
            setDialog(undefined);
            put({ warning: id });
          }}
        />
      ) : null}
      {dialog === 'report' ? (
        <ReportDialog onClose={() => setDialog(undefined)} onDone={(id) => void go(`/cases/${id}`)} />
      ) : null}
      {dialog === 'rules' && rules ? <RulesDialog {...rules} onClose={() => setDialog(undefined)} /> : null}
      <CloseDialog warning={closing} onClose={() => setClosing(undefined)} />
    </Flex>
  );
}
