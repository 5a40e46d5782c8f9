import {
  type ApplicantCategory,
  applicantCategories,
  type EligibilityService,
  monthsAfter,
} from '@keystead/apps/housing/eligibility';
import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { PolicyService } from '@keystead/apps/housing/policy';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { eligibilityChanged } from '@keystead/contracts/events/eligibility';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Entry, type EntryFilter, type EntryLine, EntryMissing, EntryNotWaiting } from './plan.ts';
import * as store from './store.ts';

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  policy: PolicyService;
  eligibility: { reviews: Pick<EligibilityService['reviews'], 'requireFree'> };
  households: HouseholdsService;
  parties: PartiesService;
};

const atOnce = 500;
const named = 200;

/** The waiting list: whoever's application is approved stands on it by itself, in the order of the approvals. */
export function createWaiting({ db, clock, audit, policy, eligibility, households, parties }: Parts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<Entry> =>
    tx.one(store.entryById(actor.scope, id), () => new EntryMissing({ id }));

  async function addIn(
    tx: Tx,
    actor: Actor,
    wish: {
      place: string;
      household: string;
      application: string;
      category?: ApplicantCategory | undefined;
      since?: Date | undefined;
      reason?: string;
    },
  ): Promise<string | undefined> {
    const { organisation } = actor.scope;
    const { place, household, application, reason, category = 'general' } = wish;
    const rules = await policy.at(tx, organisation, clock.now(), place);
    const since = wish.since && wish.since < clock.now() ? wish.since : clock.now();
    const until = monthsAfter(since, 12 * rules.value('waiting-years'));
    const entry = { id: newId(), organisation, place, household, category, application, since, until };
    if ((await store.addEntry(tx, entry)) === 0) return undefined;
    await audit.add(tx, actor, {
      action: 'allocation.wait',
      subject: `waiting-entry:${entry.id}`,
      place,
      detail: { household, category, since: since.toISOString(), ...(reason ? { reason } : {}) },
    });
    return entry.id;
  }

  /** Names of households within the actor's reach. */
  async function namesOf(tx: Tx, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (let from = 0; from < ids.length; from += atOnce)
      for (const { id, name } of await parties.getMany(tx, actor, ids.slice(from, from + atOnce))) names.set(id, name);
    return names;
  }

  return {
    find,
    namesOf,

    /** The list in its order, by state, category, code or name. */
    list: async (actor: Actor, { text, ...filter }: EntryFilter): Promise<EntryLine[]> => {
      const found = text ? await parties.list(actor, { kind: 'household', text, limit: named }) : undefined;
      const number = Number(/^LH0*(\d{1,9})$/i.exec(text ?? '')?.[1] ?? 0);
      const households = found?.items.map(({ id }) => id);
      return db.transaction(actor.scope, async (tx) => {
        const rows = await tx.all(store.entries(actor.scope, { ...filter, households, number }));
        const ids = rows.map(({ household }) => household);
        const names = await namesOf(tx, actor, ids);
        return rows.map((row) => ({ ...row, householdName: names.get(row.household) ?? '' }));
      });
    },

    counts: (actor: Actor) => db.read(actor.scope, store.entryCounts(actor.scope)),

    /** Who took the list out as a file; it names people. */
    noteExport: (actor: Actor, rows: number): Promise<void> =>
      db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, {
          action: 'allocation.export-waiting',
          kind: 'access',
          subject: 'waiting-list',
          detail: { rows },
        }),
      ),

    approved: async (
      { organisation, place, payload }: EventEnvelope<Payload<typeof eligibilityChanged>>,
      tx: Tx,
    ): Promise<void> => {
      if (payload.kind !== 'initial' || payload.to !== 'approved') return;
      const actor = systemActor('allocation.waiting', organisation as OrganisationId);
      const category = applicantCategories.find((each) => each === payload.category);
      await addIn(tx, actor, { place, household: payload.household, application: payload.id, category });
    },

    /** Puts a household on the list by hand, such as one that waits since before the platform. Throws EntryNotWaiting when it stands there, HouseholdBarred. */
    enter: (
      actor: Actor,
      wish: { household: string; category?: ApplicantCategory | undefined; since?: Date | undefined; reason: string },
    ): Promise<Entry> =>
      db.transaction(actor.scope, async (tx) => {
        const { place, organisation } = await households.openIn(tx, actor, wish.household, 'application');
        await eligibility.reviews.requireFree(tx, { organisation, household: wish.household, kind: 'initial' });
        const id = await addIn(tx, actor, { ...wish, place, application: newId() });
        if (!id) throw new EntryNotWaiting({ household: wish.household });
        return find(tx, actor, id);
      }),

    /** Category, points and priority by which the household is ranked, on a ground. Throws EntryMissing, EntryNotWaiting, EditConflict. */
    score: (
      actor: Actor,
      id: string,
      {
        category,
        ...wish
      }: { category?: ApplicantCategory | undefined; priority: number; score: number; reason: string },
      version?: number,
    ): Promise<Entry> =>
      db.transaction(actor.scope, async (tx) => {
        const before = await find(tx, actor, id);
        if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
        if (before.state !== 'waiting') throw new EntryNotWaiting({ state: before.state });
        const kind = category ?? before.category;
        await store.saveEntry(tx, { ...before, ...wish, category: kind }, clock.now());
        await audit.add(tx, actor, {
          action: 'allocation.score',
          subject: `waiting-entry:${id}`,
          place: before.place,
          detail: {
            from: { category: before.category, priority: before.priority, score: before.score },
            ...wish,
            category: kind,
          },
        });
        return find(tx, actor, id);
      }),

    /** My household's place on the list. Throws EntryMissing. */
    own: async (actor: Actor): Promise<{ entry: Entry; as: Actor }> => {
      const { household } = await households.own.home(actor);
      const [entry] = await db.systemRead(store.entryOf(actor.scope.organisation, household));
      if (!entry) throw new EntryMissing({});
      return { entry, as: { ...actor, scope: { ...actor.scope, subtrees: [entry.place] } } };
    },

    expireDue: (): Promise<number> =>
      db.systemTransaction(async (tx) => {
        const gone = await tx.all(store.expired(clock.now()));
        for (const { id, organisation, place } of gone)
          await audit.add(tx, systemActor('allocation.expire', organisation as OrganisationId), {
            action: 'allocation.expire',
            subject: `waiting-entry:${id}`,
            place,
          });
        return gone.length;
      }),
  };
}

export type Waiting = ReturnType<typeof createWaiting>;
