import { SoundOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const notices = defineFeature({
  name: 'notices',
  menu: [
    {
      group: 'housing',
      path: '/notices',
      label: 'notices.title',
      icon: <SoundOutlined />,
      permission: 'notice:read',
      order: 60,
    },
  ],
  routes: [
    { path: 'notices', permission: 'notice:read', load: () => import('./NoticesPage.tsx') },
    { path: 'notices/new', permission: 'notice:write', load: () => import('./NoticeEditor.tsx') },
    { path: 'notices/:id', permission: 'notice:read', load: () => import('./NoticePage.tsx') },
    { path: 'notices/:id/edit', permission: 'notice:write', load: () => import('./NoticeEditor.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
