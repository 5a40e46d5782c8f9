import { addTexts } from '@keystead/ui/i18n';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

addTexts({ 'zh-CN': zh, en });
