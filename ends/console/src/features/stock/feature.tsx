import { EnvironmentOutlined, HomeOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const stock = defineFeature({
  name: 'stock',
  menu: [
    {
      group: 'housing',
      path: '/houses',
      label: 'stock.menu',
      icon: <HomeOutlined />,
      permission: 'house:read',
      order: 1,
    },
    {
      group: 'housing',
      path: '/house-projects',
      label: 'stock.map.menu',
      icon: <EnvironmentOutlined />,
      permission: 'house:read',
      order: 2,
    },
  ],
  routes: [
    { path: 'houses', permission: 'house:read', load: () => import('./StockPage.tsx') },
    { path: 'houses/:id', permission: 'house:read', load: () => import('./HousePage.tsx') },
    { path: 'house-projects', permission: 'house:read', load: () => import('./ProjectsPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
