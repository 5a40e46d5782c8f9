export { records } from './module.ts';
export {
  type FileLabels,
  type FileRecord,
  MediaTypeMismatch,
  RecordGone,
  RecordMissing,
  RecordTooLarge,
  RecordUnlabelled,
} from './record.ts';
export type { NewFile, OpenFile, RecordsService } from './service.ts';
