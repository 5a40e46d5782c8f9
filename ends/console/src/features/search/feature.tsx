import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { Search } from './Search.tsx';

export const search = defineFeature({
  name: 'search',
  menu: [],
  routes: [],
  bar: [{ name: 'search', permission: 'place:read', Widget: Search }],
  texts: { 'zh-CN': zh, en },
});
