import type { Actor } from '@keystead/contracts/access';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import type { Translate } from '@keystead/kernel/i18n';
import type { Sheet } from '@keystead/kernel/sheet';
import { CampaignMissing } from './campaign.ts';
import { type Campaign, campaignColumns, type Target, targetColumns } from './store.ts';
import type { TargetState } from './target.ts';

export interface CampaignRow extends Campaign {
  packageTitle: string;
  packageVersion: string;
  packageSize: number;
  counts: { wave: number; state: TargetState; count: number }[];
}

export interface Failure {
  reason: string;
  state: TargetState;
  count: number;
}

export interface TargetFilter {
  state?: TargetState | undefined;
  reason?: string | undefined;
  wave?: number | undefined;
}

export interface Installed {
  family: string;
  title: string | null;
  version: string | null;
  count: number;
}

const exportedMost = 20_000;
const withCounts = sql.raw(`, p.title as "packageTitle", p.version as "packageVersion", p.size as "packageSize",
  (select coalesce(jsonb_agg(jsonb_build_object('wave', g.wave, 'state', g.state, 'count', g.count)), '[]')
   from (select wave, state, count(*)::int as count from firmware.target t where t.campaign = c.id group by wave, state) g) as counts`);

/** What people see of campaigns and versions. */
export function createReading(db: Db) {
  async function list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string }) {
    const rows = await db.read(
      actor.scope,
      sql<CampaignRow>`
        select ${campaignColumns} ${withCounts} from firmware.campaign c join firmware.package p on p.id = c.package
        where ${inSubtrees(actor.scope, 'c.place')} ${cursor === undefined ? sql`` : sql`and c.id < ${cursor}`}
        order by c.id desc limit ${limit + 1}`,
    );
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Throws CampaignMissing. */
  async function get(actor: Actor, id: string): Promise<CampaignRow & { failures: Failure[] }> {
    const [row] = await db.read(
      actor.scope,
      sql<CampaignRow>`
        select ${campaignColumns} ${withCounts} from firmware.campaign c join firmware.package p on p.id = c.package
        where c.id = ${id} and ${inSubtrees(actor.scope, 'c.place')}`,
    );
    if (!row) throw new CampaignMissing({ id });
    const failures = await db.read(
      actor.scope,
      sql<Failure>`
        select coalesce(reason, state) as reason, state, count(*)::int as count from firmware.target
        where campaign = ${id} and state in ('failed', 'rolled-back', 'skipped') and ${inSubtrees(actor.scope, 'place')}
        group by 1, 2 order by 3 desc limit 100`,
    );
    return { ...row, failures };
  }

  const targetsQuery = (
    actor: Actor,
    id: string,
    { state, reason, wave }: TargetFilter,
    after: number,
    limit: number,
  ) => sql<Target & { rank: number }>`
    select ${targetColumns}, t.rank from firmware.target t where t.campaign = ${id} and t.rank > ${after}
      and ${inSubtrees(actor.scope, 't.place')}
      ${state === undefined ? sql`` : sql`and t.state = ${state}`} ${reason === undefined ? sql`` : sql`and t.reason = ${reason}`}
      ${wave === undefined ? sql`` : sql`and t.wave = ${wave}`}
    order by t.rank limit ${limit}`;

  /** Devices of a campaign in the order of their waves. Throws CampaignMissing. */
  async function targets(actor: Actor, id: string, filter: TargetFilter & { limit: number; cursor?: string }) {
    await get(actor, id);
    const rows = await db.read(
      actor.scope,
      targetsQuery(actor, id, filter, Number(filter.cursor ?? -1), filter.limit + 1),
    );
    const items = rows.slice(0, filter.limit);
    return { items, next: rows.length > filter.limit ? String(items.at(-1)?.rank) : null };
  }

  /** The same as a table for people. */
  async function sheet(actor: Actor, id: string, t: Translate): Promise<Sheet> {
    const { name } = await get(actor, id);
    const rows = await db.read(actor.scope, targetsQuery(actor, id, {}, -1, exportedMost));
    const columns = [
      'code',
      'name',
      'family',
      'wave',
      'state',
      'reason',
      'detail',
      'fromVersion',
      'received',
      'tries',
      'movedAt',
    ] as const;
    return {
      name,
      heads: columns.map((column) => t(`firmware.column.${column}`)),
      rows: rows.map((row) => [
        row.thingCode,
        row.thingName,
        row.family,
        row.wave,
        t(`firmware.state.${row.state}`),
        row.reason,
        row.detail,
        row.fromVersion,
        row.received,
        row.tries,
        row.movedAt,
      ]),
    };
  }

  /** How many of which model run which version; null = never told. */
  const report = (actor: Actor, family: string | undefined): Promise<Installed[]> =>
    db.read(
      actor.scope,
      sql<Installed>`
        select s.family, i.title, i.version, count(*)::int as count
        from things_pub.thing s left join firmware.installed i on i.thing = s.number
        where s.state not in ('retired', 'scrapped') and ${inSubtrees(actor.scope, 's.place')}
          ${family === undefined ? sql`` : sql`and s.family = ${family}`}
        group by 1, 2, 3 order by 1, 4 desc limit 2000`,
    );

  /** What one device runs, and what was tried with it. */
  async function ofThing(actor: Actor, thing: string) {
    const [installed] = await db.read(
      actor.scope,
      sql<{ title: string; version: string; toldAt: Date; since: Date }>`
        select i.title, i.version, i.told_at as "toldAt", i.since from firmware.installed i
        join things_pub.thing s on s.number = i.thing where s.id = ${thing} and ${inSubtrees(actor.scope, 's.place')}`,
    );
    const history = await db.read(
      actor.scope,
      sql<Target & { title: string; version: string }>`
        select ${targetColumns}, p.title, p.version from firmware.target t join firmware.campaign c on c.id = t.campaign
        join firmware.package p on p.id = c.package
        where t.thing_id = ${thing} and ${inSubtrees(actor.scope, 't.place')} order by t.campaign desc limit 50`,
    );
    return { installed: installed ?? null, history };
  }

  return { list, get, targets, sheet, report, ofThing };
}

export type Reading = ReturnType<typeof createReading>;
