import { useT } from '@keystead/ui/i18n';
import { LabelledInput, SignInForm } from '@keystead/ui/phone';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CodeButton } from '../parts/CodeButton.tsx';
import { Page } from '../parts/Page.tsx';
import { Settings } from '../parts/Settings.tsx';
import { said, sdk } from '../sdk.ts';

const isPhone = (text: string): boolean => /^1\d{10}$/.test(text);

/** In by phone number and code; by name and password for those who have one. */
export function SignInPage() {
  const t = useT();
  const cache = useQueryClient();
  const [byPassword, setByPassword] = useState(false);
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const enter = useMutation({
    mutationFn: () =>
      byPassword
        ? sdk.sessions.create({ body: { username: name, password: secret } })
        : sdk.sessions.createByCode({ body: { phone: name, code: secret } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['session'] }),
  });
  const send = useMutation({ mutationFn: () => sdk.sessions.sendCode({ body: { phone: name } }) });
  const trouble = enter.error ?? send.error;
  const change = () => {
    setByPassword(!byPassword);
    setName('');
    setSecret('');
    enter.reset();
  };
  return (
    <Page title={t('tenant.signIn.title')} back={null}>
      <SignInForm
        enter={t('tenant.signIn.enter')}
        busy={enter.isPending}
        why={trouble ? said(trouble) : undefined}
        onEnter={() => enter.mutate()}
      >
        <LabelledInput
          id="name"
          label={t(byPassword ? 'tenant.signIn.username' : 'tenant.signIn.phone')}
          required
          value={name}
          inputMode={byPassword ? 'text' : 'tel'}
          autoComplete={byPassword ? 'username' : 'tel'}
          onText={(text) => setName(text.trim())}
        />
        <LabelledInput
          id="secret"
          label={t(byPassword ? 'tenant.signIn.password' : 'tenant.code.label')}
          required
          value={secret}
          type={byPassword ? 'password' : 'text'}
          inputMode={byPassword ? 'text' : 'numeric'}
          autoComplete={byPassword ? 'current-password' : 'one-time-code'}
          onText={setSecret}
        />
        {!byPassword && (
          <div className="actions">
            <CodeButton disabled={!isPhone(name)} onSend={() => send.mutateAsync()} />
          </div>
        )}
        {send.isSuccess && (
          <p role="status" className="note">
            {t('tenant.code.sent')}
          </p>
        )}
      </SignInForm>
      <button type="button" onClick={change}>
        {t(byPassword ? 'tenant.signIn.byCode' : 'tenant.signIn.byPassword')}
      </button>
      <Settings />
    </Page>
  );
}
