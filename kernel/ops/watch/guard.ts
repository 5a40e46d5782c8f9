import type { OrganisationId } from '@keystead/contracts/access';
import { systemTroubled } from '@keystead/contracts/events/system';
import type { Clock } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql } from '@keystead/kernel/db';

const silentSeconds = 45;

/** Watches the watch from another process: one that has stopped looking is told like any other trouble. */
export function createGuard(options: {
  db: Db;
  clock: Clock;
  outbox: Outbox;
  organisation: () => OrganisationId | undefined;
}) {
  const { db, clock, outbox, organisation } = options;
  const since = clock.now();
  let troubled = false;

  return async function look(): Promise<void> {
    const owner = organisation();
    const [row] = await db.systemRead(sql<{ at: Date | null }>`select max(checked_at) as at from watch.probe`);
    const last = row?.at && row.at > since ? row.at : since;
    const silent = Math.round((clock.now().getTime() - last.getTime()) / 1000);
    const found = silent > silentSeconds;
    if (!owner || found === troubled) return;
    await db.systemTransaction((tx) =>
      outbox.add(
        tx,
        systemTroubled,
        { organisation: owner, place: '' },
        { source: 'watch', state: found ? 'troubled' : 'well', severity: 1, detail: `${silent} s` },
      ),
    );
    troubled = found;
  };
}
