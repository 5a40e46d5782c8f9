export { records } from './module.ts';
export { type FileLabels, type FileRecord, RecordGone, RecordMissing, RecordUnlabelled } from './record.ts';
export type { NewFile, OpenFile, RecordsService } from './service.ts';
