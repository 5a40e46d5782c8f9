import { BranchesOutlined, PlayCircleOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const commands = defineFeature({
  name: 'commands',
  menu: [
    {
      group: 'work',
      path: '/commands',
      label: 'commands.menu',
      icon: <ThunderboltOutlined />,
      permission: 'command:read',
      order: 3,
    },
    {
      group: 'work',
      path: '/scenes',
      label: 'commands.scenes.menu',
      icon: <PlayCircleOutlined />,
      permission: 'command:read',
      order: 4,
    },
    {
      group: 'work',
      path: '/linkages',
      label: 'commands.linkages.menu',
      icon: <BranchesOutlined />,
      permission: 'command:read',
      order: 4.5,
    },
  ],
  routes: [
    { path: 'commands', permission: 'command:read', load: () => import('./CommandsPage.tsx') },
    { path: 'scenes', permission: 'command:read', load: () => import('./ScenesPage.tsx') },
    { path: 'linkages', permission: 'command:read', load: () => import('./linkages/LinkagesPage.tsx') },
  ],
  thingTabs: [
    {
      key: 'control',
      label: 'commands.control',
      permission: 'command:read',
      Tab: lazy(() => import('./ControlTab.tsx')),
    },
  ],
  texts: { 'zh-CN': zh, en },
});
