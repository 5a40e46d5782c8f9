import { useT, useTexts } from '@keystead/ui/i18n';
import { LabelledInput, LanguageButton, SignInForm } from '@keystead/ui/phone';
import { useState } from 'react';
import { Page } from '../parts/Page.tsx';
import { said, sdk } from '../sdk.ts';

/** In by name and password; what the session asks for besides is done at a desk. */
export function SignInPage({ status, onEntered }: { status: string; onEntered(): Promise<void> }) {
  const t = useT();
  const { has } = useTexts();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const second = status === 'second-factor';
  async function enter() {
    setBusy(true);
    setTrouble('');
    try {
      if (second) await sdk.sessions.verify({ body: { code } });
      else await sdk.sessions.create({ body: { username, password } });
      await onEntered();
    } catch (cause) {
      setTrouble(said(cause));
    }
    setBusy(false);
  }
  const asks = has(`field.signIn.${status}`) ? t(`field.signIn.${status}`) : '';
  return (
    <Page title={t('field.signIn.title')}>
      <SignInForm enter={t('field.signIn.enter')} busy={busy} why={trouble} onEnter={() => void enter()}>
        {asks && <p className="note">{asks}</p>}
        {second ? (
          <LabelledInput
            id="code"
            label={t('field.signIn.code')}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onText={(text) => setCode(text.trim())}
          />
        ) : (
          <>
            <LabelledInput
              id="name"
              label={t('field.signIn.name')}
              required
              autoComplete="username"
              autoCapitalize="none"
              value={username}
              onText={(text) => setUsername(text.trim())}
            />
            <LabelledInput
              id="password"
              label={t('field.signIn.password')}
              required
              type="password"
              autoComplete="current-password"
              value={password}
              onText={setPassword}
            />
          </>
        )}
      </SignInForm>
      <LanguageButton />
    </Page>
  );
}
