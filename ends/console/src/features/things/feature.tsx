import { HddOutlined, IdcardOutlined, ProfileOutlined, StopOutlined, TagsOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const group = 'places' as const;

export const things = defineFeature({
  name: 'things',
  menu: [
    { group, path: '/things', label: 'things.menu', icon: <HddOutlined />, permission: 'thing:read', order: 2 },
    { group, path: '/models', label: 'things.models', icon: <ProfileOutlined />, permission: 'model:read', order: 3 },
    { group, path: '/naming', label: 'things.naming.menu', icon: <TagsOutlined />, permission: 'thing:read', order: 5 },
    { group, path: '/refusals', label: 'things.refusals', icon: <StopOutlined />, permission: 'thing:read', order: 4 },
    {
      group,
      path: '/device-identity',
      label: 'things.identityPage.title',
      icon: <IdcardOutlined />,
      permission: 'thing:credential',
      order: 7,
    },
  ],
  routes: [
    { path: 'things', permission: 'thing:read', load: () => import('./list/ThingsPage.tsx') },
    { path: 'things/:id', permission: 'thing:read', load: () => import('./object/ThingPage.tsx') },
    { path: 'models', permission: 'model:read', load: () => import('./models/ModelsPage.tsx') },
    { path: 'naming', permission: 'thing:read', load: () => import('./naming/NamingPage.tsx') },
    { path: 'refusals', permission: 'thing:read', load: () => import('./RefusalsPage.tsx') },
    { path: 'device-identity', permission: 'thing:credential', load: () => import('./identity/IdentityPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
