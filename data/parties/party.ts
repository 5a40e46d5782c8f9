import type { OrganisationId } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';

export const partyKinds = ['person', 'household', 'organisation', 'team', 'supplier'] as const;
export type PartyKind = (typeof partyKinds)[number];

export const relations = ['applicant', 'spouse', 'child', 'parent', 'sibling', 'grandchild', 'other'] as const;
export type Relation = (typeof relations)[number];

/**
 * `restricted`: kept because a law asks for it, and used for nothing else. `erased`: its key is gone, and with it every
 * personal value; the row stays as a token other rows point to.
 */
export type PartyState = 'active' | 'restricted' | 'erased';

/** A subject. `place` is the path of the place that answers for it; `account` the sign-in of a person. */
export interface Party {
  readonly id: string;
  readonly organisation: OrganisationId;
  readonly place: string;
  readonly kind: PartyKind;
  readonly name: string;
  /** Unified social credit code, staff number or file number; no personal data. */
  readonly code: string | null;
  readonly account: string | null;
  readonly state: PartyState;
  readonly madeAt: Date;
  readonly version: number;
}

export interface Member {
  readonly household: string;
  readonly person: string;
  readonly name: string;
  readonly relation: Relation;
  /** Local dates `YYYY-MM-DD`; `until` null = still. */
  readonly from: string;
  readonly until: string | null;
}

export class PartyMissing extends problem('party-missing', 404) {}
export class PartyKindWrong extends problem('party-kind-wrong', 409) {}
/** Nothing is done with it any more; `state` says why. */
export class PartyAtRest extends problem('party-at-rest', 409) {}
export class PartyCodeTaken extends problem('party-code-taken', 409) {}
/** Somebody of this resident number is registered already. */
export class ResidentIdTaken extends problem('resident-id-taken', 409) {}
/** A person lives in one household at a time. */
export class MemberElsewhere extends problem('member-elsewhere', 409) {}
export class MemberMissing extends problem('member-missing', 404) {}
/** Another party of the sign-in exists. */
export class AccountLinked extends problem('account-linked', 409) {}
/** Whoever asks is no registered person. */
export class OwnPartyMissing extends problem('own-party-missing', 404) {}

/** A party as lists name it: people and families masked, organisations in full. */
export const nameInLists = ({ kind, name }: Pick<Party, 'kind' | 'name'>): string =>
  kind === 'person' || kind === 'household' ? maskName(name) : name;

/** The name as strangers may see it: `张*`, `欧阳**`. */
export const maskName = (name: string): string => {
  const letters = [...name];
  const shown = letters.length > 3 ? 2 : 1;
  return letters.map((letter, index) => (index < shown ? letter : '*')).join('');
};
