import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** Proportional set size in MB: memory shared by processes counts once in all. */
  nodeMb: number;
  postgresMb: number;
  nodeProcesses: number;
}

interface Process {
  pid: number;
  parent: number;
  name: string;
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function all(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const stat = read(`/proc/${name}/stat`);
      const close = stat.lastIndexOf(')');
      return {
        pid: Number(name),
        parent: Number(stat.slice(close + 2).split(' ')[1] ?? 0),
        name: stat.slice(stat.indexOf('(') + 1, close),
      };
    });
}

function below(pid: number, processes: readonly Process[]): Process[] {
  return processes.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid, processes)]);
}

function pssMb(pid: number): number {
  const found = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`));
  return Number(found?.[1] ?? 0) / 1024;
}

/** Memory of a process and all below it; only Linux tells. */
export function memoryOf(pid: number): Memory {
  const processes = all();
  const tree = [...processes.filter((each) => each.pid === pid), ...below(pid, processes)];
  const [postgres, node] = [true, false].map((wanted) => tree.filter(({ name }) => (name === 'postgres') === wanted));
  const sum = (list: Process[] = []) => list.reduce((total, each) => total + pssMb(each.pid), 0);
  return { nodeMb: sum(node), postgresMb: sum(postgres), nodeProcesses: node?.length ?? 0 };
}

/** Seconds of processor time that a process and all below it have used, by kind. */
export function processorSeconds(pid: number): { node: number; postgres: number } {
  const processes = all();
  const tree = [...processes.filter((each) => each.pid === pid), ...below(pid, processes)];
  const used = { node: 0, postgres: 0 };
  for (const { pid: each, name } of tree) {
    const stat = read(`/proc/${each}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    used[name === 'postgres' ? 'postgres' : 'node'] += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  }
  return used;
}

/** The process below `pid` that was started for a role of the installation; undefined while there is none. */
export const processOfRole = (pid: number, role: string): number | undefined =>
  below(pid, all()).find((each) => read(`/proc/${each.pid}/environ`).split('\0').includes(`KEYSTEAD_ROLE=${role}`))
    ?.pid;
