import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { useState } from 'react';
import { sdk } from '../sdk.ts';
import { useAct } from './act.ts';
import { Confirm } from './Confirm.tsx';
import { Refusal } from './Loaded.tsx';
import { day } from './moment.ts';
import { yuan } from './money.ts';
import { Row } from './Row.tsx';

type Sanction = Reply<typeof sdk.ownEligibility.get>['sanctions'][number];

/** What was decided about my household, by when I can appeal it, and how. */
export function SanctionCard({ of }: { of: Sanction }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(() => setAsking(false));
  const state = of.state === 'imposed' && of.finalAt ? 'final' : of.state;
  const open = of.state === 'imposed' && !of.finalAt && new Date(of.appealUntil) > new Date();
  return (
    <section className="card">
      <h2>
        {t('tenant.sanction.title')} · {t(`tenant.sanction.state.${state}`)}
      </h2>
      <p className="quiet">{of.code}</p>
      <Row name={t('tenant.sanction.ground')}>{t(`tenant.sanction.grounds.${of.ground}`)}</Row>
      <Row name={t('tenant.sanction.until')}>{day(of.barredUntil)}</Row>
      {of.fine > 0 && <Row name={t('tenant.sanction.fine')}>{yuan(of.fine)}</Row>}
      {of.state === 'imposed' && <Row name={t('tenant.apply.appealUntil')}>{day(of.appealUntil)}</Row>}
      {of.state === 'appealed' && of.answerBy && <Row name={t('tenant.sanction.answerBy')}>{day(of.answerBy)}</Row>}
      <p className="note">{of.answer ?? of.reason}</p>
      {open && <p className="quiet">{t('tenant.sanction.how')}</p>}
      {open && of.fine > 0 && <p className="quiet">{t('tenant.sanction.fineLater')}</p>}
      {act.error && <Refusal cause={act.error} />}
      {open && (
        <div className="actions">
          <button type="button" onClick={() => setAsking(true)}>
            {t('tenant.apply.step.appeal')}
          </button>
        </div>
      )}
      {asking && (
        <Confirm
          title={t('tenant.apply.step.appeal')}
          yes={t('tenant.request.yes')}
          busy={act.isPending || reason.trim() === ''}
          onYes={() =>
            act.mutate(() =>
              sdk.ownEligibility.appealSanction({ params: { id: of.id }, body: { reason: reason.trim() } }),
            )
          }
          onNo={() => setAsking(false)}
        >
          <label htmlFor={`why-${of.id}`}>{t('tenant.apply.why')}</label>
          <textarea
            id={`why-${of.id}`}
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
