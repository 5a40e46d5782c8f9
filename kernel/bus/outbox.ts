import type { EventType, Payload } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import type { Clock } from '@keystead/kernel/base';
import { sql, type Tx } from '@keystead/kernel/db';

/** Where an event belongs, for scope-filtered delivery to people. */
export interface EventPlace {
  organisation: string;
  /** Place path; '' = the organisation as a whole. */
  place: string;
}

export interface Outbox {
  /** Written in the caller's transaction: the event happens exactly when the change does. */
  add<E extends EventType>(tx: Tx, event: E, where: EventPlace, payload: Payload<E>): Promise<string>;
}

export function createOutbox(clock: Clock, ring: () => void): Outbox {
  return {
    add: async (tx, event, where, payload) => {
      const id = newId();
      await tx.run(sql`
        insert into kernel.outbox (id, type, organisation, place, at, payload)
        values (${id}, ${event.type}, ${where.organisation}, ${where.place}, ${clock.now()}, ${JSON.stringify(payload)})`);
      tx.afterCommit(ring);
      return id;
    },
  };
}
