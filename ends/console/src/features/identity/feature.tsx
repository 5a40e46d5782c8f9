import { BankOutlined, IdcardOutlined, KeyOutlined, TeamOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const identity = defineFeature({
  name: 'identity',
  menu: [
    {
      group: 'system',
      path: '/users',
      label: 'identity.users',
      icon: <TeamOutlined />,
      permission: 'user:read',
      order: 1,
    },
    {
      group: 'system',
      path: '/roles',
      label: 'identity.roles',
      icon: <IdcardOutlined />,
      permission: 'role:read',
      order: 2,
    },
    {
      group: 'system',
      path: '/api-keys',
      label: 'identity.keys',
      icon: <KeyOutlined />,
      permission: 'key:write',
      order: 3,
    },
    {
      group: 'system',
      path: '/organisation',
      label: 'identity.policy.title',
      icon: <BankOutlined />,
      permission: 'user:read',
      order: 4,
    },
  ],
  routes: [
    { path: 'users', permission: 'user:read', load: () => import('./users/UsersPage.tsx') },
    { path: 'roles', permission: 'role:read', load: () => import('./roles/RolesPage.tsx') },
    {
      path: 'unused-rights',
      permission: 'role:read',
      under: '/roles',
      load: () => import('./roles/UnusedRightsPage.tsx'),
    },
    { path: 'api-keys', permission: 'key:write', load: () => import('./keys/KeysPage.tsx') },
    { path: 'organisation', permission: 'user:read', load: () => import('./organisation/OrganisationPage.tsx') },
    { path: 'account', load: () => import('./account/AccountPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
