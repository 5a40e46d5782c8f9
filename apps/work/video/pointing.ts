import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Kernel } from '@keystead/kernel/module';
import { MediaServerUnset } from './problems.ts';
import type { Recorders } from './recorders.ts';
import type { Settings } from './settings.ts';
import type { Watching } from './watching.ts';

/** Ways a camera is turned; `in` and `out` are the zoom. */
export const ways = ['left', 'right', 'up', 'down', 'in', 'out'] as const;
export const presetActs = ['set', 'call', 'delete'] as const;

export interface ChannelAt {
  recorder: string;
  /** 20 digits. */
  channel: string;
}

interface Deps extends Pick<Kernel, 'db' | 'audit'> {
  commands: Pick<CommandsService, 'send'>;
  recorders: Pick<Recorders, 'get'>;
  settings: Settings;
  watching: Pick<Watching, 'linkTo'>;
}

const reason = 'video';

/** What a channel of a recorder is asked for by GB/T 28181; each is a command, with its rights and its journal line. */
export function createPointing({ db, audit, commands, recorders, settings, watching }: Deps) {
  async function send(actor: Actor, recorder: string, service: string, input: object): Promise<{ command: string }> {
    await recorders.get(actor, recorder);
    return { command: (await commands.send(actor, recorder, { service, input, reason })).id };
  }

  /** Address of the media server as a recorder reaches it. */
  const hostOf = (mediaUrl: string | null): string => {
    if (mediaUrl === null) throw new MediaServerUnset();
    return new URL(mediaUrl).hostname.replace(/^\[|\]$/g, '');
  };

  return {
    /** Turns it for `lasts` ms; the device is told to stop by the same call. Throws RecorderMissing. */
    move: (actor: Actor, at: ChannelAt, wish: { ways: readonly string[]; speed: number; lasts: number }) =>
      send(actor, at.recorder, 'move', { channel: at.channel, ...wish }),

    preset: (actor: Actor, at: ChannelAt, wish: { act: string; number: number }) =>
      send(actor, at.recorder, 'preset', { channel: at.channel, ...wish }),

    /**
     * Asks the recorder for what it kept itself, sent through the media server, with a link to it: for a while the media
     * server has no file of. The picture begins once the recorder has answered; the port closes by itself when nothing
     * comes. Throws RecorderMissing, MediaServerUnset, MediaServerFailed.
     */
    playback: async (actor: Actor, { recorder, channel }: ChannelAt, from: Date, to: Date) => {
      await recorders.get(actor, recorder);
      const row = await settings.read(actor.scope.organisation);
      const server = settings.serverOf(row);
      const stream = newId().replaceAll('-', '');
      const host = hostOf(row.mediaUrl);
      const { port } = await server.receive(stream);
      const link = watching.linkTo(actor, row, server.received(stream));
      const input = { channel, host, port, from: from.getTime(), to: to.getTime() };
      const { id } = await commands.send(actor, recorder, { service: 'playback', input, reason });
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, {
          action: 'video.play-recorded',
          subject: `thing:${recorder}`,
          detail: { channel, from: from.toISOString(), to: to.toISOString(), command: id },
        }),
      );
      return { command: id, ...link };
    },

    /** Hangs up what `playback` began; `stream`: as its command answered. */
    endPlayback: (actor: Actor, recorder: string, stream: string) => send(actor, recorder, 'stop', { stream }),
  };
}

export type Pointing = ReturnType<typeof createPointing>;
