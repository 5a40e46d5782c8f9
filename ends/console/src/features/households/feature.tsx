import { FormOutlined, TeamOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const households = defineFeature({
  name: 'households',
  menu: [
    {
      group: 'housing',
      path: '/households',
      label: 'households.title',
      icon: <TeamOutlined />,
      permission: 'household:read',
      order: 3,
    },
    {
      group: 'housing',
      path: '/household-changes',
      label: 'households.queue',
      icon: <FormOutlined />,
      permission: 'household:read',
      order: 5,
    },
  ],
  routes: [
    { path: 'households', permission: 'household:read', load: () => import('./HouseholdsPage.tsx') },
    { path: 'households/new', permission: 'eligibility:write', load: () => import('./NewHouseholdPage.tsx') },
    { path: 'household-changes', permission: 'household:read', load: () => import('./ChangesPage.tsx') },
    { path: 'households/:id', permission: 'household:read', load: () => import('./HouseholdPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
