import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { coarse, helpRule } from './care.ts';

interface Parts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly alarms: Pick<AlarmsService, 'raise'>;
  readonly parties: PartiesService;
}

export interface Caller {
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  readonly person: string;
}

/** A call for help 呼救: the gravest alarm at once, and a line in the ledger. Asks for no consent: life goes first. */
export function createHelp({ db, clock, audit, alarms, parties }: Parts) {
  async function called(tx: Tx, caller: Caller, at: Date, by = { id: 'care', name: '' }): Promise<string> {
    const id = newId(clock.now().getTime());
    const { organisation, household, person } = caller;
    const { id: alarm } = await alarms.raise(tx, {
      organisation,
      place: coarse(caller.place),
      rule: helpRule,
      // The ledger line names the person, to those who care.
      subject: { kind: 'care', id, code: id.slice(-8), name: id.slice(-8) },
      title: { zh: '住户呼救，请立即联系', en: 'A resident calls for help' },
      severity: 1,
      transferLevel: 3,
      eventTime: at,
      readings: {},
    });
    await tx.run(sql`insert into care.service (id, organisation, place, household, person, kind, at, logged_at, logged_by, logged_by_name)
      values (${id}, ${organisation}, ${caller.place}, ${household}, ${person}, 'help', ${at}, ${clock.now()}, ${by.id}, ${by.name})`);
    return alarm;
  }

  return {
    called,

    /** Somebody calls by the app: for himself, whoever he is. Throws OwnPartyMissing. */
    own: async (actor: Actor): Promise<void> => {
      const { party, own } = await parties.own.self(actor);
      // The alarm stands above the home: beyond the reach of whoever calls.
      await db.systemTransaction(async (tx) => {
        const { organisation, place, id: person } = party;
        const household = (await parties.householdOf(tx, organisation, person)) ?? person;
        await called(tx, { organisation, place, household, person }, clock.now(), actor);
        await audit.add(tx, own, { action: 'care.help', subject: `party:${person}`, place });
      });
    },
  };
}

export type Help = ReturnType<typeof createHelp>;
