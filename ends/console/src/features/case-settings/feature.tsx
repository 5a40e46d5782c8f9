import { FieldTimeOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const permission = 'case:read';
const under = '/case-rules';

export const caseSettings = defineFeature({
  name: 'case-settings',
  menu: [
    {
      group: 'system',
      path: under,
      label: 'caseSettings.menu',
      icon: <FieldTimeOutlined />,
      permission: 'system:write',
      order: 5,
    },
  ],
  routes: [
    { path: 'case-rules', permission, load: () => import('./rules/OpeningRulesPage.tsx') },
    { path: 'case-levels', permission, under, load: () => import('./levels/LevelsPage.tsx') },
    { path: 'case-calendars', permission, under, load: () => import('./calendars/CalendarsPage.tsx') },
    { path: 'case-workers', permission: 'case:assign', under, load: () => import('./workers/WorkersPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
