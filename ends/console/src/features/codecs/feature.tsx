import { CodeOutlined, FileSearchOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

const group = 'places';
const permission = 'codec:read';

export const codecs = defineFeature({
  name: 'codecs',
  menu: [
    { group, path: '/codecs', label: 'codecs.menu', icon: <CodeOutlined />, permission, order: 6 },
    { group, path: '/frame-desk', label: 'codecs.desk.menu', icon: <FileSearchOutlined />, permission, order: 7 },
  ],
  routes: [
    { path: 'codecs', permission, load: () => import('./CodecsPage.tsx') },
    { path: 'codecs/:id', permission, load: () => import('./CodecPage.tsx') },
    { path: 'frame-desk', permission, load: () => import('./FrameDeskPage.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
