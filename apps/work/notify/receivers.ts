import type { Language } from './notice.ts';

/** Someone who can be told something. */
export interface Receiver {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly language: Language;
}

/** Who is there to be told; answered by identity. All within one organisation. */
export interface Receivers {
  /** Users who may do this at the place. */
  usersWith(organisation: string, permission: string, place: string): Promise<readonly Receiver[]>;
  /** Users who hold a role, by its id. */
  usersInRole(organisation: string, role: string, place: string): Promise<readonly Receiver[]>;
  /** One user whose reach holds the place; undefined when it does not. Nobody is told of places that are not his. */
  userAt(organisation: string, id: string, place: string): Promise<Receiver | undefined>;
  /** One user; undefined when there is none of that id, or none any more. */
  user(organisation: string, id: string): Promise<Receiver | undefined>;
}

/** An address as others may see it: `li***@example.org`, `138****5678`. */
export function masked(address: string): string {
  const at = address.indexOf('@');
  if (at > 0) return `${address.slice(0, Math.min(2, at))}***${address.slice(at)}`;
  return address.length > 7 ? `${address.slice(0, 3)}****${address.slice(-4)}` : '****';
}
