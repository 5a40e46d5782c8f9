import type { Actor } from '@keystead/contracts/access';
import { inScope } from '@keystead/contracts/access';
import { housesImported } from '@keystead/contracts/events/stock';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { PlacesService, RowFault } from '@keystead/data/places';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { completenessOf, groups } from './dossier.ts';
import { isEmpty } from './house-state.ts';
import { asSheetFault, dayStart, pathsAbove, planPlaces, sameFile } from './import-plan.ts';
import { StockBatchMissing, StockBatchNotUndoable } from './problems.ts';
import { type HouseRow, ownColumns, type PlaceFacts, type PlaceSide, placeColumns } from './row.ts';
import { type HouseSheetRow, readHouseSheet, startable } from './sheet-rows.ts';
import * as store from './store.ts';

export interface ImportParts extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit'> {
  places: Pick<PlacesService, 'importIn' | 'undoIn' | 'updateIn' | 'byCodes'>;
}

export interface StockImport {
  /** Id of what was committed, to be undone by; null when nothing was. */
  batch: string | null;
  dryRun: boolean;
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  errors: RowFault[];
}

/** A house of the tree that stands already, with its file when it has one. */
type Known = PlaceSide & { id: string; organisation: string; place: string; kind: string } & (
    | ({ filed: true } & Omit<HouseRow, keyof PlaceSide>)
    | { filed: false }
  );

/** Many files at once: dry run, all or nothing, the same sheet twice changes nothing, a batch is taken back as a whole. */
export function createImports({ db, clock, outbox, audit, places }: ImportParts) {
  /** Houses that stand already, by their path of codes. */
  async function standing(tx: Tx, actor: Actor, rows: readonly HouseSheetRow[], faults: RowFault[]) {
    const found = await places.byCodes(
      tx,
      actor,
      rows.flatMap((row) => [row.path, ...pathsAbove(row)]),
    );
    const own = new Set(rows.map(({ path }) => path));
    const ids = [...found].filter(([path]) => own.has(path)).map(([, { id }]) => id);
    // Two plain reads and a join here: before its statistics are known the database joins ten thousand rows one by one.
    const kept = await tx.all(sql<Omit<HouseRow, keyof PlaceSide>>`
      select ${ownColumns} from stock.house h where h.id = any(${ids}) order by h.id for update`);
    const stands = await tx.all(sql<PlaceSide & { id: string; organisation: string; place: string; kind: string }>`
      select p.id, p.organisation, p.path as place, p.kind, ${placeColumns} from places_pub.place p where p.id = any(${ids})`);
    const files = new Map(kept.map((row) => [row.id, row]));
    const byId = new Map<string, Known>(
      stands.map((place) => {
        const file = files.get(place.id);
        return [place.id, file ? { ...place, ...file, filed: true } : { ...place, filed: false }];
      }),
    );
    const houseOf = new Map<string, Known>();
    for (const { path, line } of rows) {
      const known = byId.get(found.get(path)?.id ?? '');
      if (!known) continue;
      if (known.kind !== 'house') faults.push({ line, column: 'code', code: 'not-a-house', detail: path });
      houseOf.set(path, known);
    }
    return { known: houseOf, there: new Set(found.keys()) };
  }

  const factsAfter = (row: HouseSheetRow, before?: PlaceFacts): PlaceFacts => ({
    name: row.name,
    tags: row.tags ?? before?.tags ?? [],
    attributes: { ...before?.attributes, ...row.attributes },
  });

  async function write(
    tx: Tx,
    actor: Actor,
    rows: readonly HouseSheetRow[],
    known: Map<string, Known>,
    made: Map<string, { id: string; path: string }>,
    batch: string,
  ) {
    const at = clock.now();
    const fresh: store.FreshHouse[] = [];
    const changed: store.DossierSave[] = [];
    let unchanged = 0;
    for (const row of rows) {
      const before = known.get(row.path);
      const facts = factsAfter(row, before);
      if (before?.filed) {
        const dossier = Object.fromEntries(
          groups.map((group) => [group, { ...before.dossier[group], ...row.dossier[group] }]),
        );
        const touched = groups.filter((group) => !sameFile(before.dossier[group] ?? {}, dossier[group]));
        const moved = !sameFile({ name: before.name, tags: before.tags, attributes: before.attributes }, facts);
        if (touched.length === 0 && !moved) {
          unchanged += 1;
          continue;
        }
        if (moved) await places.updateIn(tx, actor, before.id, facts);
        const { score, missing } = completenessOf(dossier, facts.attributes);
        const marks = [...touched, ...(moved ? ['place'] : [])];
        changed.push({ ...before, dossier, completeness: score, missing, groups: marks, facts });
        continue;
      }
      const place = made.get(row.path) ?? (before && { id: before.id, path: before.place });
      if (!place) continue;
      if (before && !sameFile({ name: before.name, tags: before.tags, attributes: before.attributes }, facts))
        await places.updateIn(tx, actor, before.id, facts);
      const { score, missing } = completenessOf(row.dossier, facts.attributes);
      const since = row.since === undefined ? at : dayStart(row.since);
      fresh.push({
        id: place.id,
        organisation: actor.scope.organisation,
        place: place.path,
        state: row.state,
        since,
        vacantSince: isEmpty(row.state) ? since : null,
        repairing: row.state === 'maintenance',
        dossier: row.dossier,
        completeness: score,
        missing,
        facts,
      });
    }
    if (fresh.length > 0) await store.insertHouses(tx, fresh, { at, by: actor, reason: 'import', batch });
    if (changed.length > 0) await store.saveDossiers(tx, changed, { at, who: actor, batch });
    return { created: fresh.length, changed: changed.length, unchanged };
  }

  async function say(tx: Tx, actor: Actor, batch: string, change: string, count: number): Promise<void> {
    const { organisation } = actor.scope;
    await outbox.add(tx, housesImported, { organisation, place: '' }, { batch, change, count });
    await audit.add(tx, actor, {
      action: `house.${change}`,
      subject: `house-batch:${batch}`,
      place: '',
      detail: { count },
    });
  }

  const importSheet = (
    actor: Actor,
    bytes: Uint8Array,
    { dryRun = false }: { dryRun?: boolean } = {},
  ): Promise<StockImport> =>
    db.transaction(actor.scope, async (tx) => {
      const { rows, faults } = readHouseSheet(bytes);
      const answer = { batch: null, dryRun, rows: rows.length, created: 0, changed: 0, unchanged: 0, errors: faults };
      const now = clock.now();
      for (const { line, since } of rows)
        if (since !== undefined && dayStart(since) > now) faults.push({ line, column: 'since', code: 'in-the-future' });
      const { known, there } = await standing(tx, actor, rows, faults);
      for (const { line, path, state } of rows)
        if (!known.get(path)?.filed && !startable(state))
          faults.push({ line, column: 'state', code: 'state-not-by-sheet', detail: state });
      const plan = planPlaces(rows, there);
      // Also with faults of our own: who corrects a sheet wants to see all of them at once.
      const hung = await places.importIn(tx, actor, plan, { dryRun: dryRun || faults.length > 0 });
      faults.push(...hung.errors.map(asSheetFault));
      faults.sort((a, b) => a.line - b.line);
      if (faults.length > 0) return answer;
      if (dryRun) {
        const fresh = rows.filter(({ path }) => !known.get(path)?.filed);
        const same = rows.filter((row) => {
          const before = known.get(row.path);
          return before?.filed && unchangedBy(row, before);
        });
        return {
          ...answer,
          created: fresh.length,
          unchanged: same.length,
          changed: rows.length - fresh.length - same.length,
        };
      }
      const batch = newId(now.getTime());
      const done = await write(tx, actor, rows, known, hung.made, batch);
      const count = done.created + done.changed;
      if (count === 0) return { ...answer, ...done };
      await tx.run(sql`
        insert into stock.import_batch (id, organisation, at, by, count, place_batch)
        values (${batch}, ${actor.scope.organisation}, ${now}, ${actor.name}, ${count}, ${hung.batch})`);
      await say(tx, actor, batch, 'import', count);
      return { ...answer, ...done, batch };
    });

  const unchangedBy = (row: HouseSheetRow, before: Extract<Known, { filed: true }>): boolean =>
    groups.every((group) =>
      sameFile(before.dossier[group] ?? {}, { ...before.dossier[group], ...row.dossier[group] }),
    ) && sameFile({ name: before.name, tags: before.tags, attributes: before.attributes }, factsAfter(row, before));

  /** Takes a batch back: new houses go, changed files get their former version. Throws StockBatchNotUndoable when one moved on since, NotAllowed below the organisation. */
  const undo = (actor: Actor, id: string): Promise<{ batch: string; removed: number; restored: number }> => {
    if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
    return db.transaction(actor.scope, async (tx) => {
      const batch = await tx.one(
        sql<{ placeBatch: string | null; undoneAt: Date | null }>`
          select place_batch as "placeBatch", undone_at as "undoneAt" from stock.import_batch where id = ${id} for update`,
        () => new StockBatchMissing({ id }),
      );
      if (batch.undoneAt) throw new StockBatchNotUndoable({ id, reason: 'undone' });
      const mine = await tx.all(sql<{ id: string; version: number }>`
        select id, version from stock.house where batch = ${id} for update`);
      const [later] = await tx.all(sql<{ count: number }>`
        select count(*)::int as count from stock.edition e where e.batch = ${id}
          and exists (select from stock.edition l where l.house = e.house and l.number > e.number)`);
      const [steps] = await tx.all(sql<{ count: number }>`
        select count(*)::int as count from stock.status s join stock.house h on h.id = s.house where h.batch = ${id} and s.number > 1`);
      if ((later?.count ?? 0) > 0 || (steps?.count ?? 0) > 0)
        throw new StockBatchNotUndoable({ id, reason: 'changed' });
      const restored = await restore(tx, actor, id);
      await store.deleteHouses(
        tx,
        mine.map((house) => house.id),
      );
      if (batch.placeBatch) await places.undoIn(tx, actor, batch.placeBatch);
      await tx.run(sql`update stock.import_batch set undone_at = ${clock.now()} where id = ${id}`);
      await say(tx, actor, id, 'undo-import', mine.length + restored);
      return { batch: id, removed: mine.length, restored };
    });
  };

  /** Files the batch changed get the version before it, as a new one: history is never taken away. */
  async function restore(tx: Tx, actor: Actor, batch: string): Promise<number> {
    const marks = await tx.all(sql<{ house: string; number: number; groups: string[] }>`
      select house, number, groups from stock.edition where batch = ${batch} and number > 1`);
    const saves: store.DossierSave[] = [];
    for (const { house, number, groups: touched } of marks) {
      const row = await store.lockHouse(tx, actor.scope, house);
      const former = await tx.maybe(store.editionBefore(house, number));
      if (!former) continue;
      if (touched.includes('place')) await places.updateIn(tx, actor, house, former.facts);
      const { score, missing } = completenessOf(former.dossier, former.facts.attributes);
      const { dossier, facts } = former;
      saves.push({ ...row, dossier, completeness: score, missing, groups: touched, facts });
    }
    if (saves.length > 0) await store.saveDossiers(tx, saves, { at: clock.now(), who: actor, batch: null });
    return saves.length;
  }

  return { importSheet, undo };
}

export type StockImports = ReturnType<typeof createImports>;
