import type { Reply } from '@keystead/sdk';
import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { day } from '../parts/moment.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { SanctionCard } from '../parts/SanctionCard.tsx';
import { sdk } from '../sdk.ts';

type Review = Reply<typeof sdk.ownEligibility.get>['reviews'][number];
// A record, so that none can be forgotten.
const order: Record<Review['category'], true> = {
  ...{ general: true, 'low-income': true, 'special-care': true, 'new-worker': true },
  ...{ 'migrant-worker': true, resettled: true, talent: true },
};
const categories = Object.keys(order) as Review['category'][];

type OwnStep = 'submit' | 'appeal' | 'withdraw';
const early = ['draft', 'submitted', 'supplement', 'checking'];
const ended = ['approved', 'refused', 'withdrawn'];

/** What the applicant may do from where it stands. */
function stepsOf({ state, appealUntil }: Review): OwnStep[] {
  return [
    ...(state === 'draft' || state === 'supplement' ? (['submit'] as const) : []),
    ...(state === 'refused' && appealUntil !== null && new Date(appealUntil) > new Date() ? (['appeal'] as const) : []),
    ...(early.includes(state) ? (['withdraw'] as const) : []),
  ];
}

/** Who is entitled already has nothing to apply for, and who is barred may not. */
const mayApply = (standing: Reply<typeof sdk.ownEligibility.get>['standing']): boolean =>
  standing === null || (standing.status === 'invalid' && standing.barredUntil === null);

function ReviewCard({ of, note, barred }: { of: Review; note: string | undefined; barred: boolean }) {
  const { t, has } = useTexts();
  const [step, setStep] = useState<OwnStep>();
  const [reason, setReason] = useState('');
  const act = useAct(() => setStep(undefined));
  const because = (code: string) => (has(`tenant.apply.because.${code}`) ? t(`tenant.apply.because.${code}`) : code);
  return (
    <section className="card">
      <h2>
        {t(`tenant.apply.kind.${of.kind}`)} · {t(`tenant.apply.state.${of.state}`)}
      </h2>
      <p className="quiet">{of.code}</p>
      {of.kind === 'initial' && (
        <Row name={t('tenant.apply.category')}>{t(`tenant.apply.categories.${of.category}`)}</Row>
      )}
      <Row name={t('tenant.apply.opened')}>{day(of.openedAt)}</Row>
      {of.dueAt && !ended.includes(of.state) && (
        <Row name={t(of.state === 'supplement' ? 'tenant.apply.papersBy' : 'tenant.apply.due')}>{day(of.dueAt)}</Row>
      )}
      {of.publicityUntil && <Row name={t('tenant.apply.publicity')}>{day(of.publicityUntil)}</Row>}
      {of.appealUntil && <Row name={t('tenant.apply.appealUntil')}>{day(of.appealUntil)}</Row>}
      {of.because.length > 0 && <p>{of.because.map(because).join('；')}</p>}
      {(note ?? of.reason) && <p className="note">{note ?? of.reason}</p>}
      {!(barred && of.state === 'withdrawn') && <p className="quiet">{t(`tenant.apply.next.${of.state}`)}</p>}
      {act.error && <Refusal cause={act.error} />}
      <div className="actions">
        {stepsOf(of).map((each) => (
          <button key={each} type="button" onClick={() => setStep(each)}>
            {t(`tenant.apply.step.${each}`)}
          </button>
        ))}
      </div>
      {step && (
        <Confirm
          title={t(`tenant.apply.step.${step}`)}
          yes={t('tenant.request.yes')}
          busy={act.isPending || (step === 'appeal' && reason.trim() === '')}
          onYes={() =>
            act.mutate(() =>
              sdk.ownEligibility.step({
                params: { id: of.id },
                body: { step, reason: reason.trim() || t(`tenant.apply.step.${step}`) },
              }),
            )
          }
          onNo={() => setStep(undefined)}
        >
          <label htmlFor="why">{t('tenant.apply.why')}</label>
          <textarea
            id="why"
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Confirm>
      )}
    </section>
  );
}

/** Applying for public housing, and where it stands: who looks at it until when, when it is shown to everybody. */
export function ApplyPage() {
  const { t } = useTexts();
  const [area, setArea] = useState('0');
  const [category, setCategory] = useState<Review['category']>('general');
  const act = useAct();
  const mine = useQuery({
    queryKey: ['eligibility'],
    queryFn: () => sdk.ownEligibility.get({}),
    refetchInterval: 10_000,
  });
  return (
    <Page title={t('tenant.apply.title')} back="/services">
      <Loaded of={mine}>
        {({ standing, reviews, notes, sanctions }) => (
          <>
            {standing && (
              <section className="card">
                <h2>{t(`tenant.apply.standing.${standing.status}`)}</h2>
                {standing.validUntil && <Row name={t('tenant.apply.validUntil')}>{day(standing.validUntil)}</Row>}
                {standing.barredUntil && <Row name={t('tenant.sanction.until')}>{day(standing.barredUntil)}</Row>}
                {standing.moveOutBy && <Row name={t('tenant.apply.moveOutBy')}>{day(standing.moveOutBy)}</Row>}
                <Link className="button" to="/queue">
                  {t('tenant.queue.title')}
                </Link>
              </section>
            )}
            {!reviews.some(({ kind, state }) => kind === 'initial' && !ended.includes(state)) && mayApply(standing) && (
              <section className="card">
                <p className="note">{t('tenant.apply.guidance')}</p>
                <label htmlFor="area">{t('tenant.apply.area')}</label>
                <input
                  id="area"
                  inputMode="decimal"
                  value={area}
                  onChange={(event) => setArea(event.target.value.trim())}
                />
                <label htmlFor="category">{t('tenant.apply.category')}</label>
                <select
                  id="category"
                  value={category}
                  onChange={(event) => setCategory(categories.find((each) => each === event.target.value) ?? 'general')}
                >
                  {categories.map((each) => (
                    <option key={each} value={each}>
                      {t(`tenant.apply.categories.${each}`)}
                    </option>
                  ))}
                </select>
                <p className="quiet">{t('tenant.apply.categoryNote')}</p>
                <p>
                  <Link to="/changes">{t('tenant.apply.facts')}</Link>
                </p>
                {act.error && <Refusal cause={act.error} />}
                <button
                  type="button"
                  className="main"
                  disabled={act.isPending || !/^\d{1,4}(\.\d{1,2})?$/.test(area)}
                  onClick={() => act.mutate(() => sdk.ownEligibility.apply({ body: { area: Number(area), category } }))}
                >
                  {t('tenant.apply.send')}
                </button>
              </section>
            )}
            {sanctions.map((sanction) => (
              <SanctionCard key={sanction.id} of={sanction} />
            ))}
            {reviews.map((review) => (
              <ReviewCard
                key={review.id}
                of={review}
                barred={standing?.barredUntil != null}
                note={notes.findLast(({ review: id, to }) => id === review.id && to === review.state)?.reason}
              />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}
