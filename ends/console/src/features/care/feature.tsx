import { HeartOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const care = defineFeature({
  name: 'care',
  menu: [
    {
      group: 'housing',
      path: '/care',
      label: 'care.title',
      icon: <HeartOutlined />,
      permission: 'care:read',
      order: 9,
    },
  ],
  routes: [{ path: 'care', permission: 'care:read', load: () => import('./CarePage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
