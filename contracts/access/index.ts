import type { Id } from '@keystead/contracts/ids';

export type OrganisationId = Id<'organisation'>;

/**
 * What an actor may see: one organisation and, in it, subtrees of places. `subtrees` holds materialised place paths
 * ('' = the whole organisation). Stores require a scope, so that forgetting it does not compile.
 */
export interface Scope {
  readonly organisation: OrganisationId;
  readonly subtrees: readonly string[];
}

/** Who acts. `permissions` are `noun:verb`; `from` is the peer address. */
export interface Actor {
  readonly kind: 'user' | 'key' | 'device' | 'system';
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly permissions: ReadonlySet<string>;
  /** Of a key: the account it stands for. */
  readonly account?: string;
  readonly session?: string;
  readonly from?: string;
}

export const may = (actor: Actor, permission: string): boolean =>
  actor.kind === 'system' || actor.permissions.has(permission);

/** The platform acting by itself on behalf of one organisation: a rule, a plan, a job. */
export function systemActor(name: string, organisation: OrganisationId): Actor {
  return { kind: 'system', id: name, name, scope: { organisation, subtrees: [''] }, permissions: new Set() };
}

/** Subtree of a place path as the range [lo, hi) under byte order: `1/2f/` → `1/2f/` … `1/2f0`. */
export function pathRange(path: string): { lo: string; hi: string } {
  return path === '' ? { lo: '', hi: '~' } : { lo: path, hi: `${path.slice(0, -1)}0` };
}

/** The smallest single range that holds all subtrees of a scope; empty scopes hold nothing. */
export function scopeHull(scope: Scope): { lo: string; hi: string } {
  if (scope.subtrees.length === 0) return { lo: '~', hi: '' };
  const ranges = scope.subtrees.map(pathRange);
  return {
    lo: ranges.reduce((least, range) => (range.lo < least ? range.lo : least), '~'),
    hi: ranges.reduce((most, range) => (range.hi > most ? range.hi : most), ''),
  };
}

export function inScope(scope: Scope, path: string): boolean {
  return scope.subtrees.some((subtree) => path.startsWith(subtree));
}
