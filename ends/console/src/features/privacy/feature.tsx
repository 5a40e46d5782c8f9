import { SafetyCertificateOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const privacy = defineFeature({
  name: 'privacy',
  menu: [
    {
      group: 'housing',
      path: '/privacy',
      label: 'privacy.title',
      icon: <SafetyCertificateOutlined />,
      permission: 'privacy:read',
      order: 80,
    },
  ],
  routes: [{ path: 'privacy', permission: 'privacy:read', load: () => import('./PrivacyPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
