import { type Actor, inScope, may } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid, NotAllowed, problem } from '@keystead/contracts/problem';
import { disablesAutonomy, type ThingModel } from '@keystead/contracts/thing-model';
import { AutonomyProtected, ModelMissing, type ThingsService } from '@keystead/data/things';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Static, Type } from 'typebox';
import { LevelTooLow, permissionFor, ServiceUnknown } from './command.ts';
import { examine } from './examination.ts';
import { hoursErrors, type Linkage, type LinkageDraft, LinkageInput } from './linkage-rule.ts';
import type { Scenes } from './scenes.ts';
import { refuseSecrets } from './secret.ts';
import type { Sending } from './sending.ts';

export class LinkageMissing extends problem('linkage-missing', 404) {}

export const LinkageView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ...LinkageInput.properties,
  /** How often guards held it back, and when last. */
  suppressed: Type.Integer(),
  lastSuppressedAt: Type.Optional(Type.String({ format: 'date-time' })),
  version: Type.Integer(),
  changedAt: Type.String({ format: 'date-time' }),
  changedBy: Type.String(),
});

export interface LinkageRow {
  id: string;
  organisation: string;
  place: string;
  name: string;
  enabled: boolean;
  definition: Pick<Linkage, 'trigger' | 'hours' | 'action' | 'perMinute' | 'level'>;
  suppressed: number;
  last_suppressed_at: Date | null;
  version: number;
  changed_at: Date;
  changed_by: string;
}

export const linkageOf = ({ id, organisation, place, name, enabled, definition }: LinkageRow): Linkage => ({
  id,
  organisation,
  place,
  name,
  enabled,
  ...definition,
});

function view(row: LinkageRow): Static<typeof LinkageView> {
  const { level: _level, ...definition } = row.definition;
  return {
    id: row.id,
    name: row.name,
    place: row.place,
    enabled: row.enabled,
    ...definition,
    suppressed: row.suppressed,
    ...(row.last_suppressed_at === null ? {} : { lastSuppressedAt: row.last_suppressed_at.toISOString() }),
    version: row.version,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by,
  };
}

const levelHeld = (actor: Actor): 1 | 2 | 3 =>
  may(actor, 'command:send-vital') ? 3 : may(actor, 'command:send-dangerous') ? 2 : 1;

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  things: Pick<ThingsService, 'models'>;
  sending: Sending;
  scenes: Pick<Scenes, 'get'>;
}

/** Rules that give commands, as people write them; none may do what its author may not. */
export function createLinkages({ db, clock, audit, things, sending, scenes }: Deps) {
  function checkService(actor: Actor, model: ThingModel, service: string, input: unknown): void {
    if (disablesAutonomy(model, { service, values: input })) throw new AutonomyProtected({ service });
    const found = model.services.find(({ id }) => id === service);
    if (!found) throw new ServiceUnknown({ family: model.family, service });
    const needed = permissionFor(found);
    if (!may(actor, needed)) throw new LevelTooLow({ service, permission: needed });
  }

  async function check(actor: Actor, draft: LinkageDraft): Promise<void> {
    const errors = hoursErrors(draft);
    if (errors.length > 0) throw new InputInvalid({ in: 'body' }, errors);
    if (!inScope(actor.scope, draft.place)) throw new NotAllowed({ place: draft.place });
    const { trigger, action } = draft;
    if (action.kind !== 'scene') refuseSecrets(action.input, '/action/input');
    if (trigger.thing !== undefined) await sending.thingFor(actor, trigger.thing);
    if (action.kind === 'scene') await scenes.get(actor, action.scene);
    else if (action.thing !== undefined && action.carry !== undefined) {
      // Its input is whole only when the event is there; then it is held against the model like any other.
      const target = await sending.thingFor(actor, action.thing);
      checkService(actor, target.model, action.service, action.input);
    } else if (action.thing !== undefined) {
      const wish = { service: action.service, input: action.input ?? {}, reason: draft.name };
      examine(actor, await sending.thingFor(actor, action.thing), wish, clock.now());
    } else if (trigger.kind === 'event') {
      const model = await things.models.newest(actor, trigger.family);
      if (!model) throw new ModelMissing({ family: trigger.family });
      checkService(actor, model, action.service, action.input);
    }
  }

  const journal = (tx: Tx, actor: Actor, verb: string, row: LinkageRow) =>
    audit.add(tx, actor, {
      action: `linkage.${verb}`,
      subject: `linkage:${row.id}`,
      place: row.place,
      detail: { name: row.name, enabled: row.enabled, trigger: row.definition.trigger, action: row.definition.action },
    });

  const rowFor = (actor: Actor, draft: LinkageDraft, id: string, version: number): LinkageRow => {
    const { name, place, enabled, ...definition } = draft;
    return {
      id,
      organisation: actor.scope.organisation,
      place,
      name,
      enabled,
      definition: { ...definition, level: levelHeld(actor) },
      suppressed: 0,
      last_suppressed_at: null,
      version,
      changed_at: clock.now(),
      changed_by: actor.name,
    };
  };

  async function create(actor: Actor, draft: LinkageDraft) {
    await check(actor, draft);
    const row = rowFor(actor, draft, newId(), 1);
    await db.transaction(actor.scope, async (tx) => {
      await tx.run(sql`
        insert into commands.rule (id, organisation, place, name, enabled, definition, changed_at, changed_by)
        values (${row.id}, ${row.organisation}, ${row.place}, ${row.name}, ${row.enabled}, ${JSON.stringify(row.definition)},
          ${row.changed_at}, ${row.changed_by})`);
      await journal(tx, actor, 'create', row);
    });
    return view(row);
  }

  const locked = (tx: Tx, actor: Actor, id: string): Promise<LinkageRow> =>
    tx.one(
      sql<LinkageRow>`select * from commands.rule where id = ${id} and ${inSubtrees(actor.scope, 'place')} for update`,
      () => new LinkageMissing({ id }),
    );

  /** `version` is what the editor saw; throws EditConflict when it is no longer so. */
  async function update(actor: Actor, id: string, draft: LinkageDraft, version?: number) {
    await check(actor, draft);
    return db.transaction(actor.scope, async (tx) => {
      const before = await locked(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      const { suppressed, last_suppressed_at } = before;
      const row = { ...rowFor(actor, draft, id, before.version + 1), suppressed, last_suppressed_at };
      await tx.run(sql`
        update commands.rule set place = ${row.place}, name = ${row.name}, enabled = ${row.enabled},
          definition = ${JSON.stringify(row.definition)}, version = ${row.version}, changed_at = ${row.changed_at},
          changed_by = ${row.changed_by} where id = ${id}`);
      await journal(tx, actor, 'update', row);
      return view(row);
    });
  }

  async function remove(actor: Actor, id: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const before = await locked(tx, actor, id);
      await tx.run(sql`delete from commands.rule where id = ${id}`);
      await journal(tx, actor, 'delete', before);
    });
  }

  const list = async (actor: Actor) =>
    (
      await db.read(
        actor.scope,
        sql<LinkageRow>`select * from commands.rule where ${inSubtrees(actor.scope, 'place')} order by name limit 500`,
      )
    ).map(view);

  return { create, update, remove, list, check };
}

export type Linkages = ReturnType<typeof createLinkages>;
