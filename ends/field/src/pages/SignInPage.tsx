import { useT, useTexts } from '@keystead/ui/i18n';
import { type FormEvent, useState } from 'react';
import { Page } from '../parts/Page.tsx';
import { said, sdk } from '../sdk.ts';

/** In by name and password; what the session asks for besides is done at a desk. */
export function SignInPage({ status, onEntered }: { status: string; onEntered(): Promise<void> }) {
  const t = useT();
  const { language, choose, has } = useTexts();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const second = status === 'second-factor';
  async function enter(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setTrouble('');
    try {
      if (second) await sdk.sessions.verify({ body: { code } });
      else await sdk.sessions.create({ body: { username: name, password } });
      await onEntered();
    } catch (cause) {
      setTrouble(said(cause));
    }
    setBusy(false);
  }
  const asks = has(`field.signIn.${status}`) ? t(`field.signIn.${status}`) : '';
  return (
    <Page title={t('field.signIn.title')}>
      <form className="card" onSubmit={(event) => void enter(event)} lang={language}>
        {asks && <p className="note">{asks}</p>}
        {second ? (
          <>
            <label htmlFor="code">{t('field.signIn.code')}</label>
            <input
              id="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value.trim())}
            />
          </>
        ) : (
          <>
            <label htmlFor="name">{t('field.signIn.name')}</label>
            <input
              id="name"
              autoComplete="username"
              autoCapitalize="none"
              value={name}
              onChange={(event) => setName(event.target.value.trim())}
            />
            <label htmlFor="password">{t('field.signIn.password')}</label>
            <input
              id="password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </>
        )}
        {trouble && (
          <p role="alert" className="note bad">
            {trouble}
          </p>
        )}
        <div className="actions">
          <button type="submit" className="main" disabled={busy}>
            {t('field.signIn.enter')}
          </button>
        </div>
      </form>
      <button
        type="button"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
      >
        {language === 'en' ? '中文' : 'English'}
      </button>
    </Page>
  );
}
