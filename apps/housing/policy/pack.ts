import { type FieldError, problem } from '@keystead/contracts/problem';
import { type RuleId, ruleSpecs, rules } from './rules.ts';

/** One number with where it stands written. Ladders have several numbers, rising. */
export interface RuleValue {
  readonly value: number | readonly number[];
  readonly source: string;
}

export type RuleValues = Readonly<Record<RuleId, RuleValue>>;

export type PackState = 'draft' | 'published';

/** One version of a pack. From `effectiveFrom` (a local date) until the next published one it decides. */
export interface Pack {
  readonly id: string;
  /** Which pack: `national`, a city. */
  readonly code: string;
  readonly number: number;
  readonly title: string;
  /** Path of the place it holds for; '' = the whole organisation. */
  readonly place: string;
  readonly state: PackState;
  readonly values: RuleValues;
  readonly effectiveFrom: string | null;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
  readonly draftedBy: string;
  readonly madeAt: Date;
  readonly version: number;
}

export class PackMissing extends problem('policy-pack-missing', 404) {}
export class PackInvalid extends problem('policy-pack-invalid', 422) {}
/** What is published decides, and is never edited; a new draft replaces it. */
export class PackPublished extends problem('policy-pack-published', 409) {}
/** Whoever drafted it does not publish it. */
export class PackOwnDraft extends problem('policy-pack-own-draft', 409) {}
/** No pack is in force on that day. */
export class PolicyMissing extends problem('policy-missing', 409) {}

const rising = (values: readonly number[]): boolean =>
  values.every((each, index) => index === 0 || each > (values[index - 1] ?? each));

function faultOf(id: RuleId, { value, source }: RuleValue): string | undefined {
  const spec = ruleSpecs.get(id);
  if (!spec) return 'unknown-rule';
  const numbers = typeof value === 'number' ? [value] : value;
  if (Array.isArray(value) !== (spec.ladder === true) || numbers.length === 0)
    return spec.ladder ? 'ladder' : 'one-number';
  if (numbers.some((each) => !Number.isFinite(each) || each < spec.least || each > spec.most)) return 'out-of-range';
  if (spec.steps !== undefined && numbers.length !== spec.steps) return 'ladder-length';
  if (!rising(numbers)) return 'not-rising';
  return source.trim() === '' ? 'source-missing' : undefined;
}

/** Throws PackInvalid naming every fault. A pack says all rules there are, each with its source. */
export function checkValues(values: RuleValues): void {
  const errors: FieldError[] = [];
  for (const [id, value] of Object.entries(values)) {
    const code = faultOf(id, value);
    if (code) errors.push({ pointer: `/values/${id}`, code });
  }
  for (const { id } of rules)
    if (!Object.hasOwn(values, id)) errors.push({ pointer: `/values/${id}`, code: 'required' });
  if (errors.length > 0) throw new PackInvalid({}, errors);
}

export interface RuleDifference {
  readonly rule: RuleId;
  readonly before: RuleValue | null;
  readonly after: RuleValue | null;
}

const same = (a: RuleValue | undefined, b: RuleValue | undefined): boolean =>
  JSON.stringify(a?.value) === JSON.stringify(b?.value);

/** Rules whose numbers differ, in the order of the catalogue. */
export const compare = (before: RuleValues, after: RuleValues): RuleDifference[] =>
  rules
    .filter(({ id }) => !same(before[id], after[id]))
    .map(({ id }) => ({ rule: id, before: before[id] ?? null, after: after[id] ?? null }));

/** Of packs in force the one of the nearest place above a path; `''` is above every place. */
export const nearest = <P extends { readonly place: string }>(packs: readonly P[], path: string): P | undefined =>
  packs.filter(({ place }) => path.startsWith(place)).sort((a, b) => b.place.length - a.place.length)[0];

type Dated = Pick<Pack, 'place' | 'effectiveFrom' | 'publishedAt'>;

/** Of every place that has packs of its own the one in force on a day; of two from the same day the one published later. */
export function standingOn<P extends Dated>(packs: readonly P[], day: string): P[] {
  const at = (pack: P): string => `${pack.effectiveFrom} ${pack.publishedAt?.toISOString()}`;
  const found = new Map<string, P>();
  for (const pack of packs) {
    const other = found.get(pack.place);
    if (pack.effectiveFrom !== null && pack.effectiveFrom <= day && (!other || at(pack) > at(other)))
      found.set(pack.place, pack);
  }
  return [...found.values()];
}

/** Days of a span from which another pack may decide, the first day before all; for `standingOn`. */
export const turnsIn = (packs: readonly Dated[], first: string, last: string): string[] =>
  [
    ...new Set([
      first,
      ...packs.flatMap(({ effectiveFrom: from }) => (from !== null && from > first && from <= last ? [from] : [])),
    ]),
  ].sort();

/** The pack as decisions read it. `id` is what a decision stores. */
export interface PolicyInForce {
  readonly id: string;
  readonly code: string;
  readonly number: number;
  /** The one number of a rule. */
  value(rule: RuleId): number;
  ladder(rule: RuleId): readonly number[];
  /** Where the number of a rule stands written. */
  source(rule: RuleId): string;
}

/** Throws RangeError when code asks for a rule that is none. */
export function inForce({ id, code, number, values }: Pick<Pack, 'id' | 'code' | 'number' | 'values'>): PolicyInForce {
  const found = (rule: RuleId): RuleValue => {
    const known = values[rule];
    if (!known) throw new RangeError(`policy rule ${rule}`);
    return known;
  };
  const of = (rule: RuleId): number | readonly number[] => found(rule).value;
  return {
    id,
    code,
    number,
    value: (rule) => {
      const value = of(rule);
      if (typeof value !== 'number') throw new RangeError(`policy rule ${rule} is a ladder`);
      return value;
    },
    ladder: (rule) => {
      const value = of(rule);
      if (typeof value === 'number') throw new RangeError(`policy rule ${rule} is one number`);
      return value;
    },
    source: (rule) => found(rule).source,
  };
}
