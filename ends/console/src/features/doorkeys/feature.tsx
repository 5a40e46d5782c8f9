import { KeyOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const doorkeys = defineFeature({
  name: 'doorkeys',
  menu: [
    {
      group: 'housing',
      path: '/door-keys',
      label: 'doorkeys.title',
      icon: <KeyOutlined />,
      permission: 'door-key:read',
      order: 8,
    },
  ],
  routes: [{ path: 'door-keys', permission: 'door-key:read', load: () => import('./KeysPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
