export { patiently } from './patience.ts';
export {
  ImportRefused,
  type Model,
  type ModelDraft,
  openPlatform,
  type PlaceImportRow,
  type PlaceRef,
  type Platform,
  type ThingImportRow,
  type ThingRef,
} from './platform.ts';
