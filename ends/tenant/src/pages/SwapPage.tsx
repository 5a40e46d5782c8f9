import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { minute } from '../parts/moment.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { Steps } from '../parts/Steps.tsx';
import { sdk } from '../sdk.ts';

type Swap = Reply<typeof sdk.ownSwaps.list>[number];
const course = ['requested', 'approved', 'scheduled', 'changing', 'done'] as const;
const ended = ['done', 'declined', 'refused', 'withdrawn', 'cancelled', 'lapsed'];

function SwapCard({ of }: { of: Swap }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const act = useAct(() => setAsking(false));
  const params = { id: of.id };
  const states = of.kind === 'mutual' ? (['proposed', ...course] as const) : course;
  const onCourse = states.some((each) => each === of.state);
  return (
    <section className="card">
      <h2>
        {t(`tenant.swap.kind.${of.kind}`)} · {t(`tenant.swap.state.${of.state}`)}
      </h2>
      <Row name={t('tenant.swap.leave')}>{of.mine.houseName}</Row>
      {(of.mine.newHouseName ?? of.other?.houseName) && (
        <Row name={t('tenant.swap.goal')}>{of.mine.newHouseName ?? of.other?.houseName}</Row>
      )}
      {of.changeOn && <Row name={t('tenant.swap.day')}>{of.changeOn}</Row>}
      {of.note && <p className="note">{of.note}</p>}
      {onCourse && (
        <Steps
          texts="tenant.swap.state"
          states={states}
          now={of.state}
          beside={{ requested: minute(of.openedAt), scheduled: of.changeOn, done: of.endedAt && minute(of.endedAt) }}
        />
      )}
      {of.state === 'approved' && of.mine.newLease && (
        <Link className="button main" to={`/leases/${of.mine.newLease}`}>
          {t('tenant.swap.sign')}
        </Link>
      )}
      {of.toAnswer && (
        <>
          <p className="note">{t('tenant.swap.answer', { house: of.other?.houseName ?? '' })}</p>
          <div className="actions">
            <button
              type="button"
              className="main"
              disabled={act.isPending}
              onClick={() => act.mutate(() => sdk.ownSwaps.agree({ params }))}
            >
              {t('tenant.swap.agree')}
            </button>
            <button
              type="button"
              disabled={act.isPending}
              onClick={() => act.mutate(() => sdk.ownSwaps.decline({ params }))}
            >
              {t('tenant.swap.decline')}
            </button>
          </div>
        </>
      )}
      {act.error && <Refusal cause={act.error} />}
      {of.mayWithdraw && !of.toAnswer && (
        <div className="actions">
          <button type="button" onClick={() => setAsking(true)}>
            {t('tenant.take-back')}
          </button>
        </div>
      )}
      {asking && (
        <Confirm
          title={t('tenant.take-back')}
          yes={t('tenant.swap.yesBack')}
          busy={act.isPending}
          onYes={() => act.mutate(() => sdk.ownSwaps.withdraw({ params, body: { reason: t('tenant.swap.back') } }))}
          onNo={() => setAsking(false)}
        >
          <p>{t('tenant.swap.sureBack')}</p>
        </Confirm>
      )}
    </section>
  );
}

/** Another house: what was asked, what is to be answered and signed, when the day is. */
export function SwapPage() {
  const t = useT();
  const swaps = useQuery({ queryKey: ['swaps'], queryFn: () => sdk.ownSwaps.list({}), refetchInterval: 10_000 });
  return (
    <Page title={t('tenant.swap.title')} back="/services">
      <Loaded of={swaps}>
        {(list) => (
          <>
            {list.every(({ state }) => ended.includes(state)) && (
              <Link className="button main" to="/swap/new">
                {t('tenant.swap.new')}
              </Link>
            )}
            {list.length === 0 && <p className="note">{t('tenant.swap.guidance')}</p>}
            {list.map((swap) => (
              <SwapCard key={swap.id} of={swap} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}
