import type { FirmwareReport } from '@keystead/contracts/firmware';
import { problem } from '@keystead/contracts/problem';
import type { ThingRef, ThingsService } from '@keystead/data/things';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Move } from './moving.ts';
import type { FirmwarePackage } from './package.ts';
import { type Packages, packageQuery } from './packages.ts';
import type { Shelf } from './shelf.ts';
import { openTarget, type Target } from './store.ts';
import { stepFor, type TargetState } from './target.ts';

/** Nothing is offered to this device, or not this. */
export class FirmwareNotOffered extends problem('firmware-not-offered', 404) {}
/** As many as may download at once do so: it asks again later. */
export class FirmwareBusy extends problem('firmware-busy', 503) {}

/** What the gateway needs to know of a package to give it out. */
export interface OfferedFirmware {
  title: string;
  version: string;
  size: number;
  /** SHA-256, hexadecimal. */
  hash: string;
}

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'log'> {
  things: Pick<ThingsService, 'refs'>;
  packages: Pick<Packages, 'content'>;
  shelf: Shelf;
  move: Move;
}

interface Known {
  at: number;
  target: Target;
  wanted: FirmwarePackage;
}

const knownFor = 1000; // ms
const mostKnown = 20_000;
const receiving: readonly TargetState[] = ['downloading', 'downloaded', 'verified'];

/** The gateway's side of updates: gives the parts of a package to the device it is offered to, and takes its reports. */
export function createDelivery({ db, clock, log, things, packages, shelf, move }: Deps) {
  const known = new Map<number, Known>();
  const progress = new Map<number, { campaign: string; received: number }>();

  /** The download begins when one more may: the limit holds for those who wake up late, too. */
  async function begin(target: Target): Promise<Target> {
    return alone(() => beginIn(target));
  }

  async function beginIn(target: Target): Promise<Target> {
    return db.systemTransaction(async (tx) => {
      const { state, plan } = await tx.one(
        sql<{
          state: string;
          plan: { parallel: number };
        }>`select state, plan from firmware.campaign where id = ${target.campaign} for update`,
        () => new FirmwareNotOffered(),
      );
      if (state !== 'running') throw new FirmwareNotOffered();
      const [row] = await tx.all(sql<{ count: number }>`
        select count(*)::int as count from firmware.target where campaign = ${target.campaign} and state = 'downloading'`);
      if ((row?.count ?? 0) >= plan.parallel) throw new FirmwareBusy();
      const moved = await move(tx, target, { state: 'downloading' });
      if (!moved) throw new FirmwareBusy();
      return moved;
    });
  }

  async function find(thing: number): Promise<Known> {
    const before = known.get(thing);
    if (before && performance.now() - before.at < knownFor) return before;
    const [target] = await db.systemRead(openTarget(thing));
    if (!target || target.state === 'pending' || target.state === 'applying') {
      known.delete(thing);
      throw new FirmwareNotOffered();
    }
    const [wanted] = await db.systemRead(
      packageQuery(sql`p.id = (select package from firmware.campaign where id = ${target.campaign})`),
    );
    if (!wanted?.trusted || wanted.withdrawnAt) throw new FirmwareNotOffered();
    if (known.size >= mostKnown) known.clear();
    const found = { at: performance.now(), target, wanted };
    known.set(thing, found);
    return found;
  }

  /** What is offered to a device. Throws FirmwareNotOffered. */
  async function offered(thing: number): Promise<OfferedFirmware> {
    const { title, version, size, hash } = (await find(thing)).wanted;
    return { title, version, size, hash };
  }

  /** Part of the package offered to a device, shorter at its end. Throws FirmwareNotOffered, FirmwareBusy. */
  async function read(thing: number, offset: number, length: number): Promise<Uint8Array> {
    const found = await find(thing);
    if (!receiving.includes(found.target.state)) found.target = await begin(found.target);
    const { wanted, target } = found;
    const bytes = await shelf.read(
      wanted.hash,
      () => packages.content(target.organisation, wanted.record),
      offset,
      length,
    );
    const received = Math.max(progress.get(thing)?.received ?? 0, offset + bytes.length);
    progress.set(thing, { campaign: target.campaign, received });
    return bytes;
  }

  /** Writes down how far the downloads are; called once a second. */
  async function flush(): Promise<void> {
    if (progress.size === 0) return;
    const rows = [...progress].map(([thing, { campaign, received }]) => ({ thing, campaign, received }));
    progress.clear();
    await db.systemRead(sql`
      update firmware.target t set received = greatest(t.received, r.received), moved_at = ${clock.now()}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(thing bigint, campaign uuid, received bigint)
      where t.campaign = r.campaign and t.thing = r.thing and t.state = 'downloading'`);
  }

  /** One transaction of reports at a time in this process: the others of the gateway's few connections are for its signals. */
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  };

  async function keepInstalled(tx: Tx, ref: ThingRef, { title, version }: FirmwareReport): Promise<void> {
    if (version === undefined) return;
    const now = clock.now();
    await tx.run(sql`
      insert into firmware.installed as i (thing, organisation, place, title, version, told_at, since)
      values (${ref.number}, ${ref.organisation}, ${ref.place}, ${title ?? ''}, ${version}, ${now}, ${now})
      on conflict (thing) do update set place = excluded.place, version = excluded.version, told_at = excluded.told_at,
        title = case when excluded.title = '' then i.title else excluded.title end,
        since = case when i.version = excluded.version then i.since else excluded.since end`);
  }

  /** What a device says of its firmware; resolves after the commit. */
  async function reported(thing: number, report: FirmwareReport): Promise<void> {
    // Into memory before the transaction: in it, to wait for a second connection could be to wait for ever.
    const ref = (await things.refs([thing])).get(thing);
    if (!ref) return;
    await alone(() => write(ref, report));
    known.delete(thing);
  }

  async function write(ref: ThingRef, report: FirmwareReport): Promise<void> {
    const thing = ref.number;
    await db.systemTransaction(async (tx) => {
      await keepInstalled(tx, ref, report);
      const target = await tx.maybe(openTarget(thing, true));
      if (!target) return;
      const [wanted] = await tx.all(
        packageQuery(sql`p.id = (select package from firmware.campaign where id = ${target.campaign})`),
      );
      const step = wanted && stepFor(target, wanted, report);
      if (step) await move(tx, target, step);
    });
  }

  /** Writes progress down until stopped. */
  function start(): () => Promise<void> {
    const timer = setInterval(() => {
      flush().catch((cause) => log.warn({ err: cause }, 'progress of updates not written'));
    }, 1000);
    return async () => {
      clearInterval(timer);
      await flush();
      await shelf.close();
    };
  }

  return { offered, read, reported, flush, start };
}

export type Delivery = ReturnType<typeof createDelivery>;
