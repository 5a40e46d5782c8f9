import type { CommandsService } from '@keystead/apps/work/commands';
import { type Actor, systemActor } from '@keystead/contracts/access';
import type { commandChanged } from '@keystead/contracts/events/commands';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { inSubtrees, type Query, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type CatalogueItem, readCatalogue } from './catalogue.ts';
import { CameraMissing, RecorderMissing } from './problems.ts';
import { cameraById } from './store.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'audit' | 'log'> & { commands: Pick<CommandsService, 'send' | 'get'> };

export interface Recorder {
  id: string;
  code: string;
  name: string;
  place: string;
  online: string;
}
export interface ChannelLine extends CatalogueItem {
  camera: string | null;
  cameraName: string | null;
  seenAt: Date;
}

const recorders = (actor: Actor, id?: string): Query<Recorder> => sql<Recorder>`
  select id, code, name, place, online from things_pub.thing t
  where family = 'video-recorder' and state not in ('retired', 'scrapped') and organisation = ${actor.scope.organisation}
    and ${inSubtrees(actor.scope, 'place')} ${id === undefined ? sql`` : sql`and id = ${id}`} order by code limit 200`;

const channels = (recorder: string): Query<ChannelLine> => sql<ChannelLine>`
  select c.channel as id, c.parent, c.name, c.online as on, c.maker, c.model, c.camera, t.name as "cameraName", c.seen_at as "seenAt"
  from video.channel c left join things_pub.thing t on t.id = c.camera
  where c.recorder = ${recorder} order by c.channel limit 10000`;

/** A recorder has answered what channels it has. */
export const isCatalogue = ({ method, state }: { method: string; state: string }): boolean =>
  method === 'catalogue' && state === 'acknowledged';

/** Recorders and platforms with their channels (目录): asked for by a command, kept from its answer. */
export function createRecorders({ db, clock, audit, log, commands }: Deps) {
  async function get(actor: Actor, id: string): Promise<Recorder> {
    const [found] = await db.read(actor.scope, recorders(actor, id));
    if (!found) throw new RecorderMissing({ id });
    return found;
  }

  async function keep(
    tx: Tx,
    organisation: string,
    recorder: Recorder,
    items: readonly CatalogueItem[],
  ): Promise<void> {
    const now = clock.now();
    await tx.run(sql`
      insert into video.channel as c (recorder, channel, organisation, place, parent, name, online, maker, model, seen_at)
      select ${recorder.id}, r.id, ${organisation}, ${recorder.place}, r.parent, r.name, r.on, r.maker, r.model, ${now}
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(id text, parent text, name text, "on" boolean, maker text, model text)
      on conflict (recorder, channel) do update set parent = excluded.parent, name = excluded.name, online = excluded.online,
        maker = excluded.maker, model = excluded.model, seen_at = excluded.seen_at, place = excluded.place`);
    // A channel that was not told of any more is off; it goes only when nothing hangs on it.
    await tx.run(sql`update video.channel set online = false where recorder = ${recorder.id} and seen_at < ${now}`);
    await tx.run(sql`
      delete from video.channel where recorder = ${recorder.id} and camera is null and seen_at < ${new Date(now.getTime() - 30 * 86_400_000)}`);
  }

  return {
    get,
    list: (actor: Actor) => db.read(actor.scope, recorders(actor)),
    channels: async (actor: Actor, id: string) => {
      await get(actor, id);
      return db.read(actor.scope, channels(id));
    },

    /** Asks the recorder for its channels; they are there once it has answered. */
    refresh: async (actor: Actor, id: string): Promise<{ command: string }> => {
      await get(actor, id);
      const sent = await commands.send(actor, id, { service: 'catalogue', reason: 'video' });
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, { action: 'video.ask-channels', subject: `thing:${id}`, detail: { command: sent.id } }),
      );
      return { command: sent.id };
    },

    /** A recorder answered: its channels are kept, also when only some parts came. */
    answered: async (event: EventEnvelope<Payload<typeof commandChanged>>, tx: Tx): Promise<void> => {
      const actor = systemActor('video', event.organisation as never);
      for (const { id, thing } of event.payload.changes.filter(isCatalogue)) {
        const [recorder] = await db.systemRead(recorders(actor, thing));
        if (!recorder) continue;
        const { reply } = await commands.get(actor, id);
        const items = readCatalogue(reply);
        if (items) await keep(tx, event.organisation, recorder, items);
        else log.warn({ recorder: recorder.code }, 'the channels of a recorder could not be read');
      }
    },

    /** Says which camera a channel shows; null = none of ours. A channel no catalogue told of is entered by hand. */
    assign: (actor: Actor, id: string, channel: string, camera: string | null) =>
      db.transaction(actor.scope, async (tx) => {
        const recorder = await tx.one(recorders(actor, id), () => new RecorderMissing({ id }));
        if (camera !== null) await tx.one(cameraById(actor.scope, camera), () => new CameraMissing({ id: camera }));
        await tx.run(sql`
          insert into video.channel (recorder, channel, organisation, place, parent, name, online, maker, model, camera, seen_at)
          values (${id}, ${channel}, ${actor.scope.organisation}, ${recorder.place}, '', ${channel}, false, '', '', ${camera}, ${clock.now()})
          on conflict (recorder, channel) do update set camera = excluded.camera`);
        await audit.add(tx, actor, {
          action: 'video.assign-channel',
          subject: `thing:${id}`,
          place: recorder.place,
          detail: { channel, camera },
        });
      }),
  };
}

export type Recorders = ReturnType<typeof createRecorders>;
