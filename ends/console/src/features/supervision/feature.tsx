import { DashboardOutlined, DesktopOutlined, FileTextOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const supervision = defineFeature({
  name: 'supervision',
  menu: [
    {
      ...{ group: 'insight', path: '/supervision', label: 'supervision.title', icon: <DashboardOutlined /> },
      ...{ permission: 'measure:read', order: 10 },
    },
    {
      ...{
        group: 'insight',
        path: '/supervision/terminals',
        label: 'supervision.terminals',
        icon: <DesktopOutlined />,
      },
      ...{ permission: 'supervision:read', order: 11 },
    },
    {
      ...{ group: 'insight', path: '/supervision/reports', label: 'supervision.reports', icon: <FileTextOutlined /> },
      ...{ permission: 'supervision:read', order: 12 },
    },
  ],
  routes: [
    { path: 'supervision', permission: 'measure:read', load: () => import('./BoardPage.tsx') },
    { path: 'supervision/reports', permission: 'supervision:read', load: () => import('./ReportsPage.tsx') },
    { path: 'supervision/terminals', permission: 'supervision:read', load: () => import('./TerminalsPage.tsx') },
    { path: 'supervision/terminals/:id', permission: 'supervision:read', load: () => import('./TerminalPage.tsx') },
    { path: 'board/screen', permission: 'measure:read', whole: true, load: () => import('./screen/ScreenPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
