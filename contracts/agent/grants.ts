import { createPublicKey, verify } from 'node:crypto';
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false } as const;

/** How a digital key is shown at a door (concepts: Grant). */
export const keyKinds = ['card', 'pin', 'face', 'fingerprint', 'qr', 'ble'] as const;
export type KeyKind = (typeof keyKinds)[number];
export const isKeyKind = (word: unknown): word is KeyKind => keyKinds.some((kind) => kind === word);

const KeyKindSchema = Type.Union([
  Type.Literal('card'),
  Type.Literal('pin'),
  Type.Literal('face'),
  Type.Literal('fingerprint'),
  Type.Literal('qr'),
  Type.Literal('ble'),
]);

export const DoorGrantSchema = Type.Object(
  {
    /** What the door's reader tells of the key: never the key itself where a digest will do. */
    key: Type.String({ minLength: 1, maxLength: 128 }),
    /** Device name of the door. */
    door: Type.String({ minLength: 1, maxLength: 200 }),
    /** ms since 1970; valid from the first to before the last. */
    from: Type.Integer({ minimum: 0 }),
    until: Type.Integer({ minimum: 0 }),
    kinds: Type.Array(KeyKindSchema, { minItems: 1, maxItems: 6 }),
  },
  strict,
);

/** Who may open what, as it was at `issued`; a list past `expires` opens nothing (ms since 1970). */
export const DoorGrantsSchema = Type.Object(
  {
    issued: Type.Integer({ minimum: 0 }),
    expires: Type.Integer({ minimum: 0 }),
    list: Type.Array(DoorGrantSchema, { maxItems: 100_000 }),
    /** Ed25519 over `signedText`, base64. */
    signature: Type.Optional(Type.String({ maxLength: 128 })),
  },
  strict,
);

export type DoorGrant = Static<typeof DoorGrantSchema>;
export type DoorGrants = Static<typeof DoorGrantsSchema>;

/** The very text a signature is over: fields in this order, whatever order the document has them in. */
export function signedText({ issued, expires, list }: DoorGrants): string {
  return JSON.stringify([
    issued,
    expires,
    list.map(({ key, door, from, until, kinds }) => [key, door, from, until, kinds]),
  ]);
}

/** True when the list bears the signature of the key (PEM, Ed25519). */
export function isSigned(grants: DoorGrants, publicKey: string): boolean {
  if (grants.signature === undefined) return false;
  const signature = Buffer.from(grants.signature, 'base64');
  return verify(null, Buffer.from(signedText(grants)), createPublicKey(publicKey), signature);
}

export interface KeyShown {
  door: string;
  key: string;
  kind: KeyKind;
  direction: 'in' | 'out';
  /** ms since 1970, by the best clock there is. */
  time: number;
}

export type DoorDecision =
  | { allowed: true; until?: number }
  | { allowed: false; reason: 'key-unknown' | 'kind-not-granted' | 'not-yet' | 'expired' | 'list-expired' };

/** The grants of one list by door and key, for questions at a door. */
export class DoorBook {
  readonly #grants: DoorGrants;
  readonly #byDoorAndKey = new Map<string, DoorGrant[]>();

  constructor(grants: DoorGrants) {
    this.#grants = grants;
    for (const grant of grants.list) {
      const place = `${grant.door}\n${grant.key}`;
      const found = this.#byDoorAndKey.get(place);
      if (found) found.push(grant);
      else this.#byDoorAndKey.set(place, [grant]);
    }
  }

  /**
   * May this key open this door now? Leaving is never held up. A clock that stands before the list was made is
   * wrong; the list's own time counts then, so that setting a clock back lengthens nothing.
   */
  decide({ door, key, kind, direction, time }: KeyShown): DoorDecision {
    if (direction === 'out') return { allowed: true };
    const now = Math.max(time, this.#grants.issued);
    const grants = this.#byDoorAndKey.get(`${door}\n${key}`);
    if (grants === undefined) return { allowed: false, reason: 'key-unknown' };
    if (now >= this.#grants.expires) return { allowed: false, reason: 'list-expired' };
    const ofKind = grants.filter(({ kinds }) => kinds.includes(kind));
    if (ofKind.length === 0) return { allowed: false, reason: 'kind-not-granted' };
    const valid = ofKind.find(({ from, until }) => from <= now && now < until);
    if (valid) return { allowed: true, until: valid.until };
    return { allowed: false, reason: ofKind.some(({ from }) => now < from) ? 'not-yet' : 'expired' };
  }
}
