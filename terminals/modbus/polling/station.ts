import type { Line } from '../line/line.ts';
import type { Link } from '../line/link.ts';
import { type PollGroup, type PollingTools, pollGroup, probe } from './polled-device.ts';
import { answered, hopeful, missed, newPresence, type Presence, restAfter } from './presence.ts';
import { nextDue, phaseOf } from './schedule.ts';

export interface StationDevice {
  link: Link;
  groups: readonly PollGroup[];
}

/** Everybody on one line: who is asked when, and who is left alone for a while. */
export interface Station {
  /** The line came up or went down. */
  changed(up: boolean): void;
  close(): void;
}

interface Member extends StationDevice {
  presence: Presence;
  busy: Set<PollGroup>;
}

/**
 * Devices that answer are asked on their schedule; silent ones are tried apart from it, one at a time, so that neither
 * schedule nor line suffers. `first`: number of the first device, to spread the schedules of many lines.
 */
export function openStation(
  line: Line,
  devices: readonly StationDevice[],
  tools: PollingTools,
  first: number,
): Station {
  const now = () => performance.now();
  const members: Member[] = devices.map((device) => ({ ...device, presence: newPresence(now()), busy: new Set() }));
  const timers = new Map<object, NodeJS.Timeout>();
  let closed = false;
  let probing = false;
  let probesFrom = 0;

  function later(key: object, at: number, run: () => void): void {
    if (!closed) timers.set(key, setTimeout(run, Math.max(0, at - now())));
  }

  function miss(member: Member): void {
    if (!line.up) return; // Told by `changed`; the line's fault is not the device's.
    member.presence = missed(member.presence, now());
    member.link.turn('down');
    watch();
  }

  async function poll(member: Member, group: PollGroup): Promise<void> {
    if (closed || member.busy.has(group) || member.presence.state !== 'up' || !line.up) return;
    member.busy.add(group);
    const answers = await pollGroup(line, member.link, group, tools);
    member.busy.delete(group);
    if (!closed && !answers) miss(member);
  }

  function schedule(member: Member, group: PollGroup, start: number, last?: number): void {
    const due = nextDue(start, group.every, now(), last);
    later(group, due, () => void poll(member, group).finally(() => schedule(member, group, start, due)));
  }

  function welcome(member: Member): void {
    const alone = members.every(({ presence }) => presence.state !== 'up');
    member.presence = answered();
    member.link.turn('up');
    // The first that is back on a line where nobody answered: the fault was the line's, so all are worth asking.
    if (alone) for (const other of members) other.presence = hopeful(other.presence, now());
    for (const group of member.groups) void poll(member, group);
  }

  async function probeNext(): Promise<void> {
    const [member] = silent();
    if (member === undefined || closed || !line.up) return;
    probing = true;
    const started = now();
    const answers = await probe(line, member.link, member.groups, tools.patience);
    probing = false;
    if (closed) return;
    if (answers) welcome(member);
    else miss(member);
    const others = members.some(({ presence }) => presence.state === 'up');
    probesFrom = answers ? 0 : now() + restAfter(now() - started, others);
    watch();
  }

  const silent = (): Member[] =>
    members.filter(({ presence }) => presence.state !== 'up').sort((a, b) => a.presence.nextTry - b.presence.nextTry);

  function watch(): void {
    const [next] = silent();
    if (probing || next === undefined || !line.up) return;
    clearTimeout(timers.get(members));
    later(members, Math.max(next.presence.nextTry, probesFrom), () => void probeNext());
  }

  for (const [index, member] of members.entries()) {
    for (const group of member.groups) schedule(member, group, now() + phaseOf(first + index, group.every));
  }
  watch();

  return {
    changed(up) {
      probesFrom = 0;
      for (const member of members) {
        if (!up) {
          member.presence = { state: 'down', misses: 0, nextTry: now() };
          member.link.turn('down');
        } else member.presence = hopeful(member.presence, now());
      }
      if (up) watch();
    },
    close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
