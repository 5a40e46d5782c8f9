import { AlertOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const risk = defineFeature({
  name: 'risk',
  menu: [
    {
      group: 'housing',
      path: '/risk',
      label: 'risk.title',
      icon: <AlertOutlined />,
      permission: 'risk:read',
      order: 8,
    },
  ],
  routes: [{ path: 'risk', permission: 'risk:read', load: () => import('./RiskPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
