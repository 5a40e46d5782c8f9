import type { AlarmsService } from '@keystead/apps/work/alarms';
import { systemActor } from '@keystead/contracts/access';
import { Problem } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { MediaServer } from './media/media-server.ts';
import type { Gap } from './recording.ts';
import { gapsIn, isOver, mustBeThere } from './recording.ts';
import type { SettingRow, Settings } from './settings.ts';
import { enteredCameras, type RecordingState } from './store.ts';

type Deps = Pick<Kernel, 'db' | 'clock' | 'log' | 'audit'> & {
  settings: Settings;
  alarms: Pick<AlarmsService, 'raise' | 'clear'>;
};
type Camera = { id: string; code: string; name: string; place: string; stream: string; since: Date };

const dayMs = 86_400_000;
const rule = 'platform:video-retention';

/** Recordings are asked for, not believed: what is missing is an alarm; what is over its days goes (H-6.2-d-1). */
export function createKeeping({ db, clock, log, audit, settings, alarms }: Deps) {
  async function found(row: SettingRow, server: MediaServer, camera: Camera): Promise<[RecordingState, Gap[]]> {
    const now = clock.now().getTime();
    const must = mustBeThere(now, camera.since.getTime(), row.retentionDays, row.segment);
    if (must.from >= must.to) return ['unknown', []];
    try {
      // A file that began before the while may reach into it.
      const spans = await server.recorded(camera.stream, must.from - row.segment * 1000, now);
      const gaps = gapsIn(spans, must.from, must.to);
      return [gaps.length > 0 ? 'gaps' : 'kept', gaps];
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      log.warn({ camera: camera.code, problem: cause.type }, 'recordings could not be asked for');
      return ['unreachable', []];
    }
  }

  async function tell(row: SettingRow, camera: Camera, state: RecordingState, gaps: readonly Gap[]): Promise<void> {
    const { organisation } = row;
    const { id, code, name, place } = camera;
    const subject = { kind: 'thing', id, code, name };
    await db.systemTransaction(async (tx) => {
      await tx.run(sql`
        update video.camera set recording = ${state}, gaps = ${JSON.stringify(gaps)}, checked_at = ${clock.now()}, place = ${place}
        where thing = ${id}`);
      const common = { organisation, rule, subject, eventTime: clock.now() };
      const missing = Math.round(gaps.reduce((sum, { from, to }) => sum + to - from, 0) / 60_000);
      if (state === 'kept') await alarms.clear(tx, { ...common, readings: {} });
      if (state !== 'gaps') return;
      await alarms.raise(tx, {
        ...common,
        place,
        title: { zh: `录像缺失：${name}`, en: `Recordings missing: ${name}` },
        severity: 3,
        transferLevel: 2,
        readings: { gaps: gaps.length, minutes: missing, first: new Date(gaps[0]?.from ?? 0).toISOString() },
      });
    });
  }

  /** Asks for the recordings of every entered camera of every organisation. */
  async function check(signal?: AbortSignal): Promise<void> {
    for (const row of await settings.all()) {
      if (row.mediaUrl === null) continue;
      const server = settings.serverOf(row);
      for (const camera of await db.systemRead(enteredCameras(row.organisation))) {
        if (signal?.aborted) return;
        await tell(row, camera, ...(await found(row, server, camera)));
      }
    }
  }

  /** Destroys files whose days are over; looks ninety days beyond, so that a pause of the job leaves nothing behind. */
  async function expire(signal?: AbortSignal): Promise<number> {
    let gone = 0;
    const now = clock.now().getTime();
    for (const row of await settings.all()) {
      if (row.mediaUrl === null) continue;
      const server = settings.serverOf(row);
      const until = now - row.retentionDays * dayMs;
      for (const camera of await db.systemRead(enteredCameras(row.organisation))) {
        if (signal?.aborted) return gone;
        try {
          const spans = await server.recorded(camera.stream, until - 90 * dayMs, now - (row.retentionDays - 1) * dayMs);
          const over = spans.filter((span) => isOver(span, now, row.retentionDays));
          for (const span of over) await server.remove(camera.stream, span);
          gone += over.length;
          if (over.length > 0) await journal(row.organisation, camera, over.length, until);
        } catch (cause) {
          if (!(cause instanceof Problem)) throw cause;
          log.warn({ camera: camera.code, problem: cause.type }, 'old recordings could not be removed');
        }
      }
    }
    return gone;
  }

  const journal = (organisation: string, camera: Camera, files: number, until: number) =>
    db.systemTransaction((tx) =>
      audit.add(tx, systemActor('video', organisation as never), {
        action: 'video.expire',
        subject: `thing:${camera.id}`,
        place: camera.place,
        detail: { files, before: new Date(until).toISOString() },
      }),
    );

  return { check, expire };
}

export type Keeping = ReturnType<typeof createKeeping>;
