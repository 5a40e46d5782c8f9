import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sdk } from '../sdk.ts';
import { Refusal } from './Loaded.tsx';
import { minute } from './moment.ts';

const hours = [4, 24, 72] as const;

/** A PIN that lets a guest in once. */
export function GuestKey() {
  const t = useT();
  const cache = useQueryClient();
  const [label, setLabel] = useState('');
  const [span, setSpan] = useState<number>(hours[0]);
  const give = useMutation({
    mutationFn: () => {
      const until = new Date(Date.now() + span * 3_600_000 - 60_000).toISOString();
      return sdk.ownDoorKeys.guest({ body: { label: label.trim(), until } });
    },
    onSuccess: () => {
      setLabel('');
      return cache.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <section className="card">
      <h2>{t('tenant.guest.title')}</h2>
      <p className="note">{t('tenant.guest.guidance')}</p>
      <label htmlFor="guest">{t('tenant.guest.name')}</label>
      <input id="guest" maxLength={60} value={label} onChange={(event) => setLabel(event.target.value)} />
      <fieldset>
        <legend>{t('tenant.guest.until')}</legend>
        <div className="choices">
          {hours.map((each) => (
            <label key={each} className="tick">
              <input type="radio" name="span" checked={span === each} onChange={() => setSpan(each)} />
              {t('tenant.guest.hours', { hours: each })}
            </label>
          ))}
        </div>
      </fieldset>
      {give.error && <Refusal cause={give.error} />}
      <div className="actions">
        <button
          type="button"
          className="main"
          disabled={give.isPending || label.trim() === ''}
          onClick={() => give.mutate()}
        >
          {t('tenant.guest.give')}
        </button>
      </div>
      {give.data && (
        <div role="status">
          <p className="code">{give.data.credential}</p>
          <p className="quiet">
            {t('tenant.guest.given', { until: minute(new Date(Date.now() + span * 3_600_000).toISOString()) })}
          </p>
        </div>
      )}
    </section>
  );
}
