import { BackupDamaged } from './problems.ts';

/** One entry of a tar stream; `content` must be read before the next entry is asked for. */
export interface TarEntry {
  name: string;
  kind: 'file' | 'folder' | 'link';
  mode: number;
  size: number;
  /** Where a symbolic link leads. */
  target: string;
  content: AsyncIterable<Buffer>;
}

const block = 512;
const kinds: Readonly<Record<string, TarEntry['kind']>> = { '0': 'file', '\0': 'file', '5': 'folder', '2': 'link' };

const textAt = (header: Buffer, from: number, length: number): string => {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
};

/** Numbers are octal text, or binary when they are too big for it (first bit set). */
function numberAt(header: Buffer, from: number, length: number): number {
  const field = header.subarray(from, from + length);
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(textAt(header, from, length).trim() || '0', 8);
  let value = BigInt((field[0] ?? 0) & 0x7f);
  for (const byte of field.subarray(1)) value = (value << 8n) | BigInt(byte);
  return Number(value);
}

function checked(header: Buffer): void {
  let sum = 0;
  for (let i = 0; i < block; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] ?? 0);
  if (sum !== numberAt(header, 148, 8)) throw new BackupDamaged({ path: 'base.tar', reason: 'archive header' });
}

/** Reads the ustar stream that PostgreSQL writes for a base backup. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (done) return false;
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  };
  const cut = () => new BackupDamaged({ path: 'base.tar', reason: 'cut off' });

  async function* take(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (held.length === 0 && !(await more())) throw cut();
      const part = held.subarray(0, left);
      held = held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  const skip = async (size: number): Promise<void> => {
    for await (const _ of take(size));
  };

  for (;;) {
    while (held.length < block) if (!(await more())) return;
    const header = held.subarray(0, block);
    held = held.subarray(block);
    if (header.every((byte) => byte === 0)) {
      // Zero blocks end the archive; what follows is padding.
      while (await more()) held = Buffer.alloc(0);
      return;
    }
    checked(header);
    const prefix = textAt(header, 345, 155);
    const name = textAt(header, 0, 100);
    const size = numberAt(header, 124, 12);
    const kind = kinds[String.fromCharCode(header[156] ?? 0)];
    if (!kind) throw new BackupDamaged({ path: name, reason: 'entry of unknown kind' });
    let left = size;
    const content = (async function* () {
      for await (const part of take(size)) {
        left -= part.length;
        yield part;
      }
    })();
    yield {
      name: prefix ? `${prefix}/${name}` : name,
      kind,
      mode: numberAt(header, 100, 8) & 0o777,
      size,
      target: textAt(header, 157, 100),
      content,
    };
    await skip(left);
    await skip((block - (size % block)) % block);
  }
}
