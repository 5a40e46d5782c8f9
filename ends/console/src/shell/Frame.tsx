import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Layout, Menu, Spin, Typography } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, Route, Routes, useLocation } from 'react-router';
import { features } from '../features/index.ts';
import { useLiveState } from './live.ts';
import { MissingPage } from './MissingPage.tsx';
import { menuItems, openKeyOf } from './menu.tsx';
import { useSession } from './session.tsx';
import { TopBar } from './TopBar.tsx';

const pages = features.flatMap((feature) => feature.routes.map((route) => ({ ...route, Page: lazy(route.load) })));

/** The console's frame: menu by wing on the left, bar on top, the page between. */
export function Frame() {
  const t = useT();
  const { may } = useSession();
  const { pathname } = useLocation();
  const [collapsed, setCollapsed] = useState(localStorage.getItem('keystead.menu') === 'small');
  const items = useMemo(() => menuItems(features, may, t), [may, t]);
  const live = useLiveState();
  const collapse = (small: boolean) => {
    setCollapsed(small);
    localStorage.setItem('keystead.menu', small ? 'small' : 'wide');
  };
  return (
    <Layout style={{ minHeight: '100%' }}>
      <Layout.Sider
        width={216}
        collapsible
        collapsed={collapsed}
        onCollapse={collapse}
        theme="light"
        breakpoint="lg"
        style={{
          position: 'sticky',
          top: 0,
          height: '100vh',
          overflow: 'auto',
          borderInlineEnd: '1px solid var(--ks-color-border-secondary)',
        }}
      >
        <Link to="/" aria-label={t('shell.home')}>
          <Flex align="center" gap={10} style={{ height: 56, paddingInline: 20 }}>
            <img src="/mark.svg" alt="" width={28} height={28} />
            {collapsed ? null : (
              <Typography.Text strong style={{ fontSize: 17, whiteSpace: 'nowrap' }}>
                {t('shell.product')}
              </Typography.Text>
            )}
          </Flex>
        </Link>
        <Menu
          mode="inline"
          items={items}
          selectedKeys={[openKeyOf(features, pathname)]}
          style={{ borderInlineEnd: 0 }}
        />
      </Layout.Sider>
      <Layout>
        <TopBar />
        {live === 'lost' ? <Alert type="warning" banner title={t('shell.connectionLost')} /> : null}
        <Layout.Content style={{ padding: 16, minWidth: 0 }}>
          <Suspense fallback={<Spin style={{ display: 'block', marginTop: 120 }} />}>
            <Routes>
              {pages.map(({ path, permission, Page }) => (
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
