import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { HouseLines } from '../parts/HouseChoice.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

const kinds = ['house', 'wish', 'mutual'] as const;

/** Which house, or whose; and why. */
export function NewSwapPage() {
  const t = useT();
  const go = useNavigate();
  const cache = useQueryClient();
  const houses = useQuery({ queryKey: ['swap-houses'], queryFn: () => sdk.ownSwaps.houses({}) });
  const [kind, setKind] = useState<(typeof kinds)[number]>('house');
  const [house, setHouse] = useState('');
  const [note, setNote] = useState('');
  const [partner, setPartner] = useState('');
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      sdk.ownSwaps.ask({
        body: {
          reason: reason.trim(),
          wish: kind === 'house' ? { house } : kind === 'wish' ? { note: note.trim() } : {},
          ...(kind === 'mutual' ? { partnerLease: partner.trim().toUpperCase() } : {}),
        },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries();
      await go('/swap');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <Page title={t('tenant.swap.new')} back="/swap">
      <form className="card" onSubmit={submit}>
        <fieldset>
          <legend>{t('tenant.swap.how')}</legend>
          {kinds.map((each) => (
            <label key={each} className="tick">
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              {t(`tenant.swap.by.${each}`)}
            </label>
          ))}
        </fieldset>
        {kind === 'house' && (
          <Loaded of={houses}>
            {(list) => (
              <fieldset>
                <legend>{t('tenant.swap.which')}</legend>
                {list.length === 0 && <p className="note">{t('tenant.swap.noHouse')}</p>}
                {list.map((each) => (
                  <label key={each.id} className="tick option">
                    <input
                      type="radio"
                      name="house"
                      required
                      checked={house === each.id}
                      onChange={() => setHouse(each.id)}
                    />
                    <span>
                      <HouseLines of={each} />
                    </span>
                  </label>
                ))}
              </fieldset>
            )}
          </Loaded>
        )}
        {kind === 'wish' && (
          <>
            <label htmlFor="note">{t('tenant.swap.wish')}</label>
            <textarea
              id="note"
              rows={2}
              required
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        )}
        {kind === 'mutual' && (
          <>
            <label htmlFor="partner">{t('tenant.swap.partner')}</label>
            <input
              id="partner"
              required
              maxLength={20}
              placeholder="ZL-2026-000123"
              value={partner}
              onChange={(event) => setPartner(event.target.value)}
            />
            <p className="quiet">{t('tenant.swap.partnerNote')}</p>
          </>
        )}
        <label htmlFor="reason">{t('tenant.swap.reason')}</label>
        <textarea
          id="reason"
          rows={2}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="note">{t('tenant.swap.guidance')}</p>
        {ask.error && <Refusal cause={ask.error} />}
        <button className="main" type="submit" disabled={ask.isPending}>
          {t('tenant.request.send')}
        </button>
      </form>
    </Page>
  );
}
