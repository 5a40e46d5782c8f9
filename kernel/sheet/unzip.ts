import { inflateRawSync } from 'node:zlib';
import { problem } from '@keystead/contracts/problem';

/** The bytes are no archive, or one that cannot be trusted: `reason` says which. */
export class ArchiveUnreadable extends problem('archive-unreadable', 422) {}

const endSign = 0x0605_4b50;
const entrySign = 0x0201_4b50;
const endLength = 22;
const mostEntries = 2000;

export interface ArchiveEntry {
  readonly name: string;
  /** Unpacked size as the archive claims it; held against the real one when read. */
  readonly size: number;
  read(): Buffer;
}

const damaged = (reason: string) => new ArchiveUnreadable({ reason });

/** At `at`, or the refusal of an archive that points outside itself. */
function within(bytes: Buffer, at: number, length: number): void {
  if (at < 0 || at + length > bytes.length) throw damaged('truncated');
}

function endOf(bytes: Buffer): number {
  const earliest = Math.max(0, bytes.length - endLength - 65_535);
  for (let at = bytes.length - endLength; at >= earliest; at--) if (bytes.readUInt32LE(at) === endSign) return at;
  throw damaged('not-an-archive');
}

function unpack(bytes: Buffer, header: number, packed: number, method: number, size: number): Buffer {
  within(bytes, header, 30);
  const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  within(bytes, from, packed);
  const content = bytes.subarray(from, from + packed);
  if (method === 0) return content;
  if (method !== 8) throw damaged('method-unknown');
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw damaged('damaged');
  }
}

/**
 * The entries of a ZIP archive by name, unpacked when read and never beyond `mostBytes` in all, whatever the archive says
 * of itself. Throws ArchiveUnreadable.
 */
export function unzip(bytes: Buffer, mostBytes: number): Map<string, ArchiveEntry> {
  if (bytes.length < endLength) throw damaged('not-an-archive');
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostEntries) throw damaged('too-many-entries');
  const entries = new Map<string, ArchiveEntry>();
  let total = 0;
  for (let at = bytes.readUInt32LE(end + 16), index = 0; index < count; index++) {
    within(bytes, at, 46);
    if (bytes.readUInt32LE(at) !== entrySign) throw damaged('damaged');
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw damaged('encrypted');
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const size = bytes.readUInt32LE(at + 24);
    const nameLength = bytes.readUInt16LE(at + 28);
    const header = bytes.readUInt32LE(at + 42);
    within(bytes, at + 46, nameLength);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    total += size;
    if (total > mostBytes) throw damaged('too-large');
    entries.set(name, { name, size, read: () => unpack(bytes, header, packed, method, size) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
