import type { HouseholdBrief } from '@keystead/apps/housing/stock';
import { type Actor, may } from '@keystead/contracts/access';
import { householdChanged } from '@keystead/contracts/events/households';
import type { Member, PartiesService, PartyView } from '@keystead/data/parties';
import type { RecordsService } from '@keystead/data/records';
import type { Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { counts, type HouseholdFile, HouseholdMissing, type Mark, type Opening } from './household.ts';
import * as store from './store.ts';

/** One row of a part of a dossier that another module keeps: a lease, a bill, a request. */
export interface DossierEntry {
  readonly id: string;
  readonly title: string;
  /** A word of the module that keeps it, such as the kind of a review. */
  readonly kind?: string;
  readonly state: string;
  readonly at: Date;
  /** Amount in fen, where it has one. */
  readonly fen?: number;
}

/** What another module keeps about a household, newest first and at most `limit`, within the actor's scope. */
export type Contributor = (actor: Actor, household: string, limit: number) => Promise<readonly DossierEntry[]>;

export interface Dossier {
  readonly file: HouseholdFile;
  readonly party: PartyView;
  readonly members: readonly (Member & { fields: PartyView['fields'] })[];
  readonly documents: readonly { id: string; name: string; size: number; createdAt: Date }[];
  /** Empty for everybody who does not care for people. */
  readonly marks: readonly Mark[];
  readonly parts: Readonly<Record<string, readonly DossierEntry[]>>;
}

const partLimit = 50;

export interface HouseholdParts extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> {
  readonly parties: PartiesService;
  readonly records: RecordsService;
  readonly today: () => string;
}

/** Household dossiers 一户一档: opened once, put together when looked at, so that they are never out of date. */
export function createDossiers({ db, clock, outbox, audit, parties, records, today }: HouseholdParts) {
  const contributors = new Map<string, Contributor>();

  const find = (tx: Tx, actor: Actor, household: string): Promise<HouseholdFile> =>
    tx.one(store.fileOf(actor.scope, household), () => new HouseholdMissing({ id: household }));

  async function tell(
    tx: Tx,
    file: Pick<HouseholdFile, 'organisation' | 'place' | 'household'>,
    change: string,
  ): Promise<void> {
    await outbox.add(tx, householdChanged, file, { id: file.household, change });
  }

  /** Opens the file of a household; one that is open stays. Throws PartyMissing, PartyAtRest, HouseholdMissing (no household). */
  async function openIn(tx: Tx, actor: Actor, household: string, by: Opening): Promise<HouseholdFile> {
    const party = await parties.active(tx, actor, household);
    if (party.kind !== 'household') throw new HouseholdMissing({ id: household, kind: party.kind });
    const { organisation, place } = party;
    const made = await store.addFile(tx, { household, organisation, place }, by, clock.now());
    if (made === 1) {
      await audit.add(tx, actor, {
        action: 'household.open',
        subject: `household:${household}`,
        place,
        detail: { by },
      });
      await tell(tx, { organisation, place, household }, 'open');
    }
    return find(tx, actor, household);
  }

  /** The household moves to a place: its file, members and what belongs to them come along. */
  async function placeAt(tx: Tx, actor: Actor, household: string, place: string): Promise<void> {
    await parties.placeAt(tx, actor, household, place);
    await store.placeRows(tx, household, place);
  }

  async function documentsOf(actor: Actor, household: string) {
    const { items } = await records.list(actor, { subject: `household:${household}`, limit: 100 });
    return items.map(({ id, name, size, createdAt }) => ({ id, name, size, createdAt }));
  }

  async function dossier(actor: Actor, household: string): Promise<Dossier> {
    const known = await db.transaction(actor.scope, async (tx) => {
      const file = await find(tx, actor, household);
      const members = await parties.membersIn(tx, household, true);
      const views = await parties.getMany(tx, actor, [household, ...members.map(({ person }) => person)]);
      const cares = may(actor, 'care:read');
      return { file, members, views, marks: cares ? await tx.all(store.marksOf(household)) : [] };
    });
    const party = known.views.find(({ id }) => id === household);
    if (!party) throw new HouseholdMissing({ id: household });
    const fieldsOf = (id: string) => known.views.find((view) => view.id === id)?.fields ?? [];
    const parts: Record<string, readonly DossierEntry[]> = {};
    for (const [name, contribute] of contributors) parts[name] = await contribute(actor, household, partLimit);
    return {
      file: known.file,
      party,
      members: known.members.map((member) => ({ ...member, fields: fieldsOf(member.person) })),
      documents: await documentsOf(actor, household),
      marks: known.marks.filter((mark) => counts(mark, today())),
      parts,
    };
  }

  return {
    openIn,
    placeAt,
    find,
    tell,
    dossier,
    /** Who lives in a house, as its file shows it; nothing to those who may not read households. */
    brief: async (actor: Actor, household: string): Promise<HouseholdBrief | undefined> => {
      if (!may(actor, 'household:read')) return undefined;
      return db.transaction(actor.scope, async (tx) => {
        const [party] = await parties.getMany(tx, actor, [household]);
        if (party?.kind !== 'household') return undefined;
        return { id: party.id, name: party.name, members: (await parties.membersIn(tx, household)).length };
      });
    },
    open: (actor: Actor, household: string, by: Opening) =>
      db.transaction(actor.scope, (tx) => openIn(tx, actor, household, by)),
    /** Adds a part to every dossier: leases, bills, requests. */
    contribute: (name: string, contributor: Contributor): void => void contributors.set(name, contributor),

    tag: (actor: Actor, household: string, tags: readonly string[]): Promise<HouseholdFile> =>
      db.transaction(actor.scope, async (tx) => {
        const file = await tx.one(
          store.lockFile(actor.scope, household),
          () => new HouseholdMissing({ id: household }),
        );
        await store.saveFile(tx, household, [...new Set(tags)].sort(), file.place);
        await audit.add(tx, actor, {
          action: 'household.tag',
          subject: `household:${household}`,
          place: file.place,
          detail: { from: file.tags, to: tags },
        });
        await tell(tx, file, 'tags');
        return find(tx, actor, household);
      }),

    list: (actor: Actor, asked: { text?: string; tag?: string; limit: number; cursor?: string }) =>
      db.transaction(actor.scope, async (tx) => {
        const { text, tag, limit, cursor } = asked;
        const named = text ? await parties.list(actor, { kind: 'household', text, limit: 200 }) : undefined;
        const rows = await tx.all(
          store.files(actor.scope, {
            ...(named ? { ids: named.items.map(({ id }) => id) } : {}),
            ...(tag ? { tag } : {}),
            ...(cursor ? { after: readCursor(cursor) } : {}),
            limit: limit + 1,
          }),
        );
        const shown = rows.slice(0, limit);
        const views = await parties.getMany(
          tx,
          actor,
          shown.map(({ household }) => household),
        );
        const last = shown.at(-1);
        return {
          items: shown.flatMap((file) => {
            const party = views.find(({ id }) => id === file.household);
            return party ? [{ file, party }] : [];
          }),
          next: rows.length > limit && last ? writeCursor(last.openedAt, last.household) : null,
        };
      }),
  };
}

export type Dossiers = ReturnType<typeof createDossiers>;
