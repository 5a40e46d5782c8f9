import { LoginOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const permission = 'allocation:read';

export const movein = defineFeature({
  name: 'movein',
  menu: [
    {
      ...{ group: 'housing', path: '/move-ins', label: 'movein.title', icon: <LoginOutlined /> },
      ...{ permission, order: 4.3 },
    },
  ],
  routes: [
    { path: 'move-ins', permission, load: () => import('./MoveInsPage.tsx') },
    { path: 'move-ins/:id', permission, load: () => import('./MoveInPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
