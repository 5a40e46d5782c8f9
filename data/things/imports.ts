import type { Actor } from '@keystead/contracts/access';
import { thingsImported } from '@keystead/contracts/events/things';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import { fieldErrors } from '@keystead/contracts/thing-model';
import { type RowFault, readSheet, sheetText } from '@keystead/data/places';
import type { Tx } from '@keystead/kernel/db';
import { acceptsCredential } from './credential.ts';
import type { Credentials, Issued } from './credentials.ts';
import { addBatch } from './import-batches.ts';
import type { NumberedDraft, ThingIntake } from './intake.ts';
import { type ThingDraft, ThingDraftSchema } from './schemas.ts';
import { type ThingDeps, takingCode } from './service.ts';

export interface ThingImportOptions {
  dryRun?: boolean;
  /** Issue a token to each thing whose model takes one; the answer is the only place it stands. */
  tokens?: boolean;
}

export interface ImportedThing {
  line: number;
  code: string;
  id: string;
  number: number;
  token: string | null;
}

export interface ThingImportResult {
  batch: string | null;
  dryRun: boolean;
  rows: number;
  created: number;
  things: ImportedThing[];
  errors: RowFault[];
}

export const importLimit = 5_000;

const plain = [
  'code',
  'name',
  'family',
  'state',
  'gateway',
  'bearer',
  'protocol',
  'maker',
  'productionDate',
  'serial',
  'specification',
  'warrantyUntil',
  'contractNo',
  'equipmentClass',
  'placeId',
] as const;

const faultsOf = ({ line, draft }: NumberedDraft): RowFault[] =>
  fieldErrors(ThingDraftSchema, draft).map((error) => ({
    line,
    column: error.pointer.slice(1),
    code: error.code,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  }));

export interface SheetDraft extends NumberedDraft {
  /** Path of codes of its place, to be looked up. */
  placeCodes?: string;
}

/** CSV with the columns of a draft; `place` is a path of codes (`HX/B1/301`), `labels` a JSON object. */
export function readThingSheet(bytes: Uint8Array | string): { drafts: SheetDraft[]; faults: RowFault[] } {
  const sheet = readSheet(sheetText(bytes), {
    required: ['code', 'name', 'family'],
    optional: [...plain.slice(3), 'place', 'modelVersion', 'labels'],
  });
  const faults = [...sheet.faults];
  const drafts = sheet.rows.map(({ line, cells }): SheetDraft => {
    const draft: Record<string, unknown> = {};
    for (const column of plain) if (cells[column]) draft[column] = cells[column];
    if (cells.modelVersion) draft.modelVersion = Number(cells.modelVersion);
    if (cells.labels) {
      try {
        draft.labels = JSON.parse(cells.labels);
      } catch (cause) {
        faults.push({ line, column: 'labels', code: 'not-json', detail: cause instanceof Error ? cause.message : '' });
      }
    }
    return { line, draft: draft as ThingDraft, ...(cells.place ? { placeCodes: cells.place } : {}) };
  });
  return { drafts, faults };
}

/** Many things at once: checked as a whole, all or nothing. */
export function createThingImports(deps: ThingDeps & { intake: ThingIntake; credentials: Credentials }) {
  const { db, clock, outbox, audit, changes, places, intake, credentials } = deps;

  async function run(
    actor: Actor,
    drafts: readonly SheetDraft[],
    early: readonly RowFault[],
    { dryRun = false, tokens = false }: ThingImportOptions,
  ): Promise<ThingImportResult> {
    if (drafts.length > importLimit)
      throw new InputInvalid({ limit: importLimit }, [{ pointer: '/rows', code: 'too-long' }]);
    const answer = { batch: null, dryRun, rows: drafts.length, created: 0, things: [] };
    return takingCode(undefined, () =>
      db.transaction(actor.scope, async (tx) => {
        const errors = [...early, ...(await placeThem(tx, actor, drafts)), ...drafts.flatMap(faultsOf)];
        const faulty = new Set(errors.map((fault) => fault.line));
        const { ready, faults } = await intake.examine(
          tx,
          actor,
          drafts.filter(({ line }) => !faulty.has(line)),
        );
        errors.push(...faults);
        if (errors.length > 0) return { ...answer, errors: errors.sort((a, b) => a.line - b.line) };
        if (dryRun || ready.length === 0) return { ...answer, created: ready.length, errors };
        const { organisation } = actor.scope;
        const batch = newId(clock.now().getTime());
        const made = await intake.write(tx, actor, ready, batch);
        await addBatch(tx, organisation, { id: batch, at: clock.now(), by: actor.name, count: made.length });
        const issued = new Map<number, Issued>();
        if (tokens) {
          const taking = made.filter(
            (_thing, at) => ready[at] !== undefined && acceptsCredential(ready[at].model, 'token'),
          );
          const list = await credentials.issueTokens(tx, actor, taking);
          taking.forEach((thing, at) => {
            const one = list[at];
            if (one) issued.set(thing.number, one);
          });
        }
        await changes.announce(tx, 0, 'thing');
        await outbox.add(tx, thingsImported, { organisation, place: '' }, { batch, count: made.length });
        const detail = { count: made.length, credentials: issued.size };
        await audit.add(tx, actor, { action: 'thing.import', subject: `thing-batch:${batch}`, detail });
        const things = made.map((thing, at) => ({
          line: ready[at]?.line ?? 0,
          ...thing,
          token: issued.get(thing.number)?.value ?? null,
        }));
        return { ...answer, batch, created: made.length, things, errors };
      }),
    );
  }

  /** Looks up places named by their codes. */
  async function placeThem(tx: Tx, actor: Actor, drafts: readonly SheetDraft[]): Promise<RowFault[]> {
    const wanted = drafts.flatMap(({ placeCodes }) => placeCodes ?? []);
    if (wanted.length === 0) return [];
    const found = await places.byCodes(tx, actor, wanted);
    const faults: RowFault[] = [];
    for (const { line, draft, placeCodes } of drafts) {
      if (placeCodes === undefined) continue;
      const place = found.get(placeCodes);
      if (place) draft.placeId = place.id;
      else faults.push({ line, column: 'place', code: 'place-missing', detail: placeCodes });
    }
    return faults;
  }

  return {
    importRows: (actor: Actor, rows: readonly ThingDraft[], options: ThingImportOptions = {}) =>
      run(
        actor,
        rows.map((draft, at) => ({ line: at + 1, draft })),
        [],
        options,
      ),
    importSheet: (actor: Actor, bytes: Uint8Array | string, options: ThingImportOptions = {}) => {
      const { drafts, faults } = readThingSheet(bytes);
      return run(actor, drafts, faults, options);
    },
  };
}
