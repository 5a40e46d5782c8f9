import type { FieldError } from '@keystead/contracts/problem';
import { fieldErrors } from '@keystead/contracts/thing-model';
import { type Static, type TSchema, Type } from 'typebox';

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Day = Type.String({ format: 'date' });
const Year = Type.Integer({ minimum: 1900, maximum: 2100 });
const Money = Type.Integer({ minimum: 0, maximum: 100_000_000 });
const partial = <P extends Record<string, TSchema>>(fields: P) =>
  Type.Partial(Type.Object(fields), { additionalProperties: false });

/** Basis on which the house may be let. */
export const ownershipKinds = ['government', 'state-owned', 'enterprise', 'leased-in', 'other'] as const;

/**
 * One house, one file 一房一档: five groups (H-9.1.1-a-2). Areas, layout, storey and orientation belong to the place itself
 * and are not repeated here. Money in minor units, areas in m².
 */
export const DossierSchema = partial({
  /** 坐落 */
  location: partial({ address: Text(200), postcode: Type.String({ pattern: '^[0-9]{6}$' }), community: Text(80) }),
  /** 建筑属性 */
  building: partial({
    structure: Text(40),
    builtYear: Year,
    decoration: Text(40),
    facilities: Type.Array(Text(40), { maxItems: 60 }),
  }),
  /** 权属 */
  ownership: partial({
    owner: Text(120),
    kind: Type.Enum(ownershipKinds),
    certificateNumber: Text(80),
    /** 不动产单元号: 28 signs. */
    unitNumber: Type.String({ pattern: '^[0-9]{12}[A-Z]{2}[0-9]{5}[A-Z][0-9]{8}$' }),
    acquiredOn: Day,
  }),
  /** 租赁 */
  lease: partial({
    /** Minor units for a m² and month. */
    rentStandard: Money,
    /** What is asked for the like on the market, minor units for a m² and month; paid by who stays beyond his day. */
    marketRent: Money,
    deposit: Money,
    quota: Type.Integer({ minimum: 1, maximum: 40 }),
  }),
  /** 管理 */
  management: partial({
    operator: Text(120),
    propertyCompany: Text(120),
    contact: Text(80),
    contactPhone: Type.String({ pattern: '^[0-9+()\\- ]{5,24}$' }),
    remark: Text(400),
  }),
});
export type Dossier = Static<typeof DossierSchema>;

export const groups = ['location', 'building', 'ownership', 'lease', 'management'] as const;
export type Group = (typeof groups)[number];

/** What the place itself knows of a house. */
export type HouseFacts = Readonly<Record<string, unknown>>;

/** Entries without which a house is not let (H-9.1.1-c-2); `place.` marks those the place keeps. */
const required: Readonly<Record<Group, readonly string[]>> = {
  location: ['address'],
  building: ['place.floorArea', 'place.usableArea', 'place.layout', 'structure', 'builtYear'],
  ownership: ['owner', 'kind', 'certificateNumber'],
  lease: ['rentStandard', 'deposit'],
  management: ['operator', 'propertyCompany', 'contactPhone'],
};

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

export interface Completeness {
  /** Percent of the required entries, 0–100, rounded down: 100 only when nothing is missing. */
  score: number;
  groups: Record<Group, { filled: number; required: number }>;
  /** `ownership.owner`; of the place: `building.floorArea`. */
  missing: string[];
}

/** How complete the five groups are, and what is missing. */
export function completenessOf(dossier: Dossier, place: HouseFacts): Completeness {
  const missing: string[] = [];
  let filled = 0;
  let all = 0;
  const byGroup = Object.fromEntries(
    groups.map((group) => {
      const own: Readonly<Record<string, unknown>> = dossier[group] ?? {};
      const entries = required[group];
      const lacking = entries.filter((entry) =>
        entry.startsWith('place.') ? !given(place[entry.slice('place.'.length)]) : !given(own[entry]),
      );
      for (const entry of lacking) missing.push(`${group}.${entry.replace('place.', '')}`);
      filled += entries.length - lacking.length;
      all += entries.length;
      return [group, { filled: entries.length - lacking.length, required: entries.length }];
    }),
  ) as Completeness['groups'];
  return { score: Math.floor((filled / all) * 100), groups: byGroup, missing };
}

/** Faults of a dossier against its schema, and those no schema sees. */
export function dossierFaults(dossier: unknown, place: HouseFacts = {}): FieldError[] {
  const faults = fieldErrors(DossierSchema, dossier);
  const { floorArea, usableArea } = place;
  if (typeof floorArea === 'number' && typeof usableArea === 'number' && usableArea > floorArea)
    faults.push({ pointer: '/building/usableArea', code: 'usable-over-floor-area' });
  return faults;
}

/** The groups of a change laid over a dossier; a group is merged entry by entry, null takes an entry out. */
export function merged(
  before: Dossier,
  change: Readonly<Partial<Record<Group, Readonly<Record<string, unknown>>>>>,
): Dossier {
  const after: Record<string, unknown> = { ...before };
  for (const group of groups) {
    const own = change[group];
    if (own === undefined) continue;
    const entries = { ...(before[group] ?? {}), ...own };
    after[group] = Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
  }
  return after as Dossier;
}
