import { LanguageProvider } from '@keystead/ui/i18n';
import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { BillPage } from './pages/BillPage.tsx';
import { BillsPage } from './pages/BillsPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { LeasePage } from './pages/LeasePage.tsx';
import { LeasesPage } from './pages/LeasesPage.tsx';
import { NewPasswordPage } from './pages/NewPasswordPage.tsx';
import { NewRepairPage } from './pages/NewRepairPage.tsx';
import { ComplaintPage, RepairPage } from './pages/RepairPage.tsx';
import { RepairsPage } from './pages/RepairsPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { Waiting } from './parts/Loaded.tsx';
import { NoNetwork } from './parts/NoNetwork.tsx';
import { forgetPages, keepShell } from './parts/offline.ts';
import { useSending } from './parts/WaitingRepairs.tsx';
import { isProblem, sdk } from './sdk.ts';
import './texts.ts';

// Without a network the service worker answers from what it kept: queries are asked all the same.
const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 3_000, retry: 1, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** A page that is fetched when it is first gone to: the first load stays small. */
const laterPages: (() => Promise<unknown>)[] = [];
const late = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) => {
  laterPages.push(load);
  return lazy(async () => ({ default: (await load())[name] }));
};

const ApplyPage = late(() => import('./pages/ApplyPage.tsx'), 'ApplyPage');
const ChangesPage = late(() => import('./pages/ChangesPage.tsx'), 'ChangesPage');
const ComplaintsPage = late(() => import('./pages/ComplaintsPage.tsx'), 'ComplaintsPage');
const ExitPage = late(() => import('./pages/ExitPage.tsx'), 'ExitPage');
const KeysPage = late(() => import('./pages/KeysPage.tsx'), 'KeysPage');
const KeyUsesPage = late(() => import('./pages/KeyUsesPage.tsx'), 'KeyUsesPage');
const MoveInPage = late(() => import('./pages/MoveInPage.tsx'), 'MoveInPage');
const MyDataPage = late(() => import('./pages/MyDataPage.tsx'), 'MyDataPage');
const NewChangePage = late(() => import('./pages/NewChangePage.tsx'), 'NewChangePage');
const NewSwapPage = late(() => import('./pages/NewSwapPage.tsx'), 'NewSwapPage');
const NoticesPage = late(() => import('./pages/NoticesPage.tsx'), 'NoticesPage');
const QueuePage = late(() => import('./pages/QueuePage.tsx'), 'QueuePage');
const RenewalPage = late(() => import('./pages/RenewalPage.tsx'), 'RenewalPage');
const ServicesPage = late(() => import('./pages/ServicesPage.tsx'), 'ServicesPage');
const SwapPage = late(() => import('./pages/SwapPage.tsx'), 'SwapPage');

function SignedIn() {
  useSending();
  // Once there is time, the other pages too: they open without a network afterwards.
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled(laterPages.map((load) => load())).then(keepShell), 2_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <NoNetwork />
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route path="/bills" element={<BillsPage />} />
          <Route path="/bills/:id" element={<BillPage />} />
          <Route path="/repairs" element={<RepairsPage />} />
          <Route path="/repairs/new" element={<NewRepairPage />} />
          <Route path="/repairs/:id" element={<RepairPage />} />
          <Route path="/leases" element={<LeasesPage />} />
          <Route path="/leases/:id" element={<LeasePage />} />
          <Route path="/keys" element={<KeysPage />} />
          <Route path="/keys/uses" element={<KeyUsesPage />} />
          <Route path="/services" element={<ServicesPage />} />
          <Route path="/renewal" element={<RenewalPage />} />
          <Route path="/swap" element={<SwapPage />} />
          <Route path="/swap/new" element={<NewSwapPage />} />
          <Route path="/exit" element={<ExitPage />} />
          <Route path="/changes" element={<ChangesPage />} />
          <Route path="/changes/new" element={<NewChangePage />} />
          <Route path="/complaints" element={<ComplaintsPage />} />
          <Route path="/complaints/:id" element={<ComplaintPage />} />
          <Route path="/move-in" element={<MoveInPage />} />
          <Route path="/apply" element={<ApplyPage />} />
          <Route path="/queue" element={<QueuePage />} />
          <Route path="/notices" element={<NoticesPage />} />
          <Route path="/me" element={<MyDataPage />} />
          <Route path="*" element={<HomePage />} />
        </Routes>
      </Suspense>
    </>
  );
}

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
    const ended = () => {
      void forgetPages();
      void cache.invalidateQueries({ queryKey: ['session'] });
    };
    addEventListener('keystead:session-ended', ended);
    return () => removeEventListener('keystead:session-ended', ended);
  }, [cache]);
  if (isPending) return <Waiting />;
  if (data?.status === 'change-password') return <NewPasswordPage />;
  if (data?.status !== 'active') return <SignInPage />;
  return <SignedIn />;
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
