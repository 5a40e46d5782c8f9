import { newId } from '@keystead/contracts/ids';
import type { Dependency } from '@keystead/data/things';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Severity } from './alarm.ts';
import type { Groupings } from './grouping.ts';
import { explains, longestWindows, mostMembers, standingBefore, standsAlone } from './incident.ts';
import * as store from './incident-store.ts';
import type { AlarmRow } from './row.ts';
import type { AlarmTelling } from './telling.ts';

export interface CorrelationParts extends Pick<Kernel, 'clock'> {
  groupings: Groupings;
  tell: AlarmTelling;
  /** The graph of things: what a thing leans on, and what leans on it. */
  dependencies: {
    above(tx: Tx, thing: string): Promise<Dependency[]>;
    below(tx: Tx, thing: string): Promise<Dependency[]>;
  };
  /** As far as one cause reaches around a place. */
  groundOf(tx: Tx, organisation: string, place: string): Promise<string>;
}

const earlier = (at: Date, seconds: number): Date => new Date(at.getTime() - seconds * 1000);
const alone = (row: AlarmRow): boolean =>
  standsAlone({ transferLevel: row.transfer_level, silenced: row.suppressed_by !== null });

/**
 * Finds what an alarm has to do with others (G-scene-alarm). It may stand under the alarm of what its thing leans on,
 * gather those of what leans on its thing, or stand with the same found elsewhere on its ground; see the README.
 */
export function createCorrelation({ clock, groupings, tell, dependencies, groundOf }: CorrelationParts) {
  /** The alarm that explains this one: of what its thing leans on, the nearest. */
  async function causeOf(tx: Tx, row: AlarmRow): Promise<store.Cause | undefined> {
    const above = await dependencies.above(tx, row.subject_id);
    if (above.length === 0) return undefined;
    const active = await store.activeOf(
      tx,
      row.organisation,
      above.map(({ id }) => id),
    );
    for (const way of above) {
      const cause = active.find((each) => each.subject_id === way.id && explains(each, row, way));
      if (cause) return cause;
    }
    return undefined;
  }

  /** Recent alarms that this one explains, gravest first. */
  async function explainedBy(tx: Tx, row: AlarmRow, since: Date): Promise<store.Cause[]> {
    const below = new Map((await dependencies.below(tx, row.subject_id)).map((way) => [way.id, way]));
    if (below.size === 0) return [];
    const recent = await store.recentOf(tx, row.organisation, [...below.keys()], since);
    const explained = recent.filter((each) => {
      const way = below.get(each.subject_id);
      return way !== undefined && each.id !== row.id && explains(row, each, way);
    });
    // What another cause explains stays with it, unless that cause is itself explained.
    const ids = new Set(explained.map(({ id }) => id));
    return explained.filter(({ member, kind, lead }) => !member || kind !== 'dependency' || ids.has(lead ?? ''));
  }

  /** Others of the same symptom on the same ground, if there are enough of them to speak of a wave. */
  async function peersOf(tx: Tx, row: AlarmRow, now: Date, window: number): Promise<store.Peer[]> {
    if (alone(row)) return [];
    const ground = await groundOf(tx, row.organisation, row.place);
    if (ground === '') return [];
    const since = { joined: earlier(now, window), opened: earlier(now, window * longestWindows) };
    const enough = standingBefore(row);
    const peers = await store.peersOf(tx, row, ground, since, enough);
    return peers[0]?.incident || peers.length >= enough ? peers : [];
  }

  const fresh = (lead: { id: string; organisation: string; severity: Severity }, kind: store.Incident['kind']) => {
    const now = clock.now();
    return {
      id: newId(),
      organisation: lead.organisation,
      lead: lead.id,
      kind,
      told_severity: lead.severity,
      members: 1,
      opened_at: now,
      last_at: now,
      due_at: null,
      ended_at: null,
    };
  };

  /** The incident that alarms standing together are in, or a new one led by the first of them. */
  async function incidentAround(
    tx: Tx,
    row: AlarmRow,
    peers: readonly store.Peer[],
    kind: store.Incident['kind'],
  ): Promise<store.Incident | undefined> {
    const [first] = peers;
    if (!first) return undefined;
    const live = first.incident ? await store.lockLive(tx, first.incident) : undefined;
    if (live) return live.members < mostMembers ? live : undefined;
    const made: store.Incident = {
      ...fresh({ ...first, organisation: row.organisation }, kind),
      told_severity: Math.min(...peers.map((peer) => peer.severity)) as Severity,
      members: peers.length,
    };
    await store.insert(tx, made);
    const ids = peers.map(({ id }) => id);
    await store.enlist(tx, ids, made.id, false);
    return made;
  }

  /** The alarm comes under the lead; one graver than all that was told stands beside it, and is told. */
  async function join(tx: Tx, row: AlarmRow, incident: store.Incident | undefined): Promise<AlarmRow> {
    if (!incident) return row;
    const member = row.severity >= incident.told_severity;
    await store.save(tx, {
      ...incident,
      members: incident.members + 1,
      last_at: clock.now(),
      told_severity: member ? incident.told_severity : row.severity,
    });
    const [after] = await store.enlist(tx, [row.id], incident.id, member);
    return after ?? row;
  }

  /** Others come under this alarm. Of each severity graver than its own one stays standing, as it was told. */
  async function gather(
    tx: Tx,
    row: AlarmRow,
    into: store.Incident,
    others: readonly (store.Ranking & { incident?: string | null })[],
  ): Promise<AlarmRow> {
    const room = Math.max(0, mostMembers - into.members);
    const ranked = [...new Map(others.map((each) => [each.id, each])).values()]
      .toSorted((a, b) => a.severity - b.severity || Number(a.member) - Number(b.member))
      .slice(0, room);
    let told = row.severity;
    const standing: string[] = [];
    const hidden: string[] = [];
    for (const { id, severity } of ranked) {
      if (severity < told) {
        standing.push(id);
        told = severity;
      } else hidden.push(id);
    }
    const wasMember = new Set(ranked.filter(({ member }) => member).map(({ id }) => id));
    for (const each of await store.enlist(tx, hidden, into.id, true))
      if (!wasMember.has(each.id)) await tell(tx, each, 'grouped');
    for (const each of await store.enlist(tx, standing, into.id, false))
      if (wasMember.has(each.id)) await tell(tx, each, 'released');
    const left = new Set(ranked.flatMap(({ incident }) => (incident && incident !== into.id ? [incident] : [])));
    for (const incident of left) await store.settleAt(tx, incident, clock.now());
    const joined = ranked.filter(({ incident }) => incident !== into.id).length;
    await store.save(tx, {
      ...into,
      told_severity: told,
      members: into.members + joined,
      last_at: clock.now(),
    });
    const [after] = await store.enlist(tx, [row.id], into.id, false);
    return after ?? row;
  }

  /** The alarm leads: those it explains, and those of the same symptom that nothing else explains. */
  async function takeLead(
    tx: Tx,
    row: AlarmRow,
    explained: readonly store.Cause[],
    peers: readonly store.Peer[],
  ): Promise<AlarmRow> {
    const live = peers[0]?.incident ? await store.lockLive(tx, peers[0].incident) : undefined;
    if (!live) {
      const made = fresh(row, 'dependency');
      await store.insert(tx, made);
      return gather(tx, row, made, [...explained, ...peers.map((peer) => ({ ...peer, member: false }))]);
    }
    // One cause among several of one wave (two gateways of a house without current): the first leads.
    if (live.kind === 'dependency' && !explained.some(({ id }) => id === live.lead)) return join(tx, row, live);
    const beside = (await store.standingIn(tx, live.id)).map((each) => ({
      ...each,
      member: false,
      incident: live.id,
    }));
    return gather(tx, row, { ...live, lead: row.id, kind: 'dependency', members: live.members + 1 }, [
      ...explained,
      ...beside,
    ]);
  }

  /** Places an alarm that has just become active; answers it as it then stands. */
  async function correlate(tx: Tx, row: AlarmRow): Promise<AlarmRow> {
    const grouping = await groupings.of(tx, row.organisation);
    if (!grouping.enabled || row.suppressed_by !== null) return row;
    const now = clock.now();
    const ofThing = row.subject_kind === 'thing';
    const cause = ofThing && !alone(row) ? await causeOf(tx, row) : undefined;
    if (cause) return join(tx, row, await incidentAround(tx, row, [cause], 'dependency'));
    const explained = ofThing ? await explainedBy(tx, row, earlier(now, grouping.window)) : [];
    const peers = await peersOf(tx, row, now, grouping.window);
    if (explained.length > 0) return takeLead(tx, row, explained, peers);
    return join(tx, row, await incidentAround(tx, row, peers, 'symptom'));
  }

  return {
    correlate,

    /** One that came back: it goes on where it stood while its incident lives, else it is placed anew. */
    returned: async (tx: Tx, row: AlarmRow): Promise<AlarmRow> => {
      const incident = row.incident ? await store.lockLive(tx, row.incident) : undefined;
      if (incident) return regraded(tx, row, incident);
      const [free] = row.incident ? await store.enlist(tx, [row.id], null, false) : [row];
      return correlate(tx, free ?? row);
    },

    /** One that became graver or milder. */
    regraded: async (tx: Tx, row: AlarmRow): Promise<AlarmRow> => {
      const incident = row.incident ? await store.lockLive(tx, row.incident) : undefined;
      return incident ? regraded(tx, row, incident) : row;
    },

    /** One that was told of has gone: what stands under it is looked at after a while, for it may be on its way out too. */
    cleared: async (tx: Tx, row: AlarmRow): Promise<void> => {
      if (row.incident === null || row.member) return;
      const { settle } = await groupings.of(tx, row.organisation);
      await store.settleAt(tx, row.incident, earlier(clock.now(), -settle));
    },
  };

  async function regraded(tx: Tx, row: AlarmRow, incident: store.Incident): Promise<AlarmRow> {
    if (row.severity < incident.told_severity) await store.save(tx, { ...incident, told_severity: row.severity });
    else if (!row.member && row.severity > incident.told_severity) await store.settleAt(tx, incident.id, clock.now());
    if (!row.member || row.severity >= incident.told_severity) return row;
    const [after] = await store.enlist(tx, [row.id], incident.id, false);
    return after ?? row;
  }
}

export type Correlation = ReturnType<typeof createCorrelation>;
