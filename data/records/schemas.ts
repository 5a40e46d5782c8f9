import { type Static, Type } from 'typebox';
import type { FileRecord } from './record.ts';

const When = Type.String({ format: 'date-time' });
const Level = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]);

export const RecordView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  subject: Type.String(),
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  /** SHA-256 of the contents. */
  hash: Type.String(),
  storeLevel: Level,
  transferLevel: Type.Union([Level, Type.Null()]),
  retentionYears: Type.Integer(),
  keepUntil: When,
  legalHold: Type.Boolean(),
  createdAt: When,
  createdBy: Type.String(),
  version: Type.Integer(),
});
export type RecordView = Static<typeof RecordView>;

export function recordView(record: FileRecord): RecordView {
  const { id, subject, name, mediaType, size, hash, storeLevel, transferLevel, retentionYears, legalHold, version } =
    record;
  return {
    id,
    subject,
    name,
    mediaType,
    size,
    hash,
    storeLevel,
    transferLevel,
    retentionYears,
    keepUntil: record.keepUntil.toISOString(),
    legalHold,
    createdAt: record.createdAt.toISOString(),
    createdBy: record.createdByName,
    version,
  };
}
