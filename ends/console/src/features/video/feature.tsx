import { VideoCameraOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const video = defineFeature({
  name: 'video',
  menu: [
    {
      group: 'places',
      path: '/video',
      label: 'video.title',
      icon: <VideoCameraOutlined />,
      permission: 'video:read',
      order: 7,
    },
  ],
  routes: [
    { path: 'video', permission: 'video:read', load: () => import('./VideoPage.tsx') },
    { path: 'video/cameras/:id', permission: 'video:read', load: () => import('./CameraPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
