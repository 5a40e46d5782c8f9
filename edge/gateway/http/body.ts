import type { IncomingMessage } from 'node:http';
import { PayloadTooLarge, type Refusal, refuse } from '@keystead/terminals/port';

/** The whole body, or a refusal as soon as it is too long; undefined when the sender went away in the middle. */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | Refusal | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(tooLarge(most));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) {
        request.pause();
        resolve(tooLarge(most));
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined));
  });
}

const tooLarge = (most: number): Refusal => refuse(PayloadTooLarge, `more than ${most} bytes`);
