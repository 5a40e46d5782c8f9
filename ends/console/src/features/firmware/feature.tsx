import { CloudUploadOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const firmware = defineFeature({
  name: 'firmware',
  menu: [
    {
      group: 'places',
      path: '/firmware',
      label: 'firmware.title',
      icon: <CloudUploadOutlined />,
      permission: 'firmware:read',
      order: 7,
    },
  ],
  routes: [
    { path: 'firmware', permission: 'firmware:read', load: () => import('./FirmwarePage.tsx') },
    { path: 'firmware/new', permission: 'firmware:manage', load: () => import('./CampaignWizard.tsx') },
    { path: 'firmware/:id', permission: 'firmware:read', load: () => import('./CampaignPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
