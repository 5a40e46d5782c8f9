import { InputInvalid } from '@keystead/contracts/problem';

/** Where a page of cases ended: moment of opening and id. Opaque to clients. */
export interface Cursor {
  readonly openedAt: Date;
  readonly id: string;
}

export const writeCursor = (row: Cursor): string =>
  Buffer.from(`${row.openedAt.toISOString()} ${row.id}`).toString('base64url');

/** Reads a cursor given out before; throws InputInvalid for anything else. */
export function readCursor(text: string): Cursor {
  const [moment = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const openedAt = new Date(moment);
  if (Number.isNaN(openedAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { openedAt, id };
}
