import { ReadOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const policy = defineFeature({
  name: 'policy',
  menu: [
    {
      group: 'housing',
      path: '/policy',
      label: 'policy.title',
      icon: <ReadOutlined />,
      permission: 'policy:read',
      order: 9,
    },
  ],
  routes: [{ path: 'policy', permission: 'policy:read', load: () => import('./PolicyPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
