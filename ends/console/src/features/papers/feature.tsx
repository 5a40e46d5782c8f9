import { FileTextOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const papers = defineFeature({
  name: 'papers',
  menu: [
    {
      group: 'housing',
      path: '/contract-templates',
      label: 'papers.title',
      icon: <FileTextOutlined />,
      permission: 'lease:read',
      order: 55,
    },
  ],
  routes: [
    { path: 'contract-templates', permission: 'lease:read', load: () => import('./TemplatesPage.tsx') },
    { path: 'contract-templates/new', permission: 'lease:write', load: () => import('./TemplateEditor.tsx') },
  ],
  texts: { 'zh-CN': zh, en },
});
