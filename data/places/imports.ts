import type { Actor } from '@keystead/contracts/access';
import { inScope } from '@keystead/contracts/access';
import { placesImported } from '@keystead/contracts/events/places';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Language } from '@keystead/kernel/i18n';
import type { Kernel } from '@keystead/kernel/module';
import type { Sheet } from '@keystead/kernel/sheet';
import type { Holdings } from './holdings.ts';
import { type NumberedRow, planImport, type Standing } from './import-plan.ts';
import { depthLimit, depthOf, type Place, PlaceBatchNotUndoable, PlaceMissing, pathUnder } from './place.ts';
import type { ImportResult, PlaceImportRow } from './schemas.ts';
import { type RowFault, readSheet, sheetText } from './sheet.ts';
import * as store from './store.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit' | 'catalogue'> & { holdings: Holdings };

export interface ImportOptions {
  /** Tells what would happen and changes nothing. */
  dryRun?: boolean;
  /** Place the paths of codes begin under; absent = the top. */
  under?: string;
}

/** New places of an import by their path of codes. */
export type Made = Map<string, { id: string; path: string }>;

const placeLimit = 1_000_000;
const header = ['path', 'kind', 'name', 'order', 'tags', 'divisionCode', 'attributes'] as const;

/** Path of codes of each node, relative to `base` ('' itself). */
function codePaths(nodes: readonly Place[], base: Place | null): Map<string, Standing> {
  const keys = new Map<string, string>();
  if (base) keys.set(base.id, '');
  const standing = new Map<string, Standing>();
  for (const node of nodes) {
    if (node.id === base?.id) continue;
    const parent = node.parent === null ? '' : keys.get(node.parent);
    // A node whose parent is out of sight begins its own path, as the actor sees it.
    const key = parent ? `${parent}/${node.code}` : node.code;
    keys.set(node.id, key);
    standing.set(key, node);
  }
  return standing;
}

/** CSV of the columns of `header`; `tags` are parted by `;`, `attributes` are a JSON object. */
export function readPlaceSheet(bytes: Uint8Array | string): { rows: NumberedRow[]; faults: RowFault[] } {
  const sheet = readSheet(sheetText(bytes), {
    required: ['path', 'kind', 'name'],
    optional: ['order', 'tags', 'divisionCode', 'attributes'],
  });
  const rows: NumberedRow[] = [];
  const faults = [...sheet.faults];
  for (const { line, cells } of sheet.rows) {
    const row: PlaceImportRow = { path: cells.path ?? '', kind: cells.kind ?? '', name: cells.name ?? '' };
    if (cells.order) {
      if (/^-?\d{1,7}$/.test(cells.order)) row.order = Number(cells.order);
      else faults.push({ line, column: 'order', code: 'integer', detail: cells.order });
    }
    if (cells.tags)
      row.tags = cells.tags
        .split(';')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '');
    if (cells.divisionCode) row.divisionCode = cells.divisionCode;
    if (cells.attributes) {
      try {
        const value: unknown = JSON.parse(cells.attributes);
        if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new SyntaxError('not an object');
        row.attributes = value as Record<string, unknown>;
      } catch (cause) {
        faults.push({
          line,
          column: 'attributes',
          code: 'not-json',
          detail: cause instanceof Error ? cause.message : '',
        });
      }
    }
    rows.push({ line, row });
  }
  return { rows, faults };
}

/** Many places at once: dry run, all or nothing, taken back in one step. */
export function createPlaceImports({ db, clock, outbox, audit, catalogue, holdings }: Deps) {
  async function baseOf(tx: Tx, actor: Actor, under: string | undefined): Promise<Place | null> {
    if (under === undefined) return null;
    return tx.one(store.placeById(actor.scope, under), () => new PlaceMissing({ id: under }));
  }

  async function runIn(
    tx: Tx,
    actor: Actor,
    rows: readonly NumberedRow[],
    early: readonly RowFault[],
    { dryRun = false, under }: ImportOptions,
  ): Promise<ImportResult & { made: Made }> {
    const { organisation } = actor.scope;
    const made: Made = new Map();
    await store.leanOnPaths(tx, organisation);
    const base = await baseOf(tx, actor, under);
    const nodes = await tx.all(store.subtree(actor.scope, base?.path ?? '', depthLimit, placeLimit));
    const standing = codePaths(nodes, base);
    const mayStandAtTop = base !== null || inScope(actor.scope, '');
    const plan = planImport(rows, standing, base && { kind: base.kind, depth: depthOf(base.path) }, mayStandAtTop);
    const errors = [...early, ...plan.faults].sort((a, b) => a.line - b.line);
    const answer = {
      batch: null,
      dryRun,
      rows: rows.length,
      created: plan.fresh.length,
      unchanged: plan.unchanged,
      errors,
    };
    if (errors.length > 0) return { ...answer, created: 0, made };
    if (dryRun || plan.fresh.length === 0) return { ...answer, made };
    const batch = newId(clock.now().getTime());
    const numbers = await store.nextNumbers(tx, plan.fresh.length);
    const known = new Map<string, { id: string; path: string }>(standing);
    if (base) known.set('', base);
    const fresh = plan.fresh.map(({ key, parentKey, kind, code, row }, at) => {
      const number = numbers[at] ?? 0;
      const parent = known.get(parentKey);
      const place = {
        number,
        id: newId<'place'>(clock.now().getTime()),
        organisation,
        parent: parent?.id ?? null,
        kind,
        code,
        name: row.name.trim(),
        path: pathUnder(parent?.path ?? '', number),
        order: row.order ?? 0,
        tags: row.tags ?? [],
        divisionCode: row.divisionCode ?? null,
        retired: false,
        attributes: row.attributes ?? {},
        geometry: null,
      };
      known.set(key, place);
      made.set(key, place);
      return place;
    });
    await store.addBatch(tx, organisation, { id: batch, at: clock.now(), by: actor.name, count: fresh.length });
    await store.insertPlaces(tx, fresh, clock.now(), batch);
    await say(tx, actor, batch, 'import', fresh.length, base?.path ?? '');
    return { ...answer, batch, made };
  }

  async function run(
    actor: Actor,
    rows: readonly NumberedRow[],
    early: readonly RowFault[],
    options: ImportOptions,
  ): Promise<ImportResult> {
    const { made: _made, ...result } = await db.transaction(actor.scope, (tx) =>
      runIn(tx, actor, rows, early, options),
    );
    return result;
  }

  async function say(tx: Tx, actor: Actor, batch: string, change: string, count: number, place: string): Promise<void> {
    const { organisation } = actor.scope;
    await outbox.add(tx, placesImported, { organisation, place }, { batch, change, count });
    await audit.add(tx, actor, {
      action: `place.${change}`,
      subject: `place-batch:${batch}`,
      place,
      detail: { count },
    });
  }

  /** Takes back the last batch that stands, as long as nothing was built on it since. */
  async function undoLast(actor: Actor): Promise<{ batch: string; removed: number }> {
    if (!inScope(actor.scope, '')) throw new PlaceBatchNotUndoable({ reason: 'scope' });
    return db.transaction(actor.scope, (tx) => undoIn(tx, actor));
  }

  /** The same in the caller's transaction; `wanted` names the batch that has to be the last one. */
  async function undoIn(tx: Tx, actor: Actor, wanted?: string): Promise<{ batch: string; removed: number }> {
    await store.changePaths(tx, actor.scope.organisation);
    const batch = await store.lastBatch(tx);
    if (!batch || (wanted !== undefined && wanted !== batch.id)) throw new PlaceBatchNotUndoable({ reason: 'none' });
    const places = await store.placesOfBatch(tx, batch.id);
    if (places.some((place) => place.foreign > 0 || place.version > 1 || place.retired))
      throw new PlaceBatchNotUndoable({ reason: 'changed' });
    const ids = new Set(places.map((place) => place.id as string));
    for (const top of places.filter((place) => place.parent === null || !ids.has(place.parent)))
      await holdings.checkFree(tx, actor.scope.organisation, top.path);
    await store.deletePlaces(tx, [...ids]);
    await store.endBatch(tx, batch.id, clock.now());
    await say(tx, actor, batch.id, 'undo-import', ids.size, '');
    return { batch: batch.id, removed: ids.size };
  }

  /** All places below a node: with the heads `import` takes back, or in the words of a language. */
  async function exportSheet(actor: Actor, under?: string, language?: Language): Promise<Sheet> {
    const base = under === undefined ? null : (await db.read(actor.scope, store.placeById(actor.scope, under)))[0];
    if (base === undefined) throw new PlaceMissing({ id: under });
    const nodes = await db.read(actor.scope, store.subtree(actor.scope, base?.path ?? '', depthLimit, placeLimit));
    const keys = new Map([...codePaths(nodes, base)].map(([key, node]) => [node.id, key]));
    const t = catalogue.in(language ?? 'zh-CN');
    return {
      name: t('place.sheet'),
      heads: language === undefined ? header : header.map((column) => t(`place.column.${column}`)),
      rows: nodes
        .filter((node) => node.id !== base?.id)
        .map((node) => [
          keys.get(node.id),
          language === undefined ? node.kind : t(`place.kind.${node.kind}`),
          node.name,
          node.order,
          node.tags.join(';'),
          node.divisionCode,
          Object.keys(node.attributes).length > 0 ? JSON.stringify(node.attributes) : '',
        ]),
    };
  }

  /** Places by their path of codes as the actor sees it (`HX/B1/301`), for sheets that name places so. */
  async function byCodes(
    tx: Tx,
    actor: Actor,
    codes: readonly string[],
  ): Promise<Map<string, { id: string; path: string }>> {
    const wanted = new Set(codes);
    const standing = codePaths(await tx.all(store.subtree(actor.scope, '', depthLimit, placeLimit)), null);
    return new Map([...standing].filter(([key]) => wanted.has(key)).map(([key, { id, path }]) => [key, { id, path }]));
  }

  return {
    byCodes,
    /** Rows as JSON; line numbers count from 1. Answers with the faults of all rows, and commits only without any. */
    importRows: (actor: Actor, rows: readonly PlaceImportRow[], options: ImportOptions = {}) => {
      if (rows.length > 20_000) throw new InputInvalid({ in: 'body' }, [{ pointer: '/rows', code: 'maxItems' }]);
      return run(
        actor,
        rows.map((row, at) => ({ line: at + 1, row })),
        [],
        options,
      );
    },
    importSheet: (actor: Actor, bytes: Uint8Array | string, options: ImportOptions = {}) => {
      const { rows, faults } = readPlaceSheet(bytes);
      return run(actor, rows, faults, options);
    },
    /**
     * Rows as part of a larger change of another module, in its transaction; `made` holds the new places by path of codes.
     * Nothing is written when there are errors.
     */
    importIn: (tx: Tx, actor: Actor, rows: readonly NumberedRow[], options: ImportOptions = {}) =>
      runIn(tx, actor, rows, [], options),
    undoLast,
    undoIn,
    exportSheet,
  };
}
