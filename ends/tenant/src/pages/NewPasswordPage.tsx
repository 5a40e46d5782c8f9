import { useT } from '@keystead/ui/i18n';
import { LabelledInput, SignInForm } from '@keystead/ui/phone';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '../parts/Page.tsx';
import { Settings } from '../parts/Settings.tsx';
import { said, sdk } from '../sdk.ts';

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
  const trouble = change.error ?? leave.error;
  return (
    <Page title={t('tenant.password.title')} back={null}>
      <SignInForm
        enter={t('tenant.password.save')}
        busy={change.isPending}
        why={trouble ? said(trouble) : undefined}
        onEnter={() => change.mutate()}
      >
        <p className="note">{t('tenant.password.guidance')}</p>
        <LabelledInput
          id="current"
          label={t('tenant.password.current')}
          type="password"
          required
          value={current}
          autoComplete="current-password"
          onText={setCurrent}
        />
        <LabelledInput
          id="next"
          label={t('tenant.password.next')}
          type="password"
          required
          value={next}
          autoComplete="new-password"
          onText={setNext}
        />
      </SignInForm>
      <button type="button" onClick={() => leave.mutate()}>
        {t('tenant.signIn.leave')}
      </button>
      <Settings />
    </Page>
  );
}
