import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import type { ThingsService } from '@keystead/data/things';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { AidLinked, AidMissing, CareMissing } from './care.ts';
import type { Visits } from './visits.ts';

export interface AidLine {
  readonly id: string;
  readonly thing: string;
  readonly household: string;
  readonly person: string;
  readonly linkedAt: Date;
}

interface Parts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly parties: PartiesService;
  readonly things: Pick<ThingsService, 'get'>;
  readonly visits: Visits;
}

/** Which medical aid is whose. */
export function createAids({ db, clock, audit, parties, things, visits }: Parts) {
  return {
    /** Throws ThingMissing, CareMissing, AidLinked. */
    link: async (actor: Actor, thing: string, person: string): Promise<string> => {
      const { number } = await things.get(actor, thing);
      const { household } = await visits.careOf(actor, person);
      return db.transaction(actor.scope, async (tx) => {
        const [home] = await parties.getMany(tx, actor, [household]);
        if (!home) throw new CareMissing({ person });
        const id = newId(clock.now().getTime());
        const added =
          await tx.run(sql`insert into care.aid (id, organisation, place, thing, thing_id, household, person, linked_at, linked_by)
          values (${id}, ${actor.scope.organisation}, ${home.place}, ${number}, ${thing}, ${household}, ${person}, ${clock.now()}, ${actor.id})
          on conflict do nothing`);
        if (added === 0) throw new AidLinked({ thing });
        await audit.add(tx, actor, {
          action: 'medical-aid.link',
          subject: `household:${household}`,
          place: home.place,
          detail: { thing },
        });
        return id;
      });
    },

    unlink: (actor: Actor, id: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const aid = await tx.maybe(sql<{ household: string; place: string }>`
          update care.aid a set ended_at = ${clock.now()} where a.id = ${id} and a.ended_at is null
            and a.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'a.place')} returning household, place`);
        if (!aid) throw new AidMissing({ id });
        const { household, place } = aid;
        await audit.add(tx, actor, {
          action: 'medical-aid.unlink',
          subject: `household:${household}`,
          place,
          detail: { aid: id },
        });
      }),

    list: (actor: Actor): Promise<AidLine[]> =>
      db.read(
        actor.scope,
        sql<AidLine>`select a.id, a.thing_id as thing, a.household, a.person, a.linked_at as "linkedAt" from care.aid a
          where a.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'a.place')} and a.ended_at is null
          order by a.linked_at desc, a.id limit 500`,
      ),
  };
}

export type Aids = ReturnType<typeof createAids>;
