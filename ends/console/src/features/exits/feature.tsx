import { LogoutOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const permission = 'exit:read';

export const exits = defineFeature({
  name: 'exits',
  menu: [
    {
      ...{ group: 'housing', path: '/exits', label: 'exits.title', icon: <LogoutOutlined /> },
      ...{ permission, order: 4.4 },
    },
  ],
  routes: [
    { path: 'exits', permission, load: () => import('./ExitsPage.tsx') },
    { path: 'exits/:id', permission, load: () => import('./ExitPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
