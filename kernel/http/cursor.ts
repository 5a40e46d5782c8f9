import { InputInvalid } from '@keystead/contracts/problem';

/** Where a page ended: a moment and an id. Opaque to clients. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

export const writeCursor = (at: Date, id: string): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** Reads a cursor given out before; throws InputInvalid for anything else. */
export function readCursor(text: string): Cursor {
  const [moment = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const at = new Date(moment);
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { at, id };
}
