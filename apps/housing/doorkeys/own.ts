import { type Actor, systemActor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import type { Kernel } from '@keystead/kernel/module';
import type { Desk } from './desk.ts';
import { isGuest, KeyMissing, KeysHeld, KeyWithoutLease } from './key.ts';
import type { Settling } from './settling.ts';
import * as store from './store.ts';
import type { UseRow, Uses } from './uses.ts';

/** A PIN for a guest opens once, and not for longer than this; so many at a time. */
export const guestHours = 72;
export const guestsAtOnce = 5;
const shown = 100;

interface Parts extends Pick<Kernel, 'db' | 'clock'> {
  readonly parties: PartiesService;
  readonly places: PlacesService;
  readonly settling: Settling;
  readonly desk: Desk;
  readonly uses: Uses;
}

/** What a household does with the keys of its own home: let a guest in once, take that back, see who came and went. */
export function createOwnKeys({ db, clock, parties, places, settling, desk, uses }: Parts) {
  /** Who asks, and the living keys of the household. */
  async function mine(actor: Actor) {
    const { party, own } = await parties.own.self(actor);
    const { organisation } = own.scope;
    const household = await db.systemTransaction((tx) => settling.homeOf(tx, organisation, party.id));
    const reach = systemActor('doorkeys.own', organisation);
    const keys = await db.systemRead(store.keysInView(reach.scope, { household, living: true, limit: 200 }));
    return { party, own, keys, organisation };
  }

  return {
    /** A PIN that opens once, until `until`. Throws KeyWithoutLease, KeysHeld, InputInvalid; the PIN comes back this once. */
    guest: async (actor: Actor, wish: { house?: string; label: string; until: Date }) => {
      const { party, keys, organisation } = await mine(actor);
      const latest = new Date(clock.now().getTime() + guestHours * 3_600_000);
      if (wish.until > latest)
        throw new InputInvalid({ in: 'body', hours: guestHours }, [{ pointer: '/until', code: 'too-late' }]);
      const lasting = keys.find((key) => !isGuest(key) && (wish.house === undefined || key.house === wish.house));
      if (!lasting) throw new KeyWithoutLease({});
      if (keys.filter(({ pattern }) => pattern === 'once').length >= guestsAtOnce)
        throw new KeysHeld({ most: guestsAtOnce });
      const { house } = lasting;
      const path = await db.systemTransaction((tx) => places.pathOf(tx, organisation, house));
      const as: Actor = { ...actor, scope: { organisation, subtrees: [path] } };
      const { label, until } = wish;
      return desk.issue(as, { house, holder: party.id, kind: 'pin', pattern: 'once', label, validUntil: until });
    },

    /** Takes a guest's key back before it was used. Throws KeyMissing for any other. */
    endGuest: async (actor: Actor, id: string): Promise<void> => {
      const { keys, own } = await mine(actor);
      const key = keys.find((each) => each.id === id && isGuest(each));
      if (!key) throw new KeyMissing({ id });
      await desk.revoke({ ...own, scope: { ...own.scope, subtrees: [key.place] } }, id, 'guest');
    },

    /** What the doors of the home told since the household has keys to it; who lived there before is nobody's affair. */
    uses: async (actor: Actor): Promise<UseRow[]> => {
      const { keys, organisation } = await mine(actor);
      const since = new Map<string, Date>();
      const paths = new Map<string, string>();
      for (const { house, place, issuedAt } of keys) {
        const known = since.get(house);
        since.set(house, known && known < issuedAt ? known : issuedAt);
        paths.set(house, place);
      }
      const pages = await Promise.all(
        [...since].map(([house, from]) => {
          const place = paths.get(house) ?? '';
          const as: Actor = { ...actor, scope: { organisation, subtrees: [place] } };
          return uses.list(as, { house, from, limit: shown }, place);
        }),
      );
      return pages
        .flat()
        .sort((a, b) => b.at.getTime() - a.at.getTime())
        .slice(0, shown);
    },
  };
}

export type OwnKeys = ReturnType<typeof createOwnKeys>;
