import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { HouseLines } from '../parts/HouseChoice.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { day, minute } from '../parts/moment.ts';
import { orNothing } from '../parts/nothing.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { sdk } from '../sdk.ts';

type Turn = Reply<typeof sdk.ownAllocation.turns>['turns'][number];

/** Plans are for whoever stands on the list or has chosen from one. */
const listed = (state: string): boolean => ['waiting', 'choosing', 'allocated'].includes(state);

/** One plan: whether I want a house of it, when my turn is, and which house I take. */
function TurnCard({ of }: { of: Turn }) {
  const t = useT();
  const [house, setHouse] = useState('');
  const [asking, setAsking] = useState<'choose' | 'decline'>();
  const act = useAct(() => setAsking(undefined));
  const params = { id: of.plan };
  const chosen = of.houses.find(({ id }) => id === (of.intent?.house ?? house));
  const run = () =>
    act.mutate(() =>
      asking === 'choose'
        ? sdk.ownAllocation.choose({ params, body: { house } })
        : sdk.ownAllocation.decline({ params, body: { reason: t('tenant.queue.declined') } }),
    );
  return (
    <section className="card">
      <h2>{of.name}</h2>
      <p>{t(of.open ? 'tenant.queue.yourTurn' : `tenant.queue.plan.${of.state}`)}</p>
      {of.state === 'open' && <Row name={t('tenant.queue.until')}>{minute(of.intentUntil)}</Row>}
      {of.intent?.rank && <Row name={t('tenant.queue.rank')}>{of.intent.rank}</Row>}
      {of.intent?.slotFrom && <Row name={t('tenant.queue.slot')}>{minute(of.intent.slotFrom)}</Row>}
      {act.error && <Refusal cause={act.error} />}
      {of.state === 'open' &&
        (of.intent ? (
          <p className="note">{t(of.intent.state === 'ended' ? 'tenant.queue.stopped' : 'tenant.queue.intended')}</p>
        ) : (
          <button
            type="button"
            className="main"
            disabled={act.isPending}
            onClick={() => act.mutate(() => sdk.ownAllocation.intend({ params }))}
          >
            {t('tenant.queue.intend')}
          </button>
        ))}
      {of.intent?.state === 'chosen' && (
        <>
          {chosen && (
            <p className="note">
              <HouseLines of={chosen} />
            </p>
          )}
          <Link className="button main" to="/move-in">
            {t('tenant.queue.toMove')}
          </Link>
        </>
      )}
      {of.open && (
        <fieldset>
          <legend>{t('tenant.queue.which')}</legend>
          {of.houses.map((each) => (
            <label key={each.id} className={each.taken ? 'tick option taken' : 'tick option'}>
              <input
                type="radio"
                name={`house-${of.plan}`}
                disabled={each.taken}
                checked={house === each.id}
                onChange={() => setHouse(each.id)}
              />
              <span>
                <HouseLines of={each} />
                {each.taken && (
                  <>
                    <br />
                    {t('tenant.queue.taken')}
                  </>
                )}
              </span>
            </label>
          ))}
          <div className="actions">
            <button type="button" className="main" disabled={house === ''} onClick={() => setAsking('choose')}>
              {t('tenant.queue.choose')}
            </button>
            <button type="button" onClick={() => setAsking('decline')}>
              {t('tenant.queue.decline')}
            </button>
          </div>
        </fieldset>
      )}
      {asking && (
        <Confirm
          title={t(`tenant.queue.${asking}`)}
          yes={t(asking === 'choose' ? 'tenant.queue.yesChoose' : 'tenant.queue.yesDecline')}
          busy={act.isPending}
          onYes={run}
          onNo={() => setAsking(undefined)}
        >
          {asking === 'choose' && chosen && (
            <p>
              <HouseLines of={chosen} />
            </p>
          )}
          <p>{t(asking === 'choose' ? 'tenant.queue.sureChoose' : 'tenant.queue.sureDecline')}</p>
        </Confirm>
      )}
    </section>
  );
}

/** My place on the waiting list, and the house I choose when it is my turn. */
export function QueuePage() {
  const t = useT();
  const queue = useQuery({
    queryKey: ['queue'],
    queryFn: () => orNothing(() => sdk.ownAllocation.turns({})),
    refetchInterval: 5_000,
  });
  return (
    <Page title={t('tenant.queue.title')} back="/services">
      <Loaded of={queue}>
        {(found) =>
          found === null ? (
            <p className="card">
              {t('tenant.queue.none')} <Link to="/apply">{t('tenant.apply.title')}</Link>
            </p>
          ) : (
            <>
              <section className="card">
                <h2>{t(`tenant.queue.state.${found.entry.state}`)}</h2>
                {found.position !== null && (
                  <p className="sum">{t('tenant.queue.position', { position: found.position })}</p>
                )}
                {found.entry.endedBy && (
                  <p className="note">
                    {t('tenant.queue.ended', { code: found.entry.endedBy })}{' '}
                    <Link to="/apply">{t('tenant.apply.title')}</Link>
                  </p>
                )}
                <Row name={t('tenant.queue.code')}>{found.entry.code}</Row>
                <Row name={t('tenant.queue.since')}>{day(found.entry.since)}</Row>
                <Row name={t('tenant.queue.validUntil')}>{day(found.entry.until)}</Row>
              </section>
              {listed(found.entry.state) && found.turns.length === 0 && (
                <p className="quiet">{t('tenant.queue.noPlan')}</p>
              )}
              {listed(found.entry.state) && found.turns.map((turn) => <TurnCard key={turn.plan} of={turn} />)}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
