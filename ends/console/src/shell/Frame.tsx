import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Grid, Layout, Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Route, Routes } from 'react-router';
import { features } from '../features/index.ts';
import { useLiveState } from './live.ts';
import { MissingPage } from './MissingPage.tsx';
import { MenuDrawer, SideMenu } from './SideMenu.tsx';
import { useSession } from './session.tsx';
import { TopBar } from './TopBar.tsx';

const pages = features.flatMap((feature) => feature.routes.map((route) => ({ ...route, Page: lazy(route.load) })));

const routesOf = (whole: boolean) => pages.filter((page) => (page.whole ?? false) === whole);

/** Pages in the frame, and those that take the whole window. */
export function Frame() {
  const { may } = useSession();
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        {routesOf(true).map(({ path, permission, Page }) => (
          <Route
            key={path}
            path={path}
            element={permission === undefined || may(permission) ? <Page /> : <MissingPage reason="forbidden" />}
          />
        ))}
        <Route path="*" element={<Framed />} />
      </Routes>
    </Suspense>
  );
}

/** The console's frame: menu by wing on the left, bar on top, the page between. On a phone the menu is called. */
function Framed() {
  const t = useT();
  const { may } = useSession();
  const narrow = Grid.useBreakpoint().md === false;
  const [called, setCalled] = useState(false);
  const live = useLiveState();
  return (
    <Layout style={{ minHeight: '100%' }}>
      {narrow ? <MenuDrawer open={called} onClose={() => setCalled(false)} /> : <SideMenu />}
      <Layout style={{ minWidth: 0 }}>
        <TopBar narrow={narrow} onMenu={() => setCalled(true)} />
        {live === 'lost' ? <Alert type="warning" banner title={t('shell.connectionLost')} /> : null}
        <Layout.Content style={{ padding: narrow ? 8 : 16, minWidth: 0 }}>
          <Suspense fallback={<Waiting />}>
            <Routes>
              {routesOf(false).map(({ path, permission, Page }) => (
                <Route
                  key={path}
                  path={path}
                  element={permission === undefined || may(permission) ? <Page /> : <MissingPage reason="forbidden" />}
                />
              ))}
              <Route path="*" element={<MissingPage reason="missing" />} />
            </Routes>
          </Suspense>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

/** While the code of a page is on its way. */
function Waiting() {
  return (
    <Flex justify="center" style={{ marginTop: 120 }}>
      <Spin />
    </Flex>
  );
}
