import { InputInvalid } from '@keystead/contracts/problem';

export interface Cursor {
  userName: string;
  id: string;
}

export const writeCursor = ({ userName, id }: Cursor): string => Buffer.from(`${id} ${userName}`).toString('base64url');

/** Reads a cursor given out before; throws InputInvalid for anything else. */
export function readCursor(text: string): Cursor {
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  const id = plain.slice(0, 36);
  if (!/^[0-9a-f-]{36}$/.test(id) || plain[36] !== ' ')
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { id, userName: plain.slice(37) };
}
