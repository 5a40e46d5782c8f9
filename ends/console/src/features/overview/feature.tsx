import { DashboardOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const overview = defineFeature({
  name: 'overview',
  menu: [
    {
      group: 'overview',
      path: '/',
      label: 'overview.title',
      icon: <DashboardOutlined />,
      permission: 'place:read',
      order: 0,
    },
  ],
  routes: [{ path: '/', permission: 'place:read', load: () => import('./OverviewPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
