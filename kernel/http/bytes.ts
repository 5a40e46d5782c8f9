import { InputInvalid } from '@keystead/contracts/problem';

/** The bytes of a request that is to be `application/octet-stream`. Throws InputInvalid for anything else. */
export function bytesOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw new InputInvalid({ in: 'headers' }, [{ pointer: '/content-type', code: 'bytes' }]);
  return body;
}
