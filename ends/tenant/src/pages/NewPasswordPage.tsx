import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { Settings } from '../parts/Settings.tsx';
import { sdk } from '../sdk.ts';

/** The password the office gave is for once: before anything else one chooses one's own. */
export function NewPasswordPage() {
  const t = useT();
  const cache = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => sdk.sessions.changePassword({ body: { current, next } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['session'] }),
  });
  const leave = useMutation({
    mutationFn: () => sdk.sessions.end({}),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['session'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Page title={t('tenant.password.title')} back={null}>
      <form className="card" onSubmit={submit}>
        <p className="note">{t('tenant.password.guidance')}</p>
        <label htmlFor="current">{t('tenant.password.current')}</label>
        <input
          id="current"
          type="password"
          required
          value={current}
          autoComplete="current-password"
          onChange={(event) => setCurrent(event.target.value)}
        />
        <label htmlFor="next">{t('tenant.password.next')}</label>
        <input
          id="next"
          type="password"
          required
          value={next}
          autoComplete="new-password"
          onChange={(event) => setNext(event.target.value)}
        />
        {(change.error ?? leave.error) && <Refusal cause={change.error ?? leave.error} />}
        <div className="actions">
          <button className="main" type="submit" disabled={change.isPending}>
            {t('tenant.password.save')}
          </button>
        </div>
      </form>
      <button type="button" onClick={() => leave.mutate()}>
        {t('tenant.signIn.leave')}
      </button>
      <Settings />
    </Page>
  );
}
