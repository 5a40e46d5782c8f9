import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';

/** Where a place is, for cases that people open by naming it. */
export interface PlacePaths {
  /** Materialised path of a place; throws when there is none of that id. */
  pathOf(tx: Tx, organisation: string, placeId: string): Promise<string>;
}

/** As far as one cause reaches around a place: its building, as a path. */
export interface Grounds {
  groundOf(tx: Tx, organisation: string, place: string): Promise<string>;
}

/** What a silent thing is: its name for the title, its model family for rules on life safety. */
export interface ThingFacts {
  factsOf(tx: Tx, organisation: string, thingId: string): Promise<{ name: string; family: string } | undefined>;
}

/** Who may be given work. */
export interface Staff {
  /** Name of a user of the organisation; undefined when there is none of that id. */
  nameOf(organisation: string, userId: string): Promise<string | undefined>;
  /** Who may handle cases at a place: those it can be given to. */
  handlersAt(organisation: string, place: string): Promise<readonly { id: string; name: string }[]>;
}

/** Files that evidence points to. */
export interface Files {
  /** SHA-256 of a file the actor may see; throws when there is none of that id for him. */
  hashOf(actor: Actor, record: string): Promise<string>;
}

/** The stock of spare parts. */
export interface Shelf {
  /** Takes so many of a part; throws when there is no such part or too few of it. */
  take(
    tx: Tx,
    organisation: string,
    part: string,
    quantity: number,
  ): Promise<{ code: string; name: string; left: number }>;
}

/** Answers from other modules. A part that is left out is not asked: names are then ids, families unknown. */
export interface CasePorts {
  readonly places?: PlacePaths;
  readonly grounds?: Grounds;
  readonly things?: ThingFacts;
  readonly staff?: Staff;
  readonly files?: Files;
  readonly shelf?: Shelf;
}
