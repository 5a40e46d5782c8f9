export {
  addTexts,
  type Language,
  LanguageProvider,
  type Texts,
  type Translate,
  translator,
  useT,
  useTexts,
} from './texts.tsx';
