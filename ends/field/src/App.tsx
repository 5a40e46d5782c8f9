import { LanguageProvider } from '@keystead/ui/i18n';
import { useCallback, useEffect, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { type Account, whoIsThere } from './account.ts';
import { KeeperProvider } from './keep/use-keeper.tsx';
import { DayPage } from './pages/DayPage.tsx';
import { OutboxPage } from './pages/OutboxPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { TaskPage } from './pages/TaskPage.tsx';
import { said } from './sdk.ts';
import './texts.ts';

/** Known on this phone: the work. Not: the sign-in page. */
function Gate() {
  const [account, setAccount] = useState<Account>();
  const [status, setStatus] = useState('asking');
  const ask = useCallback(
    () =>
      whoIsThere().then(
        (found) => {
          setAccount(found.account);
          setStatus(found.status);
        },
        (cause) => setStatus(said(cause)),
      ),
    [],
  );
  useEffect(() => void ask(), [ask]);
  if (status === 'asking') return null;
  if (!account) return <SignInPage status={status} onEntered={ask} />;
  return (
    <KeeperProvider account={account.id}>
      <Routes>
        <Route path="/tasks/:id" element={<TaskPage />} />
        <Route path="/outbox" element={<OutboxPage onSignIn={() => setAccount(undefined)} />} />
        {/* Never the bare `/field`: the service worker answers below `/field/` only. */}
        <Route path="*" element={<DayPage account={account} />} />
      </Routes>
    </KeeperProvider>
  );
}

export function App() {
  return (
    <BrowserRouter basename="/field">
      <LanguageProvider>
        <Gate />
      </LanguageProvider>
    </BrowserRouter>
  );
}
