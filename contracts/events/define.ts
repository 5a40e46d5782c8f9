import { type Static, type TSchema, Type } from 'typebox';

/** A domain event: what happened, past tense, versioned; ids plus the change, never whole rows. */
export interface EventType<S extends TSchema = TSchema> {
  readonly type: string;
  readonly payload: S;
}

export type Payload<E extends EventType> = Static<E['payload']>;

/** An event as subscribers receive it. `id` is the inbox key: the same event may come twice. */
export interface EventEnvelope<P = unknown> {
  readonly id: string;
  readonly type: string;
  readonly organisation: string;
  /** Place path for scope-filtered push to browsers; '' = the organisation as a whole. */
  readonly place: string;
  readonly at: string;
  readonly payload: P;
  /** Told by the commit itself: pages are to see it before anything that can wait for company. */
  readonly urgent?: boolean;
}

export function defineEvent<S extends TSchema>(type: `${string}.${string}.v${number}`, payload: S): EventType<S> {
  return { type, payload };
}

export const IdText = Type.String({ format: 'uuid' });
