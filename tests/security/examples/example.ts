import type { Person } from '../person.ts';
import type { World } from '../world.ts';

/** A minimal valid call of one operation. */
export interface Call {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Sent as they are, instead of a body. */
  bytes?: Buffer;
  /** Version of the object, where the operation insists on one (`If-Match`). */
  version?: number;
  /** Who calls, when it has to be somebody else than the administrator. */
  as?: Pick<Person, 'id' | 'ask'>;
}

export type Example = (world: World) => Call | Promise<Call>;

/** By operation id. */
export type Examples = Readonly<Record<string, Example>>;
