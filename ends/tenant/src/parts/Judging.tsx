import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { useState } from 'react';
import { sdk } from '../sdk.ts';

interface Props {
  /** The routes of what is judged. */
  own?: Pick<typeof sdk.ownRepairs, 'confirm' | 'reject' | 'rate'>;
  of: Reply<typeof sdk.ownRepairs.get>;
  busy: boolean;
  act(run: () => Promise<unknown>): void;
}

const scores = [1, 2, 3, 4, 5] as const;

/** Whether the work is good, and how good it was. */
export function Judging({ own = sdk.ownRepairs, of, busy, act }: Props) {
  const t = useT();
  const [reason, setReason] = useState('');
  const [score, setScore] = useState(0);
  const params = { id: of.id };
  return (
    <>
      {of.mayConfirm && (
        <section className="card">
          <h2>{t('tenant.judge.title')}</h2>
          <p>{t('tenant.judge.guidance')}</p>
          <button type="button" className="main" disabled={busy} onClick={() => act(() => own.confirm({ params }))}>
            {t('tenant.judge.good')}
          </button>
          <label htmlFor="reason">{t('tenant.judge.reason')}</label>
          <input id="reason" maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
          <div className="actions">
            <button
              type="button"
              className="bad"
              disabled={busy || reason.trim() === ''}
              onClick={() => act(() => own.reject({ params, body: { reason } }))}
            >
              {t('tenant.judge.bad')}
            </button>
          </div>
        </section>
      )}
      {of.mayRate && !of.mayConfirm && (
        <section className="card">
          <fieldset>
            <legend>{t('tenant.judge.rate')}</legend>
            <div className="choices">
              {scores.map((each) => (
                <label key={each} className="tick">
                  <input type="radio" name="score" checked={score === each} onChange={() => setScore(each)} />
                  {t('tenant.judge.score', { score: each })}
                </label>
              ))}
            </div>
          </fieldset>
          <button
            type="button"
            className="main"
            disabled={busy || score === 0}
            onClick={() => act(() => own.rate({ params, body: { score } }))}
          >
            {t('tenant.judge.send')}
          </button>
        </section>
      )}
      {of.rating !== undefined && <p className="note">{t('tenant.judge.rated', { score: of.rating })}</p>}
    </>
  );
}
