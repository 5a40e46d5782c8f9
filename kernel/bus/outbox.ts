import type { EventEnvelope, EventType, Payload } from '@keystead/contracts/events/define';
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
  /**
   * Written in the caller's transaction: the event happens exactly when the change does. An urgent one is told to the
   * open pages by the commit itself instead of by the next round of the relay; only for what is rare, because such
   * commits go one after the other.
   */
  add<E extends EventType>(
    tx: Tx,
    event: E,
    where: EventPlace,
    payload: Payload<E>,
    how?: { urgent?: boolean },
  ): Promise<string>;
}

/** The longest text one NOTIFY may carry is 8,000 bytes. */
export const notifyLimit = 7_500;
export const eventChannel = 'keystead_events';

/** `ring` tells the relay that there is something; `announced` that pages have heard of it already. */
export function createOutbox(clock: Clock, ring: (announced: boolean) => void): Outbox {
  return {
    add: async (tx, { type }, { organisation, place }, payload, how = {}) => {
      const id = newId();
      const at = clock.now();
      const event: EventEnvelope = { id, type, organisation, place, at: at.toISOString(), payload, urgent: true };
      const text = how.urgent ? `[${JSON.stringify(event)}]` : '';
      const announced = text !== '' && Buffer.byteLength(text) <= notifyLimit;
      tx.send(sql`
        insert into kernel.outbox (id, type, organisation, place, at, payload, announced)
        values (${id}, ${type}, ${organisation}, ${place}, ${at}, ${JSON.stringify(payload)}, ${announced})`);
      if (announced) tx.send(sql`select pg_notify(${eventChannel}, ${text})`);
      tx.afterCommit(() => ring(announced));
      return id;
    },
  };
}
