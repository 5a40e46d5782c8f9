import { SafetyCertificateOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const patches = defineFeature({
  name: 'patches',
  menu: [
    {
      group: 'itops',
      path: '/patches',
      label: 'patches.title',
      icon: <SafetyCertificateOutlined />,
      permission: 'patch:read',
      order: 6,
    },
  ],
  routes: [{ path: 'patches', permission: 'patch:read', load: () => import('./PatchesPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
