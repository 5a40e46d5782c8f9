import { WifiOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const links = defineFeature({
  name: 'links',
  menu: [
    {
      group: 'places',
      path: '/links',
      label: 'links.title',
      icon: <WifiOutlined />,
      permission: 'thing:read',
      order: 8,
    },
  ],
  routes: [{ path: 'links', permission: 'thing:read', load: () => import('./LinksPage.tsx') }],
  texts: { 'zh-CN': zh, en },
});
