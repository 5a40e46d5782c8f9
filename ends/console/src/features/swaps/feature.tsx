import { SwapOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const permission = 'allocation:read';

export const swaps = defineFeature({
  name: 'swaps',
  menu: [
    {
      ...{ group: 'housing', path: '/swaps', label: 'swaps.title', icon: <SwapOutlined /> },
      ...{ permission, order: 4.35 },
    },
  ],
  routes: [
    { path: 'swaps', permission, load: () => import('./SwapsPage.tsx') },
    { path: 'swaps/:id', permission, load: () => import('./SwapPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
