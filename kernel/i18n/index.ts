export {
  type Catalogue,
  chooseLanguage,
  createCatalogue,
  type Language,
  languages,
  type Translate,
} from './catalogue.ts';
