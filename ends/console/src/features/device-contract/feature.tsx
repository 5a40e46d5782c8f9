import { SafetyOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const deviceContract = defineFeature({
  name: 'device-contract',
  menu: [
    {
      group: 'places',
      path: '/device-contract',
      label: 'deviceContract.title',
      icon: <SafetyOutlined />,
      permission: 'thing:read',
      order: 6,
    },
  ],
  routes: [{ path: 'device-contract', permission: 'thing:read', load: () => import('./DeviceContractPage.tsx') }],
  thingTabs: [
    {
      key: 'papers',
      label: 'deviceContract.papers.title',
      permission: 'thing:read',
      Tab: lazy(() => import('./PapersTab.tsx')),
    },
  ],
  texts: { 'zh-CN': zh, en },
});
