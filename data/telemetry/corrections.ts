import type { Actor } from '@keystead/contracts/access';
import { quality } from '@keystead/contracts/telemetry';
import type { Tx } from '@keystead/kernel/db';
import { microsOfText } from './instants.ts';
import type { Arrival } from './lane.ts';
import { PropertyMissing } from './problems.ts';
import { isQuantity, propertyById } from './reading.ts';
import type { Sources } from './sources.ts';
import type { ThingDirectory } from './thing-directory.ts';

export interface Correction {
  /** Id of the thing. */
  readonly thing: string;
  readonly property: string;
  /** Event time as the reading was told with it, every digit of it; where nothing was read, the value is new. */
  readonly time: string;
  /** In the unit of the property. */
  readonly value: number;
  /** Who says so; shown beside the reading. */
  readonly source: string;
}

interface CorrectionParts {
  things: Pick<ThingDirectory, 'get'>;
  sources: Pick<Sources, 'numberOf'>;
  accept(arrival: Arrival): Promise<{ batch: number }>;
}

/**
 * Puts one number right: of two words for one event time the later wins, and it is marked as corrected. Whoever corrects
 * keeps what was there before, in `beside`: committed with the value or not at all. Throws the problem of things,
 * PropertyMissing.
 */
export const createCorrections =
  ({ things, sources, accept }: CorrectionParts) =>
  async (actor: Actor, correction: Correction, beside: (tx: Tx) => Promise<void>): Promise<void> => {
    const thing = await things.get(actor, correction.thing);
    const property = propertyById(thing.model, correction.property);
    if (!property || !isQuantity(property)) throw new PropertyMissing({ property: correction.property });
    const message = {
      thing: thing.number,
      time: microsOfText(correction.time),
      ...{ keys: [property.key], values: [correction.value], qualities: [quality.corrected] },
    };
    const source = await sources.numberOf(thing.organisation, correction.source);
    await accept({ messages: [message], source, beside });
  };
