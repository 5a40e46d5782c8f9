import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sdk } from '../sdk.ts';
import { CodeButton } from './CodeButton.tsx';
import { Confirm } from './Confirm.tsx';
import { Refusal } from './Loaded.tsx';

/** Consent, code, and one more question; what is signed is the wording that was shown. */
export function Signing({ lease, digest }: { lease: string; digest: string }) {
  const t = useT();
  const cache = useQueryClient();
  const [agreed, setAgreed] = useState(false);
  const [code, setCode] = useState('');
  const [asking, setAsking] = useState(false);
  const params = { id: lease };
  const send = useMutation({ mutationFn: () => sdk.ownLeases.sendCode({ params }) });
  const sign = useMutation({
    mutationFn: () => sdk.ownLeases.sign({ params, body: { digest, code, consent: t('tenant.sign.consent') } }),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['lease', lease] }),
        cache.invalidateQueries({ queryKey: ['home'] }),
      ]),
    onSettled: () => setAsking(false),
  });
  return (
    <section className="card">
      <h2>{t('tenant.sign.title')}</h2>
      <p className="note">{t('tenant.sign.guidance')}</p>
      <label className="tick">
        <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
        {t('tenant.sign.consent')}
      </label>
      <label htmlFor="code">{t('tenant.code.label')}</label>
      <input
        id="code"
        value={code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        onChange={(event) => setCode(event.target.value.trim())}
      />
      <div className="actions">
        <CodeButton onSend={() => send.mutateAsync()} />
      </div>
      {send.isSuccess && (
        <p role="status" className="note">
          {t('tenant.code.sent')}
        </p>
      )}
      {(sign.error ?? send.error) && <Refusal cause={sign.error ?? send.error} />}
      <div className="actions">
        <button
          type="button"
          className="main"
          disabled={!agreed || !/^\d{6}$/.test(code)}
          onClick={() => setAsking(true)}
        >
          {t('tenant.sign.sign')}
        </button>
      </div>
      {asking && (
        <Confirm
          title={t('tenant.sign.confirm')}
          yes={t('tenant.sign.yes')}
          busy={sign.isPending}
          onYes={() => sign.mutate()}
          onNo={() => setAsking(false)}
        >
          <p>{t('tenant.sign.sure')}</p>
        </Confirm>
      )}
    </section>
  );
}
