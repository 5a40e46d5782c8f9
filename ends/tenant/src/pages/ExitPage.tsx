import type { Reply } from '@keystead/sdk';
import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAct } from '../parts/act.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { day } from '../parts/moment.ts';
import { yuan } from '../parts/money.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { Steps } from '../parts/Steps.tsx';
import { sdk } from '../sdk.ts';

type Exit = Reply<typeof sdk.ownExit.list>[number];
const course = ['initiated', 'accepted', 'inspected', 'settled', 'handed-over'] as const;
const open = ['initiated', 'accepted', 'inspected', 'settled'];

/** The last account, line by line; right, it is confirmed here. */
function Account({ of }: { of: Exit }) {
  const { t, has } = useTexts();
  const [asking, setAsking] = useState(false);
  const act = useAct(() => setAsking(false));
  const account = of.settlement;
  if (!account) return null;
  const paid = account.lines.reduce((sum, { settled }) => sum + settled, 0);
  const named = (code: string) => (has(`tenant.fee.${code}`) ? t(`tenant.fee.${code}`) : code);
  return (
    <section className="card">
      <h2>{t('tenant.exit.account')}</h2>
      {account.lines.map((line) => (
        <Row key={`${line.subject} ${line.period}`} name={`${named(line.subject)} ${line.period}`}>
          {yuan(line.amount)}
        </Row>
      ))}
      {account.damages > 0 && !account.lines.some(({ subject }) => subject === 'damage') && (
        <Row name={t('tenant.exit.damages')}>{yuan(account.damages)}</Row>
      )}
      {paid > 0 && <Row name={t('tenant.exit.paid')}>− {yuan(paid)}</Row>}
      <Row name={t('tenant.exit.deposit')}>{yuan(account.deposit)}</Row>
      {account.prepaid > 0 && <Row name={t('tenant.exit.prepaid')}>{yuan(account.prepaid)}</Row>}
      <Row name={t(account.owed > 0 ? 'tenant.exit.owed' : 'tenant.exit.refunded')}>
        <strong>{yuan(account.owed > 0 ? account.owed : account.refunded)}</strong>
      </Row>
      {account.owed === 0 && <p className="quiet">{t('tenant.exit.depositBy', { day: day(of.depositBy) })}</p>}
      {act.error && <Refusal cause={act.error} />}
      {of.confirmedAt ? (
        <p className="note" role="status">
          {t('tenant.exit.confirmed', { day: day(of.confirmedAt) })}
        </p>
      ) : (
        <>
          <p className="note">{t('tenant.exit.check')}</p>
          <button type="button" className="main" onClick={() => setAsking(true)}>
            {t('tenant.exit.confirm')}
          </button>
        </>
      )}
      {asking && (
        <Confirm
          title={t('tenant.exit.confirm')}
          yes={t('tenant.exit.yesConfirm')}
          busy={act.isPending}
          onYes={() => act.mutate(() => sdk.ownExit.confirm({ params: { id: of.id } }))}
          onNo={() => setAsking(false)}
        >
          <p>{t('tenant.exit.sureConfirm')}</p>
        </Confirm>
      )}
    </section>
  );
}

function ExitCard({ of }: { of: Exit }) {
  const { t } = useTexts();
  const act = useAct();
  const onCourse = of.state === 'reported' || course.some((each) => each === of.state);
  const states: readonly string[] = course;
  const before = (state: string): boolean => states.indexOf(of.state) < states.indexOf(state);
  const mayStay = of.source === 'tenant' && (of.state === 'initiated' || of.state === 'accepted');
  return (
    <>
      <section className="card">
        <h2>
          {t(`tenant.exit.kind.${of.kind}`)} · {t(`tenant.exit.state.${of.state}`)}
        </h2>
        <p className="quiet">{of.code}</p>
        <Row name={t('tenant.exit.leaveBy')}>{of.leaveBy}</Row>
        {onCourse && (
          <Steps
            texts="tenant.exit.state"
            states={course}
            now={of.state === 'reported' ? 'handed-over' : of.state}
            beside={{
              initiated: day(of.openedAt),
              inspected: before('inspected') ? t('tenant.exit.until', { day: day(of.inspectBy) }) : null,
              settled: before('settled') ? t('tenant.exit.until', { day: day(of.settleBy) }) : null,
            }}
          />
        )}
        {act.error && <Refusal cause={act.error} />}
        {mayStay && (
          <div className="actions">
            <button
              type="button"
              disabled={act.isPending}
              onClick={() =>
                act.mutate(() => sdk.ownExit.cancel({ params: { id: of.id }, body: { reason: t('tenant.exit.stay') } }))
              }
            >
              {t('tenant.exit.stay')}
            </button>
          </div>
        )}
      </section>
      <Account of={of} />
    </>
  );
}

/** Giving the home up: asked in one step, followed by its days, ended with the last account. */
export function ExitPage() {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const [leaveOn, setLeaveOn] = useState('');
  const [asking, setAsking] = useState(false);
  const act = useAct(() => setAsking(false));
  const exits = useQuery({ queryKey: ['exits'], queryFn: () => sdk.ownExit.list({}), refetchInterval: 10_000 });
  const ask = () =>
    act.mutate(() => sdk.ownExit.ask({ body: { reason: reason.trim(), ...(leaveOn ? { leaveOn } : {}) } }));
  return (
    <Page title={t('tenant.exit.title')} back="/services">
      <Loaded of={exits}>
        {(list) => (
          <>
            {!list.some(({ state }) => open.includes(state)) && (
              <section className="card">
                <p className="note">{t('tenant.exit.guidance')}</p>
                <label htmlFor="reason">{t('tenant.exit.reason')}</label>
                <input id="reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
                <label htmlFor="leave">{t('tenant.exit.leaveOn')}</label>
                <input id="leave" type="date" value={leaveOn} onChange={(event) => setLeaveOn(event.target.value)} />
                {act.error && <Refusal cause={act.error} />}
                <div className="actions">
                  <button
                    type="button"
                    className="main"
                    disabled={reason.trim() === ''}
                    onClick={() => setAsking(true)}
                  >
                    {t('tenant.exit.ask')}
                  </button>
                </div>
              </section>
            )}
            {list.map((exit) => (
              <ExitCard key={exit.id} of={exit} />
            ))}
          </>
        )}
      </Loaded>
      {asking && (
        <Confirm
          title={t('tenant.exit.ask')}
          yes={t('tenant.exit.yesAsk')}
          busy={act.isPending}
          onYes={ask}
          onNo={() => setAsking(false)}
        >
          <p>{t('tenant.request.sureExit')}</p>
        </Confirm>
      )}
    </Page>
  );
}
