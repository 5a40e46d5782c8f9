import { DashboardOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const dials = defineFeature({
  name: 'dials',
  menu: [
    {
      group: 'places',
      path: '/dials',
      label: 'dials.title',
      icon: <DashboardOutlined />,
      permission: 'telemetry:read',
      order: 6.5,
    },
  ],
  routes: [{ path: 'dials', permission: 'telemetry:read', load: () => import('./DialsPage.tsx') }],
  thingTabs: [
    {
      key: 'dials',
      label: 'dials.tab',
      permission: 'telemetry:read',
      fits: ({ properties }) => properties.some(({ cumulative }) => cumulative === true),
      Tab: lazy(() => import('./DialTab.tsx')),
    },
  ],
  texts: { 'zh-CN': zh, en },
});
