import { createHash } from 'node:crypto';

/** A line as it is sealed: every column, none left out. `at` in µs since 1970. */
export interface SealedLine {
  id: string;
  at: number;
  organisation: string;
  place: string;
  kind: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  from: string;
  session: string;
  action: string;
  subject: string;
  outcome: string;
  purpose: string;
  detail: string;
}

/** What the first line is chained to. */
export const genesis: Buffer = createHash('sha256').update('keystead journal').digest();

/**
 * The one way to write a line down as bytes. The leading number names the form, so that a later form can stand
 * beside it in the same chain.
 */
export function canonical(line: SealedLine): string {
  const { id, at, organisation, place, kind, actorKind, actorId, actorName } = line;
  const { from, session, action, subject, outcome, purpose, detail } = line;
  const who = [actorKind, actorId, actorName, from, session];
  return JSON.stringify([1, id, at, organisation, place, kind, ...who, action, subject, outcome, purpose, detail]);
}

/** SHA-256 over the hash before and the line. */
export const chainHash = (before: Buffer, line: SealedLine): Buffer =>
  createHash('sha256').update(before).update(canonical(line)).digest();
