import { DashboardOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const system = defineFeature({
  name: 'system',
  menu: [
    {
      group: 'system',
      path: '/system',
      label: 'system.title',
      icon: <DashboardOutlined />,
      permission: 'system:read',
      order: 5,
    },
  ],
  routes: [{ path: 'system', permission: 'system:read', load: () => import('./SystemPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
