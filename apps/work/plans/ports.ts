import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';

/** What a plan may be for. */
export interface Subjects {
  /** Name and place path; undefined when the actor sees none of that id. */
  find(
    tx: Tx,
    actor: Actor,
    kind: 'thing' | 'place',
    id: string,
  ): Promise<{ label: string; place: string } | undefined>;
}

/** Present reading of a counter or property of a thing; undefined when there is none. */
export interface Gauges {
  read(organisation: string, thing: string, property: string): Promise<number | undefined>;
}

/** Gives a command in the name of a plan. */
export interface Operations {
  send(
    organisation: string,
    plan: string,
    thing: string,
    service: string,
    input: Record<string, unknown>,
    key: string,
  ): Promise<void>;
}

/** SHA-256 of a file the actor may see; throws when there is none of that id for him. */
export interface Files {
  hashOf(actor: Actor, record: string): Promise<string>;
}
