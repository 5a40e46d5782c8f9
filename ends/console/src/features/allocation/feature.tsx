import { GiftOutlined, OrderedListOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const permission = 'allocation:read';

export const allocation = defineFeature({
  name: 'allocation',
  menu: [
    {
      ...{ group: 'housing', path: '/waiting-list', label: 'allocation.waiting', icon: <OrderedListOutlined /> },
      ...{ permission, order: 4.1 },
    },
    {
      ...{ group: 'housing', path: '/allocation-plans', label: 'allocation.plans', icon: <GiftOutlined /> },
      ...{ permission, order: 4.2 },
    },
  ],
  routes: [
    { path: 'waiting-list', permission, load: () => import('./WaitingPage.tsx') },
    { path: 'allocation-plans', permission, load: () => import('./PlansPage.tsx') },
    { path: 'allocation-plans/:id', permission, load: () => import('./PlanPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
