import type { Actor } from '@keystead/contracts/access';
import { houseChanged } from '@keystead/contracts/events/stock';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { Place, PlaceDraft, PlacesService } from '@keystead/data/places';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { completenessOf, type Dossier, dossierFaults, type Group, groups, merged } from './dossier.ts';
import { advance, type HouseState, type HouseStep, HouseStepRefused, isEmpty, type StepFacts } from './house-state.ts';
import { DossierExists, HouseMissing, NotAHouse } from './problems.ts';
import { factsOf, type HouseRow, type PlaceFacts } from './row.ts';
import * as store from './store.ts';

export interface StockParts extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> {
  places: Pick<PlacesService, 'createIn' | 'updateIn' | 'get'>;
}

/** How a house begins its file. `since` may lie in the past: what is taken over was so before we knew of it. */
export interface Opening {
  dossier: Dossier;
  state: 'undelivered' | 'vacant' | 'maintenance' | 'disabled';
  since?: Date | undefined;
  reason?: string | undefined;
}

export interface DossierChange extends Readonly<Partial<Record<Group, Readonly<Record<string, unknown>>>>> {
  /** Fields the place keeps: name, tags and, entry by entry, its attributes. */
  readonly place?: { name?: string; tags?: string[]; attributes?: Record<string, unknown> };
}

/** Since when a house stands empty after a step; a reservation that comes to nothing does not begin the count anew. */
function vacantSinceAfter(row: Pick<HouseRow, 'vacantSince'>, to: HouseState, at: Date): Date | null {
  if (isEmpty(to)) return row.vacantSince ?? at;
  return to === 'reserved' || to === 'pending-move-in' ? row.vacantSince : null;
}

/** The file of a house and its states: the only two ways they come about. */
export function createStockWork({ db, clock, outbox, audit, places }: StockParts) {
  async function tell(
    tx: Tx,
    actor: Actor,
    row: Pick<HouseRow, 'id' | 'organisation' | 'place'>,
    step: string,
    change: { from: string; to: string; repairing: boolean; lease?: string | null },
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    const { from, to, repairing, lease } = change;
    await outbox.add(tx, houseChanged, row, { id: row.id, step, from, to, repairing, ...(lease ? { lease } : {}) });
    await audit.add(tx, actor, {
      action: `house.${step}`,
      subject: `house:${row.id}`,
      place: row.place,
      detail: { from, to, ...detail },
    });
  }

  /** Begins the file of a place of kind house, in the caller's transaction. Throws NotAHouse, DossierExists, InputInvalid. */
  async function openIn(tx: Tx, actor: Actor, place: Place, opening: Opening): Promise<void> {
    if (place.kind !== 'house') throw new NotAHouse({ id: place.id, kind: place.kind });
    const at = clock.now();
    const since = opening.since ?? at;
    const faults = dossierFaults(opening.dossier, place.attributes);
    if (since > at) faults.push({ pointer: '/since', code: 'in-the-future' });
    if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
    if (await tx.maybe(sql<{ id: string }>`select id from stock.house where id = ${place.id}`))
      throw new DossierExists({ id: place.id });
    const { score, missing } = completenessOf(opening.dossier, place.attributes);
    const { state } = opening;
    const fresh = {
      id: place.id,
      organisation: place.organisation,
      place: place.path,
      state,
      since,
      vacantSince: isEmpty(state) ? since : null,
      repairing: state === 'maintenance',
      dossier: opening.dossier,
      completeness: score,
      missing,
      facts: factsOf(place),
    };
    await store.insertHouses(tx, [fresh], { at, by: actor, reason: opening.reason ?? null, batch: null });
    await tell(tx, actor, fresh, 'open', { from: '', to: state, repairing: fresh.repairing }, { since, score });
  }

  /**
   * Takes one step of a house in the caller's transaction; the row stays locked until it ends, so that of two who want one
   * house the second is refused. Throws HouseMissing, HouseStepRefused, HouseStepUnfounded, EditConflict.
   */
  async function stepIn(
    tx: Tx,
    actor: Actor,
    id: string,
    step: HouseStep,
    facts: StepFacts = {},
    version?: number,
  ): Promise<{ from: HouseState; to: HouseState }> {
    const row = await store.lockHouse(tx, actor.scope, id);
    if (version !== undefined && version !== row.version) throw new EditConflict({ version: row.version });
    // A lease other than the one the house is promised to has no say, unless it follows it.
    if (step !== 'follow' && facts.lease !== undefined && row.lease !== null && facts.lease !== row.lease)
      throw new HouseStepRefused({ state: row.state, step, lease: row.lease, possible: [] });
    const at = clock.now();
    const { to, repairing } = advance(row, step, facts);
    const keepsLease = ['pending-move-in', 'occupied', 'moving-out'].includes(to);
    const lease = keepsLease ? (facts.lease ?? row.lease) : null;
    await store.saveStep(
      tx,
      row,
      {
        at,
        step,
        from: row.state,
        to,
        repairing,
        actor: actor.id,
        actorName: actor.name,
        reason: facts.reason ?? null,
        lease: facts.lease ?? row.lease,
        handover: facts.handover ?? null,
      },
      {
        since: to === row.state ? row.since : at,
        vacantSince: vacantSinceAfter(row, to, at),
        reservedUntil: to === 'reserved' ? (facts.until ?? null) : null,
        lease,
      },
    );
    await tell(tx, actor, row, step, { from: row.state, to, repairing, lease: facts.lease ?? row.lease }, { ...facts });
    return { from: row.state, to };
  }

  /** Changes groups of the dossier and what the place knows; each change is a version that stays readable (H-9.1.1-a-1). */
  async function changeIn(tx: Tx, actor: Actor, id: string, change: DossierChange, version?: number): Promise<void> {
    const row = await store.lockHouse(tx, actor.scope, id);
    if (version !== undefined && version !== row.version) throw new EditConflict({ version: row.version });
    const { place, ...own } = change;
    const facts: PlaceFacts = { ...factsOf(row) };
    if (place) {
      const laid = Object.entries({ ...row.attributes, ...place.attributes }).filter(([, value]) => value !== null);
      Object.assign(facts, place, { attributes: Object.fromEntries(laid) });
      await places.updateIn(tx, actor, id, facts);
    }
    const { attributes } = facts;
    const dossier = merged(row.dossier, own);
    const faults = dossierFaults(dossier, attributes);
    if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
    const changed = [...groups.filter((group) => own[group] !== undefined), ...(place ? ['place'] : [])];
    const { score, missing } = completenessOf(dossier, attributes);
    const save = { ...row, dossier, completeness: score, missing, groups: changed, facts };
    await store.saveDossiers(tx, [save], { at: clock.now(), who: actor, batch: null });
    const still = { from: row.state, to: row.state, repairing: row.repairing };
    await tell(tx, actor, row, 'dossier', still, { groups: changed, place: Object.keys(place ?? {}), score });
  }

  return {
    openIn,
    stepIn,
    /** How a house stands, locked until the transaction ends; undefined for a place without a file. */
    standingIn: async (tx: Tx, actor: Actor, id: string) => store.standingOf(tx, actor.scope, id),
    changeIn,

    /** A new house: its place and its file in one step. */
    create: (actor: Actor, draft: Omit<PlaceDraft, 'kind'>, opening: Opening): Promise<Place> =>
      db.transaction(actor.scope, async (tx) => {
        const place = await places.createIn(tx, actor, { ...draft, kind: 'house' });
        await openIn(tx, actor, place, opening);
        return place;
      }),

    /** The file of a house whose place is there already. */
    open: async (actor: Actor, placeId: string, opening: Opening): Promise<void> => {
      const place = await places.get(actor, placeId);
      await db.transaction(actor.scope, (tx) => openIn(tx, actor, place, opening));
    },

    step: (actor: Actor, id: string, step: HouseStep, facts: StepFacts, version?: number) =>
      db.transaction(actor.scope, (tx) => stepIn(tx, actor, id, step, facts, version)),

    change: (actor: Actor, id: string, change: DossierChange, version?: number) =>
      db.transaction(actor.scope, (tx) => changeIn(tx, actor, id, change, version)),

    /** Takes a file out that was begun by mistake; one of a house that was ever let stays. The place stays too. */
    discard: (actor: Actor, id: string, version?: number) =>
      db.transaction(actor.scope, async (tx) => {
        const row = await store.lockHouse(tx, actor.scope, id);
        if (version !== undefined && version !== row.version) throw new EditConflict({ version: row.version });
        const free = ['undelivered', 'vacant', 'disabled'].includes(row.state);
        if (!free || (await store.wasLet(tx, id)))
          throw new HouseStepRefused({ state: row.state, step: 'discard', possible: [] });
        await store.deleteHouses(tx, [id]);
        await tell(tx, actor, row, 'discard', { from: row.state, to: '', repairing: row.repairing });
      }),

    /** The place was changed elsewhere: what is complete may have changed with it. */
    recount: async (tx: Tx, actor: Actor, id: string): Promise<void> => {
      try {
        const row = await store.lockHouse(tx, actor.scope, id);
        const { score, missing } = completenessOf(row.dossier, row.attributes);
        if (score === row.completeness && missing.join() === row.missing.join()) return;
        const save = { ...row, completeness: score, missing, groups: [], facts: factsOf(row) };
        await store.saveDossiers(tx, [save], { at: clock.now(), who: actor, batch: null });
      } catch (cause) {
        if (!(cause instanceof HouseMissing)) throw cause; // a place without a file here
      }
    },
  };
}

export type StockWork = ReturnType<typeof createStockWork>;
