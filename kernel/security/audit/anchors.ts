import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Signer } from './signing.ts';

/** Where the chain stood at a time: everything up to `seq` is summed up in `hash` (hex). */
export interface Anchor {
  seq: number;
  hash: string;
  /** ISO time of the anchoring. */
  at: string;
}

/**
 * Signed anchors. `root` = the last of a day. `checkpoint` = what came up to it was pruned by the rules. `restored` =
 * the database was put back to this end from a backup; what had been anchored beyond it is given up knowingly.
 */
export interface SignedAnchor extends Anchor {
  kind: 'root' | 'checkpoint' | 'restored';
  /** UTC day of the anchor. */
  day: string;
  signature: string;
}

export interface Anchored {
  anchors: Anchor[];
  signed: SignedAnchor[];
  /** Numbers of lines that cannot be read, or whose signature is wrong. */
  broken: string[];
}

/** Anchors of the last two days are all kept, older ones one an hour for a month; then the daily roots remain. */
const keptWhole = 2 * 86_400_000;
const keptHourly = 31 * 86_400_000;

const textOf = (anchor: Omit<SignedAnchor, 'signature'>): string =>
  ['keystead journal', anchor.kind, anchor.day, anchor.seq, anchor.hash, anchor.at].join('\n');

const isAnchor = (value: unknown): value is Anchor => {
  const { seq, hash, at } = (value ?? {}) as Partial<Anchor>;
  return Number.isSafeInteger(seq) && /^[0-9a-f]{64}$/.test(hash ?? '') && !Number.isNaN(Date.parse(at ?? ''));
};

/** Drops what a line of `anchors.log` no longer has to say. */
export function thin(anchors: readonly Anchor[], now: Date): Anchor[] {
  const hours = new Set<string>();
  return anchors.filter(({ at }) => {
    const age = now.getTime() - Date.parse(at);
    if (age <= keptWhole) return true;
    const hour = at.slice(0, 13);
    if (age > keptHourly || hours.has(hour)) return false;
    hours.add(hour);
    return true;
  });
}

/** The files outside the database: `journal/anchors.log` and `journal/signed.log` of a data folder. */
export function openAnchors(dataDir: string, signer: Signer) {
  const folder = join(dataDir, 'journal');
  const anchorFile = join(folder, 'anchors.log');
  const signedFile = join(folder, 'signed.log');

  const mended = new Set<string>();

  /** A line half written when the process died is taken off, or the next one would be joined to it. */
  function mend(file: string): void {
    mended.add(file);
    if (!existsSync(file)) return;
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) truncateSync(file, whole);
  }

  function append(file: string, value: unknown): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!mended.has(file)) mend(file);
    const handle = openSync(file, 'a', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(value)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }

  function linesOf(file: string): unknown[] {
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n');
    // The last line has no end when the process died while writing it: nothing was promised by it yet.
    lines.pop();
    return lines.map((line) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        return undefined;
      }
    });
  }

  function read(): Anchored {
    const broken: string[] = [];
    const anchors: Anchor[] = [];
    for (const [n, value] of linesOf(anchorFile).entries()) {
      if (isAnchor(value)) anchors.push(value);
      else broken.push(`anchors.log:${n + 1}`);
    }
    const signed: SignedAnchor[] = [];
    for (const [n, value] of linesOf(signedFile).entries()) {
      const one = value as SignedAnchor;
      if (isAnchor(value) && signer.verify(textOf(one), one.signature ?? '')) signed.push(one);
      else broken.push(`signed.log:${n + 1}`);
    }
    return { anchors, signed, broken };
  }

  return {
    read,
    add: (anchor: Anchor) => append(anchorFile, anchor),
    sign: (kind: SignedAnchor['kind'], anchor: Anchor): SignedAnchor => {
      const unsigned = { ...anchor, kind, day: anchor.at.slice(0, 10) };
      const one = { ...unsigned, signature: signer.sign(textOf(unsigned)) };
      append(signedFile, one);
      return one;
    },
    /** Writes the file anew with what is still worth keeping. */
    compact: (now: Date) => {
      const { anchors } = read();
      const kept = thin(anchors, now);
      if (kept.length === anchors.length) return;
      const draft = `${anchorFile}.new`;
      const handle = openSync(draft, 'w', 0o600);
      try {
        writeSync(handle, kept.map((anchor) => `${JSON.stringify(anchor)}\n`).join(''));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(draft, anchorFile);
    },
  };
}

export type Anchors = ReturnType<typeof openAnchors>;
