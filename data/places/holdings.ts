import type { Tx } from '@keystead/kernel/db';
import { PlaceOccupied } from './place.ts';

/** Moves a module's own `place` columns along when a subtree is hung up elsewhere, in the same transaction. */
export type Follower = (tx: Tx, organisation: string, fromPrefix: string, toPrefix: string) => Promise<void>;

/** Says how many things of a module stand in a subtree, so that nobody removes the ground under them. */
export type Occupancy = (tx: Tx, organisation: string, path: string) => Promise<number>;

/** What other modules keep at places. They register while being set up. */
export function createHoldings() {
  const followers: Follower[] = [];
  const occupancies = new Map<string, Occupancy>();
  return {
    follow: (follower: Follower) => void followers.push(follower),
    occupy: (name: string, occupancy: Occupancy) => void occupancies.set(name, occupancy),
    moved: async (tx: Tx, organisation: string, from: string, to: string) => {
      for (const follower of followers) await follower(tx, organisation, from, to);
    },
    checkFree: async (tx: Tx, organisation: string, path: string) => {
      for (const [by, occupancy] of occupancies) {
        const count = await occupancy(tx, organisation, path);
        if (count > 0) throw new PlaceOccupied({ by, count });
      }
    },
  };
}

export type Holdings = ReturnType<typeof createHoldings>;
