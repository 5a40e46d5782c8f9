/** Rights of a role: patterns it allows and patterns it takes away again (`noun:verb`, `noun:*`, `*`). */
export interface Rights {
  permissions: readonly string[];
  denies: readonly string[];
}

/** How a permission stands in a role: by itself, through a star, denied, or not at all. */
export type Standing = 'allowed' | 'by-star' | 'denied' | 'none';

const covers = (pattern: string, permission: string): boolean =>
  pattern === '*' || pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1)));

export function standingOf(rights: Rights, permission: string): Standing {
  if (rights.denies.some((pattern) => covers(pattern, permission))) return 'denied';
  if (rights.permissions.includes(permission)) return 'allowed';
  return rights.permissions.some((pattern) => covers(pattern, permission)) ? 'by-star' : 'none';
}

/** A role is one's own, has the rights this version of the platform ships it with, or was edited since. */
export function originOf({ permissions, denies, shipped }: Rights & { shipped: readonly string[] | null }) {
  if (shipped === null) return 'own';
  const same = permissions.length === shipped.length && permissions.every((each) => shipped.includes(each));
  return same && denies.length === 0 ? 'shipped' : 'edited';
}

const without = (patterns: readonly string[], pattern: string) => patterns.filter((each) => each !== pattern);

/**
 * What one more click on a permission makes of it: nothing → allowed → denied → nothing. What a star gives is denied
 * and given back. A denial by a star stays: it is taken away where it stands.
 */
export function turned(rights: Rights, permission: string): Rights {
  const { permissions, denies } = rights;
  switch (standingOf(rights, permission)) {
    case 'none':
      return { permissions: [...permissions, permission], denies };
    case 'allowed':
      return { permissions: without(permissions, permission), denies: [...denies, permission] };
    case 'by-star':
      return { permissions, denies: [...denies, permission] };
    case 'denied':
      return { permissions, denies: without(denies, permission) };
  }
}

/** Puts a star in or takes it out; what it covers by itself goes with it, so that nothing stands twice. */
export function withStar(rights: Rights, star: string, on: boolean): Rights {
  const permissions = rights.permissions.filter((each) => !covers(star, each));
  return { permissions: on ? [...permissions, star] : permissions, denies: rights.denies };
}

/** All verbs there are, those most nouns know first, and the nouns with theirs. */
export function axesOf(permissions: readonly string[]): { nouns: Map<string, Set<string>>; verbs: string[] } {
  const nouns = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const permission of permissions) {
    const [noun = '', verb = ''] = permission.split(':');
    nouns.set(noun, (nouns.get(noun) ?? new Set()).add(verb));
    counts.set(verb, (counts.get(verb) ?? 0) + 1);
  }
  const verbs = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a.localeCompare(b));
  return { nouns, verbs };
}
