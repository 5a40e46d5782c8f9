import { CalendarOutlined, MobileOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const plans = defineFeature({
  name: 'plans',
  menu: [
    {
      group: 'work',
      path: '/plans',
      label: 'plans.menu',
      icon: <CalendarOutlined />,
      permission: 'plan:read',
      order: 5,
    },
    {
      group: 'work',
      path: '/rounds',
      label: 'plans.rounds.menu',
      icon: <MobileOutlined />,
      permission: 'plan:read',
      order: 6,
    },
  ],
  routes: [
    { path: 'plans', permission: 'plan:read', load: () => import('./PlansPage.tsx') },
    { path: 'rounds', permission: 'plan:read', load: () => import('./RoundsPage.tsx') },
    { path: 'rounds/:id', permission: 'plan:read', load: () => import('./RoundPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
