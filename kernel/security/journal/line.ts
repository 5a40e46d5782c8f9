import { InputInvalid, problem } from '@keystead/contracts/problem';
import type { LineCursor, LineRow } from '@keystead/kernel/security/audit';
import type { Cell } from '@keystead/kernel/sheet';
import type { LineView } from './schemas.ts';

export class LineMissing extends problem('journal-line-missing', 404) {}
export class VerificationMissing extends problem('journal-verification-missing', 404) {}

/** ISO time with six decimals. */
export const microTime = (micros: number): string => {
  const ms = Math.floor(micros / 1000);
  return new Date(ms).toISOString().replace('Z', `${String(micros - ms * 1000).padStart(3, '0')}Z`);
};

export const writeCursor = ({ micros, id }: LineCursor): string => Buffer.from(`${micros} ${id}`).toString('base64url');

/** Reads a cursor given out before; throws InputInvalid for anything else. */
export function readCursor(text: string): LineCursor {
  const [micros = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  if (!/^\d{1,16}$/.test(micros) || !/^[0-9a-f-]{36}$/.test(id))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { micros: Number(micros), id };
}

/** A line as people read it. Its detail is JSON that was written here; what cannot be parsed was tampered with. */
export function view(row: LineRow): LineView {
  const { id, micros, actorKind, actorId, actorName, detail, ...rest } = row;
  return {
    ...rest,
    id,
    at: microTime(micros),
    actor: { kind: actorKind, id: actorId, name: actorName },
    detail: detail === '' ? null : parsed(detail),
  } as LineView;
}

function parsed(detail: string): Record<string, unknown> {
  try {
    return JSON.parse(detail) as Record<string, unknown>;
  } catch {
    return { $unreadable: detail };
  }
}

export const lineColumns = [
  'at',
  'kind',
  'actor',
  'actorId',
  'from',
  'action',
  'subject',
  'outcome',
  'purpose',
  'place',
  'detail',
  'seq',
  'hash',
] as const;

/** A line as cells in the order of `lineColumns`. */
export const lineCells = (row: LineRow): Cell[] => [
  microTime(row.micros),
  row.kind,
  row.actorName,
  row.actorId,
  row.from,
  row.action,
  row.subject,
  row.outcome,
  row.purpose,
  row.place,
  row.detail,
  row.seq === null ? null : String(row.seq),
  row.hash,
];
