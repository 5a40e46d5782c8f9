import { ApartmentOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const places = defineFeature({
  name: 'places',
  menu: [
    {
      group: 'places',
      path: '/places',
      label: 'places.menu',
      icon: <ApartmentOutlined />,
      permission: 'place:read',
      order: 1,
    },
  ],
  routes: [
    { path: 'places', permission: 'place:read', load: () => import('./PlacesPage.tsx') },
    { path: 'places/:id', permission: 'place:read', load: () => import('./PlacesPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
