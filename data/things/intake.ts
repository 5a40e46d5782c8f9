import { type Actor, inScope } from '@keystead/contracts/access';
import { registrationGaps } from '@keystead/contracts/device-contract';
import { newId } from '@keystead/contracts/ids';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { RowFault } from '@keystead/data/places';
import type { Clock } from '@keystead/kernel/base';
import type { Tx } from '@keystead/kernel/db';
import type { Models } from './models.ts';
import type { ThingDraft } from './schemas.ts';
import * as store from './store.ts';
import { isGateway } from './thing.ts';

export interface NumberedDraft {
  line: number;
  draft: ThingDraft;
}

/** A draft that holds, with everything it names looked up. */
interface Ready {
  line: number;
  draft: ThingDraft;
  model: ThingModel;
  place: string;
}

export interface Intake {
  ready: Ready[];
  faults: RowFault[];
}

type PathsOf = (tx: Tx, organisation: string, ids: readonly string[]) => Promise<Map<string, string>>;

/**
 * Holds many drafts against the registry, the models, the tree of places and each other. Codes of faults:
 * `duplicate-row`, `thing-code-taken`, `model-missing`, `place-missing`, `place-out-of-reach`, `gateway-missing`,
 * `contract-short` (the model of a key device promises too small a cache, H-6.1-2).
 */
export function createIntake({ models, pathsOf, clock }: { models: Models; pathsOf: PathsOf; clock: Clock }) {
  async function modelsOf(
    tx: Tx,
    organisation: string,
    drafts: readonly NumberedDraft[],
  ): Promise<Map<string, ThingModel>> {
    const found = new Map<string, ThingModel>();
    for (const { draft } of drafts) {
      const key = `${draft.family} ${draft.modelVersion ?? ''}`;
      if (found.has(key)) continue;
      const model = await models.pick(tx, organisation, draft.family, draft.modelVersion).catch(() => undefined);
      if (model) found.set(key, model);
    }
    return found;
  }

  async function examine(tx: Tx, actor: Actor, drafts: readonly NumberedDraft[]): Promise<Intake> {
    const { organisation } = actor.scope;
    const codes = drafts.map(({ draft }) => draft.code);
    const gatewayCodes = [...new Set(drafts.flatMap(({ draft }) => draft.gateway ?? []))];
    const placeIds = [...new Set(drafts.flatMap(({ draft }) => draft.placeId ?? []))];
    const taken = new Set((await tx.all(store.takenCodes(organisation, codes))).map((row) => row.code));
    const paths = placeIds.length > 0 ? await pathsOf(tx, organisation, placeIds) : new Map<string, string>();
    const found = await modelsOf(tx, organisation, drafts);
    const standing = gatewayCodes.length > 0 ? await tx.all(store.thingsByCode(actor.scope, gatewayCodes)) : [];
    const gateways = new Set<string>();
    for (const thing of standing)
      if (isGateway(await models.of(organisation, thing.family, thing.modelVersion))) gateways.add(thing.code);
    const modelOf = (draft: ThingDraft) => found.get(`${draft.family} ${draft.modelVersion ?? ''}`);
    for (const { draft } of drafts) {
      const model = modelOf(draft);
      if (model && isGateway(model)) gateways.add(draft.code);
    }
    const seen = new Set<string>();
    const intake: Intake = { ready: [], faults: [] };
    for (const { line, draft } of drafts) {
      const model = modelOf(draft);
      const place = draft.placeId ? paths.get(draft.placeId) : '';
      const before = intake.faults.length;
      const fault = (column: string, code: string, detail: string) =>
        intake.faults.push({ line, column, code, detail });
      if (seen.has(draft.code)) fault('code', 'duplicate-row', draft.code);
      else if (taken.has(draft.code)) fault('code', 'thing-code-taken', draft.code);
      seen.add(draft.code);
      if (!model) fault('family', 'model-missing', `${draft.family} ${draft.modelVersion ?? ''}`.trim());
      for (const { clause, subject, detail } of model ? registrationGaps(model) : [])
        fault('family', 'contract-short', `${clause} ${subject} ${detail ?? ''}`.trim());
      if (place === undefined) fault('placeId', 'place-missing', draft.placeId ?? '');
      else if (!inScope(actor.scope, place)) fault('placeId', 'place-out-of-reach', '');
      if (draft.gateway !== undefined && (!gateways.has(draft.gateway) || draft.gateway === draft.code))
        fault('gateway', 'gateway-missing', draft.gateway);
      if (intake.faults.length === before && model && place !== undefined)
        intake.ready.push({ line, draft, model, place });
    }
    return intake;
  }

  /** Writes what `examine` found good, in a handful of statements. In the order of `ready`. */
  async function write(tx: Tx, actor: Actor, ready: readonly Ready[], batch: string | null): Promise<store.Numbered[]> {
    const { organisation } = actor.scope;
    const now = clock.now();
    const rows = ready.map(
      ({ draft, model, place }): store.NewThing => ({
        id: newId<'thing'>(now.getTime()),
        organisation,
        place,
        placeId: draft.placeId ?? null,
        code: draft.code,
        name: draft.name,
        family: model.family,
        modelVersion: model.version,
        state: draft.state ?? 'planned',
        whitelist: 'admitted',
        bearer: draft.bearer ?? null,
        protocol: draft.protocol ?? null,
        maker: draft.maker ?? null,
        productionDate: draft.productionDate ?? null,
        serial: draft.serial ?? null,
        specification: draft.specification ?? null,
        warrantyUntil: draft.warrantyUntil ?? null,
        contractNo: draft.contractNo ?? null,
        equipmentClass: draft.equipmentClass ?? null,
        labels: draft.labels ?? {},
      }),
    );
    const byCode = new Map((await store.insertThings(tx, rows, batch, now)).map((made) => [made.code, made]));
    const steps = rows.map((row) => ({
      id: newId(now.getTime()),
      thing: byCode.get(row.code)?.number ?? 0,
      from: '',
      to: row.state,
      evidence: {},
    }));
    await store.insertSteps(tx, steps, organisation, actor.name, now);
    const wanted = [...new Set(ready.flatMap(({ draft }) => draft.gateway ?? []))].filter((code) => !byCode.has(code));
    for (const thing of wanted.length > 0 ? await tx.all(store.thingsByCode(actor.scope, wanted)) : [])
      byCode.set(thing.code, thing);
    const pairs = ready.flatMap(({ draft }) => {
      const [source, target] = [byCode.get(draft.gateway ?? ''), byCode.get(draft.code)];
      return source && target ? [{ source: source.number, target: target.number }] : [];
    });
    if (pairs.length > 0) await store.insertContains(tx, organisation, pairs, now);
    return rows.flatMap((row) => byCode.get(row.code) ?? []);
  }

  return { examine, write };
}

export type ThingIntake = ReturnType<typeof createIntake>;
