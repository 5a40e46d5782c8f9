import type { Channel } from './queries.ts';

export interface Branch {
  item: Channel;
  below: Branch[];
}

/** Channels below their parents; whose parent was not told of, or who would stand below themselves, stand at the top. */
export function branchesOf(channels: readonly Channel[]): Branch[] {
  const branches = new Map(channels.map((item) => [item.id, { item, below: [] as Branch[] }]));
  const above = (id: string): string | undefined => branches.get(id)?.item.parent;
  const circles = (id: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && branches.has(at); at = above(at)) {
      if (seen.has(at)) return true;
      seen.add(at);
    }
    return false;
  };
  const tops: Branch[] = [];
  for (const branch of branches.values()) {
    const parent = circles(branch.item.id) ? undefined : branches.get(branch.item.parent);
    (parent?.below ?? tops).push(branch);
  }
  return tops;
}
