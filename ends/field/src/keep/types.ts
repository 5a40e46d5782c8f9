import type { Reply } from '@keystead/sdk';
import type { sdk } from '../sdk.ts';

export type Day = Reply<typeof sdk.field.tasks>;
export type Task = Day['tasks'][number];
export type Taken = Reply<typeof sdk.field.takeEntries>['items'][number];

/** What can be done out there; photos are named by the hash of their bytes. */
export type Act =
  | { kind: 'start' }
  | { kind: 'scan'; code: string }
  | { kind: 'read'; round: string; point: number; value?: number; passed?: boolean; note?: string; photo?: string }
  | { kind: 'tick'; item: string }
  | { kind: 'photo'; photo: string; note?: string }
  | { kind: 'note'; text: string }
  | { kind: 'part'; part: string; quantity: number }
  | { kind: 'finish'; note: string; signature?: string; problems?: string; actions?: string };

export interface Spot {
  readonly longitude: number;
  readonly latitude: number;
  /** Metres. */
  readonly accuracy: number;
}

/** An entry of the chain, as it is signed. */
export interface Said extends Partial<Spot> {
  readonly device: string;
  readonly number: number;
  readonly former: string;
  readonly at: string;
  readonly case: string;
  readonly act: Act;
}

/** Something said that waits to be sent. */
export interface Queued {
  readonly number: number;
  readonly text: string;
  readonly signature: string;
  readonly digest: string;
  /** Hashes of photos that go before it. */
  readonly photos: readonly string[];
}

export interface KeptPhoto {
  readonly sha256: string;
  readonly case: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: ArrayBuffer;
  readonly sent: boolean;
}

/** What became of an entry. */
export interface Logged extends Taken {
  readonly text: string;
  /** The reader has taken note of the refusal. */
  readonly seen: boolean;
}

/** The phone: its key pair, of which the private half cannot be read out, and the head of its chain. */
export interface Phone {
  readonly id: string;
  readonly key: string;
  readonly secret: CryptoKey;
  readonly number: number;
  readonly former: string;
  readonly registered: boolean;
}

export const saidOf = ({ text }: { text: string }): Said => JSON.parse(text) as Said;
