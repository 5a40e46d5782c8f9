import {
  AccountBookOutlined,
  BarChartOutlined,
  BellOutlined,
  FileProtectOutlined,
  PayCircleOutlined,
  TagsOutlined,
} from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const entry = (path: string, label: string, icon: React.ReactNode, permission: string, order: number) =>
  ({ group: 'housing', path, label, icon, permission, order }) as const;

export const rent = defineFeature({
  name: 'rent',
  menu: [
    entry('/leases', 'rent.leases', <FileProtectOutlined />, 'lease:read', 50),
    entry('/bills', 'rent.bills', <AccountBookOutlined />, 'bill:read', 51),
    entry('/payments', 'rent.payments', <PayCircleOutlined />, 'payment:read', 52),
    entry('/dunning', 'rent.dunning', <BellOutlined />, 'dunning:read', 53),
    entry('/collection', 'rent.collection', <BarChartOutlined />, 'bill:read', 54),
    entry('/fees', 'rent.fees', <TagsOutlined />, 'bill:read', 55),
  ],
  routes: [
    { path: 'leases', permission: 'lease:read', load: () => import('./LeasesPage.tsx') },
    { path: 'leases/:id', permission: 'lease:read', load: () => import('./LeasePage.tsx') },
    { path: 'bills', permission: 'bill:read', load: () => import('./BillsPage.tsx') },
    { path: 'bills/:id', permission: 'bill:read', load: () => import('./BillPage.tsx') },
    { path: 'payments', permission: 'payment:read', load: () => import('./PaymentsPage.tsx') },
    { path: 'dunning', permission: 'dunning:read', load: () => import('./DunningPage.tsx') },
    { path: 'collection', permission: 'bill:read', load: () => import('./CollectionPage.tsx') },
    { path: 'fees', permission: 'bill:read', load: () => import('./FeesPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
