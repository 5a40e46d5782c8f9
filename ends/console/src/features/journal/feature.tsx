import { AuditOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const journal = defineFeature({
  name: 'journal',
  menu: [
    {
      group: 'system',
      path: '/journal',
      label: 'journal.title',
      icon: <AuditOutlined />,
      permission: 'journal:read',
      order: 4,
    },
  ],
  routes: [{ path: 'journal', permission: 'journal:read', load: () => import('./JournalPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
