import { LanguageProvider, useTexts } from '@keystead/ui/i18n';
import { AppearanceProvider, antdTheme, useAppearance } from '@keystead/ui/theme';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntdApp, ConfigProvider, Flex, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { Frame } from './Frame.tsx';
import { SignInPage } from './SignInPage.tsx';
import { SessionProvider, useSession } from './session.tsx';
// Names of months and weekdays in calendars; antd's own texts have none.
import 'dayjs/locale/zh-cn';
import './texts.ts';

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: false } },
});

/** Signed in: the console. Not: the sign-in page, at the same address, so that one returns to where one was. */
function Gate() {
  const { session, loading, refresh } = useSession();
  useEffect(() => {
    const ended = () => void refresh();
    addEventListener('keystead:session-ended', ended);
    return () => removeEventListener('keystead:session-ended', ended);
  }, [refresh]);
  if (loading) {
    return (
      <Flex justify="center" align="center" style={{ height: '100%' }}>
        <Spin size="large" />
      </Flex>
    );
  }
  return session?.status === 'active' ? <Frame /> : <SignInPage />;
}

function Themed() {
  const { appearance } = useAppearance();
  const { language } = useTexts();
  return (
    <ConfigProvider
      theme={antdTheme(appearance)}
      locale={language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      <AntdApp style={{ height: '100%' }}>
        <SessionProvider>
          <Gate />
        </SessionProvider>
      </AntdApp>
    </ConfigProvider>
  );
}

export function App() {
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <AppearanceProvider>
          <LanguageProvider>
            <Themed />
          </LanguageProvider>
        </AppearanceProvider>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
