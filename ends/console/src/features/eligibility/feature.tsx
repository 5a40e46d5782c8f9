import { AuditOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const eligibility = defineFeature({
  name: 'eligibility',
  menu: [
    {
      group: 'housing',
      path: '/eligibility',
      label: 'eligibility.title',
      icon: <AuditOutlined />,
      permission: 'eligibility:read',
      order: 4,
    },
  ],
  routes: [
    { path: 'eligibility', permission: 'eligibility:read', load: () => import('./EligibilityPage.tsx') },
    { path: 'eligibility/sources', permission: 'eligibility:configure', load: () => import('./SourcesPage.tsx') },
    { path: 'eligibility/:id', permission: 'eligibility:read', load: () => import('./ReviewPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
