import { useT, useTexts } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { CodeButton } from '../parts/CodeButton.tsx';
import { Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { Settings } from '../parts/Settings.tsx';
import { sdk } from '../sdk.ts';

const isPhone = (text: string): boolean => /^1\d{10}$/.test(text);

/** In by phone number and code; by name and password for those who have one. */
export function SignInPage() {
  const t = useT();
  const { language } = useTexts();
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  const change = () => {
    setByPassword(!byPassword);
    setName('');
    setSecret('');
    enter.reset();
  };
  return (
    <Page title={t('tenant.signIn.title')} back={null}>
      <form className="card" onSubmit={submit} lang={language}>
        <label htmlFor="name">{t(byPassword ? 'tenant.signIn.username' : 'tenant.signIn.phone')}</label>
        <input
          id="name"
          required
          value={name}
          inputMode={byPassword ? 'text' : 'tel'}
          autoComplete={byPassword ? 'username' : 'tel'}
          onChange={(event) => setName(event.target.value.trim())}
        />
        <label htmlFor="secret">{t(byPassword ? 'tenant.signIn.password' : 'tenant.code.label')}</label>
        <input
          id="secret"
          required
          value={secret}
          type={byPassword ? 'password' : 'text'}
          inputMode={byPassword ? 'text' : 'numeric'}
          autoComplete={byPassword ? 'current-password' : 'one-time-code'}
          onChange={(event) => setSecret(event.target.value)}
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
        {(enter.error ?? send.error) && <Refusal cause={enter.error ?? send.error} />}
        <div className="actions">
          <button className="main" type="submit" disabled={enter.isPending}>
            {t('tenant.signIn.enter')}
          </button>
        </div>
      </form>
      <button type="button" onClick={change}>
        {t(byPassword ? 'tenant.signIn.byCode' : 'tenant.signIn.byPassword')}
      </button>
      <Settings />
    </Page>
  );
}
