import {
  type CityHome,
  type CitySettings,
  type Household,
  type Life,
  lifeOf,
  noon,
  type Tenancy,
} from '@keystead/simulator/city';
import type { Services } from '../wiring.ts';
import { idAt } from './ids.ts';

type Door<N extends keyof Services> = Services[N] extends { importHistory: (...given: infer G) => unknown }
  ? G[2]
  : never;
type RowOf<T> = T extends readonly (infer R)[] ? R : never;
type Parties = Door<'parties'>;

/** A house as the tree of places knows it, with what the generator knows of it. */
export interface CityHouse {
  readonly home: CityHome;
  readonly id: string;
  readonly path: string;
  readonly code: string;
  readonly name: string;
  readonly tags: string[];
  readonly attributes: Record<string, unknown>;
}

export interface Lessor {
  readonly party: string;
  readonly name: string;
}

/** Rows for the doors of the modules. */
export interface CityRows {
  readonly parties: RowOf<Parties['parties']>[];
  readonly members: RowOf<Parties['members']>[];
  readonly files: RowOf<Door<'households'>>[];
  readonly reviews: RowOf<Door<'eligibility'>>[];
  readonly houses: RowOf<Door<'stock'>>[];
  readonly leases: RowOf<Door<'leases'>>[];
  readonly bills: RowOf<Door<'billing'>>[];
  readonly cases: RowOf<Door<'cases'>>[];
}

export const emptyRows = (): CityRows => ({
  parties: [],
  members: [],
  files: [],
  reviews: [],
  houses: [],
  leases: [],
  bills: [],
  cases: [],
});
const dayMs = 86_400_000;

function dossierOf({ home, code, attributes }: CityHouse) {
  return {
    location: { address: `示范路 1 号 ${code}`, postcode: '999000' },
    building: {
      structure: '剪力墙结构',
      builtYear: 2018,
      decoration: '简装',
      facilities: ['热水器', '燃气灶', '床', '衣柜'],
    },
    ownership: {
      owner: '云川市住房保障中心（示范）',
      kind: 'government' as const,
      certificateNumber: `示范证第 ${String(home.index + 1).padStart(7, '0')} 号`,
    },
    lease: {
      rentStandard: Math.round(home.rent / Number(attributes.floorArea ?? 50)),
      // Public rents lie below those of the market.
      marketRent: Math.round((home.rent * 1.4) / Number(attributes.floorArea ?? 50)),
      deposit: home.rent * 2,
      quota: 4,
    },
    management: { operator: '安枢示范住房运营中心', propertyCompany: '示范物业', contactPhone: '100-0000-0000' },
  };
}

/** Puts a household with its people into the rows; answers its party. */
export function addHousehold(rows: CityRows, household: Household, place: string, at: number): string {
  const party = idAt(at);
  const madeAt = new Date(at);
  rows.parties.push({ id: party, kind: 'household', name: household.name, place, madeAt, fields: [] });
  for (const { name, residentId, birth, phone, relation, income } of household.members) {
    const id = idAt(at);
    const fields = [
      { field: 'resident-id' as const, value: residentId },
      { field: 'birth-date' as const, value: birth },
      ...(relation === 'child' ? [] : [{ field: 'phone' as const, value: phone }]),
      ...(income > 0 ? [{ field: 'income' as const, value: String(income) }] : []),
    ];
    rows.parties.push({ id, kind: 'person', name, place, madeAt, fields });
    const from = new Date(at).toISOString().slice(0, 10);
    rows.members.push({ household: party, person: id, relation, from, until: null });
  }
  rows.files.push({ household: party, place, tags: household.tags, openedBy: 'application', openedAt: madeAt });
  return party;
}

function addLeases(rows: CityRows, house: CityHouse, tenancy: Tenancy, party: string, lessor: Lessor): string[] {
  const ids: string[] = [];
  for (const lease of tenancy.leases) {
    const at = noon(lease.signedOn, 90);
    const id = idAt(at);
    const fees = [
      { subject: 'rent', basis: { kind: 'fixed', amount: lease.rent }, startsOn: lease.startsOn, endsOn: null },
      {
        subject: 'property',
        basis: { kind: 'fixed', amount: propertyOf(tenancy) },
        startsOn: lease.startsOn,
        endsOn: null,
      },
    ];
    rows.leases.push({
      ...{
        id,
        subject: house.id,
        place: house.path,
        state: lease.state,
        startsOn: lease.startsOn,
        endsOn: lease.endsOn,
      },
      title: `${house.name} 公共租赁住房租赁合同`,
      kind: lease.kind,
      replaces: ids.at(-1) ?? null,
      parties: [
        { role: 'tenant', party, name: tenancy.household.name },
        { role: 'lessor', ...lessor },
      ],
      terms: { purpose: '自住', rentDue: '每月 10 日前' },
      fees,
      at: new Date(at),
      signedOn: lease.signedOn,
      filedOn: lease.filedOn,
      filingNumber: lease.filedOn
        ? `示范备 ${lease.startsOn.slice(0, 4)}-${house.home.index + 1}-${ids.length + 1}`
        : null,
    });
    ids.push(id);
  }
  return ids;
}

const propertyOf = (tenancy: Tenancy & { bills?: Life['tenancies'][number]['bills'] }): number =>
  tenancy.bills?.[0]?.lines.find(({ subject }) => subject === 'property')?.amount ?? 1;

const categories: readonly [word: string, category: string][] = [
  ['水', 'water'],
  ['地漏', 'water'],
  ['灯', 'electricity'],
  ['门', 'door'],
  ['窗', 'door'],
  ['燃气', 'appliance'],
  ['暖气', 'appliance'],
];
const findings = {
  nothing: '未见异常',
  wear: '自然损耗，已记录',
  damage: '人为损坏，已告知整改',
  'nobody-in': '无人应门，已留通知',
} as const;

/** Repairs and visits of a home, as cases that went their way. */
function addCases(rows: CityRows, house: CityHouse, life: Life): void {
  const at = { place: house.path, placeId: house.id };
  const nobody = { requester: null, requesterName: null };
  for (const { title, channel, openedAt, doneAt, rating } of life.repairs) {
    const taken = openedAt + 40 * 60_000;
    rows.cases.push({
      ...{ ...at, ...nobody, id: idAt(openedAt), kind: 'repair', title: `${house.name} ${title}`, rating },
      category: categories.find(([word]) => title.includes(word))?.[1] ?? 'building',
      source: channel === 'mini-programme' ? 'mini-program' : channel,
      openedAt: new Date(openedAt),
      acceptedAt: doneAt === null ? null : new Date(taken),
      doneAt: doneAt === null ? null : new Date(doneAt),
      outcome: doneAt === null ? null : '已修复',
    });
  }
  for (const { at: when, finding } of life.inspections)
    rows.cases.push({
      ...{ ...at, ...nobody, id: idAt(when), kind: 'inspection', title: `${house.name} 半年入户查看`, rating: null },
      ...{ category: finding, source: 'plan', openedAt: new Date(when), acceptedAt: new Date(when + 600_000) },
      ...{ doneAt: new Date(when + 1_800_000), outcome: findings[finding] },
    });
}

type Status = RowOf<Door<'stock'>>['statuses'][number];

/** The states a house went through, each some time after the one before. */
function statusesOf(life: Life, leases: readonly (readonly string[])[]): Status[] {
  const lines: Status[] = [];
  let last = 0;
  const add = (wanted: number, line: Omit<Status, 'at'>): void => {
    last = Math.max(wanted, last + 60_000);
    lines.push({ ...line, at: new Date(last) });
  };
  add(noon(life.openedOn) - 200 * dayMs, { step: 'open', to: 'vacant' });
  for (const [index, tenancy] of life.tenancies.entries()) {
    const own = leases[index] ?? [];
    const [first, final] = [own[0] ?? '', own.at(-1) ?? ''];
    add(noon(tenancy.leases[0]?.signedOn ?? life.openedOn) - dayMs, { step: 'release', to: 'allocatable' });
    add(noon(tenancy.leases[0]?.signedOn ?? life.openedOn, 90), { step: 'sign', to: 'pending-move-in', lease: first });
    add(noon(tenancy.movedIn), { step: 'move-in', to: 'occupied', lease: first });
    const staying = tenancy.leases.at(-1)?.state === 'holdover';
    if (tenancy.leftOn === null && !staying) continue;
    const leaving = noon(tenancy.leases.at(-1)?.endsOn ?? tenancy.movedIn);
    add(leaving - 3 * dayMs, { step: 'start-leaving', to: 'moving-out', lease: final, reason: '租期届满' });
    if (tenancy.leftOn !== null) add(leaving, { step: 'vacate', to: 'vacant', lease: final });
  }
  if (life.state === 'allocatable') add(last + 2 * dayMs, { step: 'release', to: 'allocatable' });
  if (life.state === 'maintenance')
    add(last + dayMs, { step: 'start-repair', to: 'maintenance', reason: '退租后整修' });
  return lines;
}

/** The lives of homes as rows; moments that would lie after `now` are left at it. */
export function rowsOf(settings: CitySettings, houses: readonly CityHouse[], lessor: Lessor, now: Date): CityRows {
  const rows = emptyRows();
  for (const house of houses) {
    const life = lifeOf(settings, house.home);
    const leases: string[][] = [];
    for (const tenancy of life.tenancies) {
      const { household, application, bills } = tenancy;
      const party = addHousehold(rows, household, house.path, application.openedAt);
      const decided = application.steps.at(-1)?.at ?? application.openedAt;
      const validUntil =
        tenancy.leftOn === null ? new Date(Math.max(decided, now.getTime() - 200 * dayMs) + 365 * dayMs) : null;
      const steps = application.steps.map(({ step, from, to, at }) => ({ step, from, to, at: new Date(at) }));
      rows.reviews.push({
        ...{
          id: idAt(application.openedAt),
          household: party,
          place: house.path,
          kind: 'initial',
          area: application.area,
        },
        ...{ state: application.state, openedAt: new Date(application.openedAt), steps, validUntil },
      } as RowOf<Door<'eligibility'>>);
      const ids = addLeases(rows, house, tenancy, party, lessor);
      leases.push(ids);
      for (const bill of bills) {
        const id = idAt(bill.issuedAt);
        const paid = bill.paid && {
          channel: bill.paid.channel,
          reference: `YC-${id}`,
          at: new Date(Math.min(bill.paid.at, now.getTime() - 60_000)),
        };
        rows.bills.push({
          ...{ id, place: house.path, party, house: house.id, period: bill.period, dueOn: bill.dueOn, paid },
          agreement: ids[bill.lease] ?? '',
          issuedAt: new Date(bill.issuedAt),
          lines: bill.lines.map((line) => ({ ...line, detail: {} })),
        });
      }
    }
    addCases(rows, house, life);
    const inhabited = life.tenancies.at(-1)?.leftOn === null;
    rows.houses.push({
      ...{ id: house.id, place: house.path, dossier: dossierOf(house) },
      facts: { name: house.name, tags: house.tags, attributes: house.attributes },
      lease: inhabited ? (leases.at(-1)?.at(-1) ?? null) : null,
      statuses: statusesOf(life, leases),
    });
  }
  return rows;
}

export const rowCount = (rows: CityRows): number =>
  rows.parties.reduce((sum, { fields }) => sum + 1 + fields.length * 1 + (fields.length > 0 ? 1 : 0), 0) +
  rows.members.length +
  rows.files.length +
  rows.reviews.reduce((sum, { steps }) => sum + 2 + steps.length, 0) +
  rows.houses.reduce((sum, { statuses }) => sum + 2 + statuses.length, 0) +
  // case, two clocks, four lines
  rows.cases.length * 7 +
  // agreement, lease, version, two parties, two fees
  rows.leases.length * 7 +
  // bill, voucher with its entries, charges; paid: two vouchers more with two entries each, payment, settlements
  rows.bills.reduce((sum, { lines, paid }) => sum + 3 + 2 * lines.length + (paid ? 7 + lines.length : 0), 0);
