import type { Actor } from '@keystead/contracts/access';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { RecordsService } from '@keystead/data/records';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { allLines, type CheckItem, type CheckState, checkGap, checkItems } from './check-item.ts';
import { CameraMissing, CameraNameTaken } from './problems.ts';
import * as store from './store.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'audit'> & { records: Pick<RecordsService, 'get'> };

export interface CameraEntry {
  stream: string;
  perimeter: boolean;
  /** 20-digit number under which the upper platform sees it; null = it does not. */
  upward: string | null;
}

function readCursor(text: string | undefined): { code: string; id: string } | undefined {
  if (text === undefined) return undefined;
  const [code, id] = Buffer.from(text, 'base64url').toString('utf8').split('\n');
  if (code === undefined || id === undefined || !/^[0-9a-f-]{36}$/.test(id))
    throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/cursor', code: 'cursor' }]);
  return { code, id };
}

const constraintOf = (cause: unknown): string =>
  cause instanceof Error && 'constraint' in cause ? String(cause.constraint) : '';

/** The register of cameras: a camera is a thing; here stands what only video asks of it. */
export function createCameras({ db, clock, audit, records }: Deps) {
  async function get(actor: Actor, id: string): Promise<store.CameraLine> {
    const [line] = await db.read(actor.scope, store.cameraById(actor.scope, id));
    if (!line) throw new CameraMissing({ id });
    return line;
  }

  const found = (tx: Tx, actor: Actor, id: string) =>
    tx.one(store.cameraById(actor.scope, id), () => new CameraMissing({ id }));

  return {
    get,

    list: async (actor: Actor, filter: Omit<store.CameraFilter, 'after'> & { cursor?: string }) => {
      const { cursor, limit, ...rest } = filter;
      const after = readCursor(cursor);
      const query = { ...rest, limit: limit + 1, ...(after ? { after } : {}) };
      const lines = await db.read(actor.scope, store.camerasInView(actor.scope, query));
      const items = lines.slice(0, limit);
      const last = items.at(-1);
      const next =
        lines.length > limit && last ? Buffer.from(`${last.code}\n${last.id}`).toString('base64url') : undefined;
      return { items, ...(next === undefined ? {} : { next }) };
    },

    /** Tells how the media server calls a camera. Throws CameraMissing, CameraNameTaken, EditConflict. */
    enter: (actor: Actor, id: string, expected: number | undefined, { stream, perimeter, upward }: CameraEntry) =>
      db.transaction(actor.scope, async (tx) => {
        const line = await found(tx, actor, id);
        if (expected !== undefined && expected !== line.version) throw new EditConflict({ version: line.version });
        try {
          await tx.run(sql`
            insert into video.camera as c (thing, organisation, place, stream, perimeter, upward, since)
            values (${id}, ${actor.scope.organisation}, ${line.place}, ${stream}, ${perimeter}, ${upward}, ${clock.now()})
            on conflict (thing) do update set stream = excluded.stream, perimeter = excluded.perimeter,
              upward = excluded.upward, place = excluded.place, version = c.version + 1`);
        } catch (cause) {
          if (constraintOf(cause).startsWith('camera_')) throw new CameraNameTaken({ stream, upward });
          throw cause;
        }
        await audit.add(tx, actor, {
          action: 'video.enter-camera',
          subject: `thing:${id}`,
          place: line.place,
          detail: { stream, perimeter, upward },
        });
        return found(tx, actor, id);
      }),

    /** The whole checklist of a camera with its gaps (H-6.2-0). */
    checklist: async (actor: Actor, id: string) => {
      await get(actor, id);
      const lines = allLines(await db.read(actor.scope, store.filledLines(id)));
      return lines.map((line) => {
        const gap = checkGap(line);
        return { ...line, ...(gap ? { gap } : {}) };
      });
    },

    /** Fills one line; `record` must be a file the actor may see. Throws CameraMissing, RecordMissing. */
    fill: async (
      actor: Actor,
      id: string,
      item: CheckItem,
      { state, note, record }: { state: CheckState; note: string; record: string | null },
    ) => {
      if (record !== null) await records.get(actor, record);
      await db.transaction(actor.scope, async (tx) => {
        const line = await found(tx, actor, id);
        await tx.run(sql`
          insert into video.check_item (thing, item, organisation, place, state, note, record, checked_at, checked_by)
          values (${id}, ${item}, ${actor.scope.organisation}, ${line.place}, ${state}, ${note}, ${record}, ${clock.now()}, ${actor.name})
          on conflict (thing, item) do update set state = excluded.state, note = excluded.note, record = excluded.record,
            checked_at = excluded.checked_at, checked_by = excluded.checked_by, place = excluded.place`);
        await audit.add(tx, actor, {
          action: 'video.check',
          subject: `thing:${id}`,
          place: line.place,
          detail: { item, state, record },
        });
      });
    },

    /** Last result of each slot of a camera. */
    results: (actor: Actor, id: string) => db.read(actor.scope, store.resultsOf(id)),
    lines: checkItems.length,
  };
}

export type Cameras = ReturnType<typeof createCameras>;
