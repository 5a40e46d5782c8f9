import type { Finding } from '../finding.ts';
import type { Link } from './links.ts';

type Graph = Map<string, Map<string, Link>>;

function connect(links: readonly Link[], ends: (link: Link) => readonly [string, string]): Graph {
  const graph: Graph = new Map();
  for (const link of links) {
    const [from, to] = ends(link);
    if (from === to) continue;
    const next = graph.get(from) ?? new Map<string, Link>();
    if (!next.has(to)) next.set(to, link);
    graph.set(from, next);
  }
  return graph;
}

/** The shortest way back to `start`, as the links walked; undefined when there is none. */
function wayBack(graph: Graph, start: string): Link[] | undefined {
  const cameBy = new Map<string, { node: string; link: Link }>();
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const [next, link] of graph.get(node) ?? []) {
      if (next === start) {
        const path = [link];
        for (let at = node; at !== start; ) {
          const step = cameBy.get(at);
          if (!step) return undefined;
          path.unshift(step.link);
          at = step.node;
        }
        return path;
      }
      if (cameBy.has(next)) continue;
      cameBy.set(next, { node, link });
      queue.push(next);
    }
  }
  return undefined;
}

function findCycles(graph: Graph, rule: string, name: (link: Link) => string): Finding[] {
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    if (told.has(start)) continue;
    const path = wayBack(graph, start);
    const first = path?.[0];
    if (!path || !first) continue;
    const names = path.map(name);
    for (const member of names) told.add(member);
    findings.push({
      rule,
      file: first.from.file,
      line: first.line,
      message: `goes round in a circle: ${[...names, start].join(' → ')}`,
    });
  }
  return findings;
}

/** No circle of modules, and inside a module none of files. Types count; tests are left out, nothing imports them. */
export function checkCycles(links: readonly Link[]): Finding[] {
  const code = links.filter((link) => !link.from.test);
  const inside = code.filter((link) => link.from.module === link.to.module);
  return [
    ...findCycles(
      connect(code, ({ from, to }) => [from.module, to.module]),
      'module-cycle',
      (link) => link.from.module,
    ),
    ...findCycles(
      connect(inside, ({ from, target }) => [from.file, target.file]),
      'file-cycle',
      (link) => link.from.file,
    ),
  ];
}
