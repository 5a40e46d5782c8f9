import { SolutionOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { TodoBell } from './TodoBell.tsx';

export const cases = defineFeature({
  name: 'cases',
  menu: [
    {
      group: 'work',
      path: '/cases',
      label: 'cases.menu',
      icon: <SolutionOutlined />,
      permission: 'case:read',
      order: 2,
    },
  ],
  routes: [
    { path: 'cases', permission: 'case:read', load: () => import('./CasesPage.tsx') },
    { path: 'cases/:id', permission: 'case:read', load: () => import('./CasePage.tsx') },
  ],
  bar: [{ name: 'to-dos', permission: 'case:read', Widget: TodoBell }],
  texts: { 'zh-CN': zh, en },
});
