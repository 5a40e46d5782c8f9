import { createHash, createPublicKey, verify } from 'node:crypto';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** The number or the digest before it is not that of the last entry taken; `last` names it. */
export class FieldChainBroken extends problem('field-chain-broken', 409) {}
/** The entry is not signed by the key of its phone. */
export class FieldSignatureWrong extends problem('field-signature-wrong', 422) {}

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });

/** What can be done out there; photos are named by the hash of their bytes. */
const Act = Type.Union([
  Type.Object({ kind: Type.Literal('start') }),
  /** A code read off the device or the door: it shows who stood there. */
  Type.Object({ kind: Type.Literal('scan'), code: Text(120) }),
  Type.Object({
    kind: Type.Literal('read'),
    round: Id,
    point: Type.Integer({ minimum: 1, maximum: 100 }),
    value: Type.Optional(Type.Number({ minimum: -1e15, maximum: 1e15 })),
    passed: Type.Optional(Type.Boolean()),
    note: Type.Optional(Text(400)),
    photo: Type.Optional(Hash),
  }),
  Type.Object({ kind: Type.Literal('tick'), item: Id, note: Type.Optional(Text(400)) }),
  Type.Object({ kind: Type.Literal('photo'), photo: Hash, note: Type.Optional(Text(400)) }),
  Type.Object({ kind: Type.Literal('note'), text: Text(1000) }),
  Type.Object({ kind: Type.Literal('part'), part: Id, quantity: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
  Type.Object({
    kind: Type.Literal('finish'),
    note: Text(2000),
    /** Drawn on the screen. */
    signature: Type.Optional(Hash),
    /** Of a maintenance: what was found, and what was decided. */
    problems: Type.Optional(Text(2000)),
    actions: Type.Optional(Text(2000)),
  }),
]);
export type FieldAct = Static<typeof Act>;

const Said = Type.Object({
  device: Id,
  number: Type.Integer({ minimum: 1, maximum: 1e9 }),
  /** Digest of the entry before it; '' for the first of a phone. */
  former: Type.Union([Hash, Type.Literal('')]),
  at: Moment,
  case: Id,
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  /** Metres. */
  accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 1e7 })),
  act: Act,
});
export type Said = Static<typeof Said>;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an entry says. Throws InputInvalid: it is no JSON, or not of the shape of an entry. */
export function readEntry(text: string): Said {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new InputInvalid({ in: 'entry' }, [{ pointer: '/text', code: 'json' }]);
  }
  if (Value.Check(Said, said) && !Number.isNaN(Date.parse(said.at))) return said;
  const faults = [...Value.Errors(Said, said)].slice(0, 10);
  throw new InputInvalid(
    { in: 'entry' },
    faults.map(({ instancePath, keyword }) => ({ pointer: `/text${instancePath}`, code: keyword })),
  );
}

/** Whether the text was signed with the key: ECDSA P-256 over SHA-256, r and s one after the other, as browsers sign. */
export function isSigned(key: string, text: string, signature: string): boolean {
  try {
    const open = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verify(
      'sha256',
      Buffer.from(text),
      { key: open, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64'),
    );
  } catch {
    return false;
  }
}

/** True for a public key of the curve that phones sign with. */
export function isPhoneKey(key: string): boolean {
  try {
    const open = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return open.asymmetricKeyType === 'ec' && open.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

export const clockMarks = ['late', 'clock-ahead', 'clock-back', 'before-task'] as const;
export type ClockMark = (typeof clockMarks)[number];

/** Clocks of phones and ours differ by so much without meaning anything. */
const skew = 5 * 60_000;
/** What comes later than this after it was said is late; a round without a network takes hours. */
const lateAfter = 4 * 3_600_000;

/** What is odd about the time an entry names. None of it refuses the entry: what was seen was seen. */
export function marksOf(
  at: Date,
  known: { received: Date; former: Date | null; givenOut: Date | undefined },
): ClockMark[] {
  const said = at.getTime();
  const marks: ClockMark[] = [];
  if (known.received.getTime() - said > lateAfter) marks.push('late');
  if (said > known.received.getTime() + skew) marks.push('clock-ahead');
  if (known.former && said < known.former.getTime()) marks.push('clock-back');
  if (known.givenOut && said < known.givenOut.getTime() - skew) marks.push('before-task');
  return marks;
}

export interface KeptEntry {
  readonly number: number;
  readonly text: string;
  readonly digest: string;
  readonly signature: string;
}

/** Numbers of kept entries that are no longer as they were taken: text, order or signature do not hold. */
export function brokenEntries(key: string, entries: readonly KeptEntry[]): number[] {
  const broken: number[] = [];
  let former: { number: number; digest: string } | undefined;
  for (const entry of entries) {
    const said = JSON.parse(entry.text) as Partial<Said>;
    const follows = former ? said.former === former.digest && entry.number === former.number + 1 : true;
    const itself = digestOf(entry.text) === entry.digest && said.number === entry.number;
    if (!follows || !itself || !isSigned(key, entry.text, entry.signature)) broken.push(entry.number);
    former = entry;
  }
  return broken;
}
