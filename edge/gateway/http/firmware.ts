import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type FirmwareDesk,
  FirmwareNotOffered,
  FirmwareRangeInvalid,
  largestPart,
  readSize,
} from '../firmware-desk.ts';
import type { OfferedFirmware } from '../ports.ts';

interface Span {
  from: number;
  /** The byte behind the last. */
  to: number;
}

/** The bytes a `Range` header asks for; undefined = the whole. Throws FirmwareRangeInvalid. */
export function readRange(header: string | undefined, size: number): Span | undefined {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  // Several ranges at once, or another unit: the whole is a correct answer.
  if (!parts || (parts[1] === '' && parts[2] === '')) return undefined;
  const [first, last] = [parts[1] ?? '', parts[2] ?? ''];
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (from >= to) throw new FirmwareRangeInvalid({ size });
  return { from, to };
}

/** `size` and `chunk` in the query, as ThingsBoard has them; undefined = not asked so. Throws FirmwareRangeInvalid. */
function readChunk(query: URLSearchParams, size: number): Span | undefined {
  const asked = query.get('size');
  if (asked === null || asked === '0') return undefined;
  const length = readSize(Buffer.from(asked));
  const chunk = Number(query.get('chunk') ?? 0);
  if (length === undefined || length > largestPart || !Number.isSafeInteger(chunk) || chunk < 0)
    throw new FirmwareRangeInvalid({ most: largestPart });
  const from = Math.min(chunk * length, size);
  return { from, to: Math.min(from + length, size) };
}

function checkNamed(query: URLSearchParams, { title, version }: OfferedFirmware): void {
  const other = (name: string, is: string) => query.has(name) && query.get(name) !== is;
  if (other('title', title) || other('version', version)) throw new FirmwareNotOffered();
}

/** `GET /api/v1/{token}/firmware?title=&version=[&size=&chunk=]`, or with `Range`; only what is offered to this device. */
export async function answerFirmware(
  desk: FirmwareDesk,
  thing: number,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const offered = await desk.offered(thing);
  checkNamed(query, offered);
  const { size, hash } = offered;
  const etag = `"${hash}"`;
  const condition = request.headers['if-range'];
  const ranged = condition === undefined || condition === etag ? readRange(request.headers.range, size) : undefined;
  const chunk = readChunk(query, size);
  const { from, to } = chunk ?? ranged ?? { from: 0, to: size };
  // Before the head is written: whoever has to wait his turn is told so by a status.
  let part: Uint8Array = from < to ? await desk.read(thing, from, Math.min(largestPart, to - from)) : new Uint8Array(0);
  response.writeHead(ranged && !chunk ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': to - from,
    'accept-ranges': 'bytes',
    etag,
    ...(ranged && !chunk && { 'content-range': `bytes ${from}-${to - 1}/${size}` }),
  });
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    for (let at = from; at < to && part.length > 0; ) {
      at += part.length;
      if (!response.write(part)) await once(response, 'drain', { signal: gone.signal });
      if (at < to && !gone.signal.aborted) part = await desk.read(thing, at, Math.min(largestPart, to - at));
    }
    response.end();
  } catch {
    // The head is out: a connection that ends short is how the device learns of it, and it asks again from where it is.
    response.destroy();
  }
}
