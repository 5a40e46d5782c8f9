import { ClusterOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const fleet = defineFeature({
  name: 'fleet',
  menu: [
    {
      group: 'places',
      path: '/fleet',
      label: 'fleet.title',
      icon: <ClusterOutlined />,
      permission: 'fleet:read',
      order: 6,
    },
  ],
  routes: [
    { path: 'fleet', permission: 'fleet:read', load: () => import('./FleetPage.tsx') },
    { path: 'fleet/:id', permission: 'fleet:read', load: () => import('./AgentPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
