import { type Actor, systemActor } from '@keystead/contracts/access';
import type { Kernel } from '@keystead/kernel/module';
import type { Cameras } from './cameras.ts';
import { linkLife, provesLink, readToken, signLink } from './link.ts';
import { MediaServerFailed, type PlayPath, type Span } from './media/media-server.ts';
import { CameraNotEntered, MediaServerUnset, RecordingMissing } from './problems.ts';
import { gapsIn, mustBeThere } from './recording.ts';
import type { SettingRow, Settings } from './settings.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'audit'> & { cameras: Cameras; settings: Settings };

/** Ways to see: links to the media server, signed for one person and two minutes, asked back when they are opened. */
export function createWatching({ db, clock, audit, cameras, settings }: Deps) {
  async function entered(actor: Actor, id: string) {
    const { stream, since } = await cameras.get(actor, id);
    if (stream === null || since === null) throw new CameraNotEntered({ id });
    const row = await settings.read(actor.scope.organisation);
    return { stream, since, row, server: settings.serverOf(row) };
  }

  /** `signed`: what the media server asks back about; `played`: the form of it a browser takes. */
  function linkTo(actor: Actor, row: SettingRow, { signed, played }: PlayPath) {
    const key = settings.linkKeyOf(row);
    const base = row.publicUrl ?? row.mediaUrl;
    if (!key || base === null) throw new MediaServerUnset();
    const until = clock.now().getTime() + linkLife;
    const token = signLink(key, signed, { organisation: row.organisation, actor: actor.id, until });
    return { url: `${base.replace(/\/+$/, '')}${played}?token=${token}`, expiresAt: new Date(until).toISOString() };
  }

  /** What is signed for a live stream: its name, whichever form of it a player asks for. */
  const streamPath = (app: string, stream: string) => `/${app}/${stream}`;

  return {
    linkTo,

    /** A link to the live picture. Throws CameraNotEntered, MediaServerUnset. */
    live: async (actor: Actor, id: string) => {
      const { stream, row, server } = await entered(actor, id);
      return linkTo(actor, row, { signed: streamPath(row.app, stream), played: server.livePath(stream) });
    },

    state: async (actor: Actor, id: string) => {
      const { stream, server } = await entered(actor, id);
      return server.state(stream);
    },

    /** Files of a while with a link each, and where there are none. */
    recordings: async (actor: Actor, id: string, from: Date, to: Date) => {
      const { stream, since, row, server } = await entered(actor, id);
      const spans: Span[] = await server.recorded(stream, from.getTime(), to.getTime());
      const now = clock.now().getTime();
      const must = mustBeThere(now, since.getTime(), row.retentionDays, row.segment);
      const [start, end] = [Math.max(from.getTime(), must.from), Math.min(to.getTime(), must.to)];
      return {
        spans: spans.map((span) => ({
          from: span.from,
          to: span.to,
          ...linkTo(actor, row, { signed: span.path, played: span.path }),
        })),
        gaps: start < end ? gapsIn(spans, start, end) : [],
      };
    },

    /** Files that hold a while, each with a link and the part of the while it holds. Throws RecordingMissing. */
    playback: async (actor: Actor, id: string, from: Date, to: Date) => {
      const { stream, row, server } = await entered(actor, id);
      const [start, end] = [from.getTime(), to.getTime()];
      // A file that began before the while may hold its beginning.
      const spans = await server.recorded(stream, start - row.segment * 1000, end);
      const held = spans.filter((span) => span.to > start && span.from < end);
      if (held.length === 0) throw new RecordingMissing({ id });
      return held.map((span) => ({
        from: Math.max(span.from, start),
        to: Math.min(span.to, end),
        offset: Math.max(0, (start - span.from) / 1000),
        ...linkTo(actor, row, { signed: span.path, played: span.path }),
      }));
    },

    /**
     * The media server asks whether somebody may see a path: true when the token is ours, for this path, and not too
     * old. Each admission is in the journal in the name of who got the link (H-11.2: who looked at whom).
     */
    admits: async (path: string, token: string): Promise<boolean> => {
      const right = readToken(token);
      if (!right) return false;
      const row = await settings.read(right.organisation);
      const key = settings.linkKeyOf(row);
      if (!key || !provesLink(key, path, token, clock.now().getTime())) return false;
      const actor = { ...systemActor(right.actor, row.organisation as never), kind: 'user' as const };
      await db.systemTransaction((tx) =>
        audit.add(tx, actor, { action: 'video.watch', subject: `video:${path}`, detail: { path } }),
      );
      return true;
    },

    /** For the upper platform: sends a camera's stream there, by the number it knows the camera by. */
    sendUp: async (organisation: string, stream: string, target: { host: string; port: number; ssrc: string }) => {
      const row = await settings.read(organisation);
      const sent = await settings.serverOf(row).send(stream, target);
      await db.systemTransaction((tx) =>
        audit.add(tx, systemActor('video', organisation as never), {
          action: 'video.send-up',
          subject: `video:${stream}`,
          detail: { ...target },
        }),
      );
      return sent;
    },

    stopUp: async (organisation: string, stream: string, ssrc: string): Promise<void> => {
      const row = await settings.read(organisation);
      await settings
        .serverOf(row)
        .stopSending(stream, ssrc)
        .catch((cause: unknown) => {
          // What is not sent any more need not be stopped.
          if (!(cause instanceof MediaServerFailed)) throw cause;
        });
    },
  };
}

export type Watching = ReturnType<typeof createWatching>;
