import { LanguageProvider } from '@keystead/ui/i18n';
import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { BillPage } from './pages/BillPage.tsx';
import { BillsPage } from './pages/BillsPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { LeasePage } from './pages/LeasePage.tsx';
import { LeasesPage } from './pages/LeasesPage.tsx';
import { MyDataPage } from './pages/MyDataPage.tsx';
import { NewPasswordPage } from './pages/NewPasswordPage.tsx';
import { NewRepairPage } from './pages/NewRepairPage.tsx';
import { NoticesPage } from './pages/NoticesPage.tsx';
import { RepairPage } from './pages/RepairPage.tsx';
import { RepairsPage } from './pages/RepairsPage.tsx';
import { RequestsPage } from './pages/RequestsPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { Waiting } from './parts/Loaded.tsx';
import { isProblem, sdk } from './sdk.ts';
import './texts.ts';

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 3_000, retry: 1 } } });

/** Signed in: the app. Not: the sign-in page, at the same address. */
function Gate() {
  const cache = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        return await sdk.sessions.current({});
      } catch (cause) {
        if (isProblem(cause, 'not-signed-in')) return null;
        throw cause;
      }
    },
  });
  useEffect(() => {
    const ended = () => void cache.invalidateQueries({ queryKey: ['session'] });
    addEventListener('keystead:session-ended', ended);
    return () => removeEventListener('keystead:session-ended', ended);
  }, [cache]);
  if (isPending) return <Waiting />;
  if (data?.status === 'change-password') return <NewPasswordPage />;
  if (data?.status !== 'active') return <SignInPage />;
  return (
    <Routes>
      <Route path="/bills" element={<BillsPage />} />
      <Route path="/bills/:id" element={<BillPage />} />
      <Route path="/repairs" element={<RepairsPage />} />
      <Route path="/repairs/new" element={<NewRepairPage />} />
      <Route path="/repairs/:id" element={<RepairPage />} />
      <Route path="/leases" element={<LeasesPage />} />
      <Route path="/leases/:id" element={<LeasePage />} />
      <Route path="/requests" element={<RequestsPage />} />
      <Route path="/notices" element={<NoticesPage />} />
      <Route path="/me" element={<MyDataPage />} />
      <Route path="*" element={<HomePage />} />
    </Routes>
  );
}

export function App() {
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter basename="/tenant">
        <LanguageProvider>
          <Gate />
        </LanguageProvider>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
