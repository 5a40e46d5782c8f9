import { newId } from '@keystead/contracts/ids';
import type { TestPlatform } from '@keystead/kernel/testing';

export interface City {
  id: string;
  path: string;
  districts: { id: string; path: string }[];
  project: { id: string; path: string };
  building: { id: string; path: string };
  houses: { id: string; path: string }[];
}

type Line = Record<string, unknown>;

/** Rows straight into a table, as many as there are. */
export async function put(platform: TestPlatform, table: string, rows: readonly Line[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  if (columns === '') return;
  await platform.owner.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/**
 * A city of 2 districts, 3 projects each, 2 buildings each, a unit with `homes` houses each, with five domains of data that differ from
 * house to house: statuses and leases since 2025, charges and payments of 2025-05, 2026-04 and 2026-05, repairs, warnings, meters.
 */
export async function seedCity(platform: TestPlatform, homes = 10): Promise<City> {
  const { organisation } = platform;
  const places: Line[] = [];
  const at = '2024-12-01T00:00:00Z';
  let segment = 1000;
  const place = (parent: { id: string; path: string } | null, kind: string, name: string) => {
    const id = newId();
    const path = `${parent?.path ?? ''}${(segment++).toString(36)}/`;
    const rest = { ord: 0, tags: [], retired: false, attributes: {}, version: 1, created_at: at, changed_at: at };
    places.push({ ...rest, id, organisation, parent: parent?.id ?? null, kind, code: name, name, path });
    return { id, path };
  };
  const city = place(null, 'region', '市');
  const districts = [place(city, 'region', '东区'), place(city, 'region', '西区')];
  const projects = districts.flatMap((district) => [1, 2, 3].map((n) => place(district, 'project', `小区${n}`)));
  const buildings = projects.flatMap((project) => [1, 2].map((n) => place(project, 'building', `${n}栋`)));
  const houses = buildings.flatMap((building) => {
    const unit = place(building, 'unit', '1单元');
    return Array.from({ length: homes }, (_, n) => place(unit, 'house', `${101 + n}`));
  });
  await put(platform, 'places.place', places);
  await fill(platform, houses);
  return { ...city, districts, project: projects[0] ?? city, building: buildings[0] ?? city, houses };
}

async function fill(platform: TestPlatform, houses: readonly { id: string; path: string }[]): Promise<void> {
  const { organisation } = platform;
  const rows: Record<
    'house' | 'status' | 'agreement' | 'version' | 'posting' | 'charge' | 'settlement' | 'case' | 'alarm' | 'usage',
    Line[]
  > = {
    house: [],
    status: [],
    agreement: [],
    version: [],
    posting: [],
    charge: [],
    settlement: [],
    case: [],
    alarm: [],
    usage: [],
  };
  for (const [n, { id: house, path }] of houses.entries()) {
    const own = { organisation, place: path };
    const agreement = newId();
    const by = { actor: 'x', actor_name: 'x' };
    let number = 0;
    const status = (when: string, from: string, to: string) =>
      rows.status.push({
        house,
        ...own,
        number: ++number,
        at: when,
        recorded_at: when,
        step: 's',
        from_state: from,
        to_state: to,
        repairing: false,
        ...by,
      });
    const last =
      n % 10 === 0
        ? 'vacant'
        : n % 10 === 1
          ? 'maintenance'
          : n % 10 === 2
            ? 'undelivered'
            : n % 10 === 3
              ? 'pending-move-in'
              : 'occupied';
    rows.house.push({
      id: house,
      ...own,
      state: last,
      since: '2025-01-01',
      repairing: false,
      completeness: 100,
      dossier: {},
      missing: [],
      version: 1,
      created_at: '2025-01-01',
      changed_at: '2025-01-01',
    });
    if (last === 'undelivered') continue;
    status('2025-01-01T00:00:00Z', '', 'vacant');
    if (n % 10 === 1) status('2026-02-01T00:00:00Z', 'vacant', 'maintenance');
    if (n % 10 < 3) continue;
    status('2025-02-01T00:00:00Z', 'vacant', 'pending-move-in');
    status(`2025-02-${String(2 + (n % 20)).padStart(2, '0')}T02:00:00Z`, 'pending-move-in', 'occupied');
    if (n % 10 === 4) {
      status('2026-01-05T00:00:00Z', 'occupied', 'moving-out');
      status(`2026-01-${String(10 + (n % 7)).padStart(2, '0')}T00:00:00Z`, 'moving-out', 'vacant');
      status('2026-04-20T00:00:00Z', 'vacant', 'pending-move-in');
      status('2026-05-03T04:00:00Z', 'pending-move-in', 'occupied');
    }
    if (n % 10 === 3) status('2026-04-01T00:00:00Z', 'occupied', 'moving-out');
    rows.agreement.push({
      id: agreement,
      ...own,
      kind: 'lease',
      code: `ZL-${n}`,
      title: 't',
      subject: house,
      state: n % 10 === 3 ? 'ended' : 'effective',
      starts_on: '2025-02-01',
      ends_on: '2029-01-31',
      version: n % 10 === 3 ? 3 : 2,
      created_at: '2025-01-20',
      changed_at: n % 10 === 3 ? '2026-04-10' : '2025-02-01',
    });
    const version = {
      agreement,
      organisation,
      step: 's',
      starts_on: '2025-02-01',
      ends_on: '2029-01-31',
      terms: {},
      fees: [],
      digest: '',
      reason: '',
      ...by,
    };
    rows.version.push(
      { ...version, number: 1, state: 'signed', at: '2025-01-20T00:00:00Z' },
      { ...version, number: 2, state: 'effective', at: '2025-02-01T00:00:00Z' },
    );
    if (n % 10 === 3) rows.version.push({ ...version, number: 3, state: 'ended', at: '2026-04-10T00:00:00Z' });
    for (const period of ['2025-05', '2026-04', '2026-05']) {
      const [posting, settling, charge] = [newId(), newId(), newId()];
      const posted = { ...own, period, agreement, party: house, memo: '', ...by };
      const amount = 60_000 + n * 7;
      rows.posting.push({ id: posting, ...posted, kind: 'charge', key: posting, at: `${period}-01T03:00:00Z`, amount });
      rows.charge.push({
        id: charge,
        ...own,
        posting,
        document: posting,
        agreement,
        party: house,
        subject: 'rent',
        fund: 'income',
        rank: 1,
        period,
        due_on: `${period}-${n % 4 === 0 ? '28' : '10'}`,
        amount,
        settled: 0,
        waived: n % 6 === 0 ? 1000 : 0,
        detail: {},
        at: `${period}-01T03:00:00Z`,
      });
      if (n % 3 === 0) continue;
      rows.posting.push({
        id: settling,
        ...posted,
        kind: 'settlement',
        key: settling,
        at: `${period}-15T03:00:00Z`,
        amount,
      });
      rows.settlement.push({
        posting: settling,
        charge,
        organisation,
        amount: 50_000 + n,
        at: `${period}-15T03:00:00Z`,
      });
    }
    const opened = Date.UTC(2026, 4, 1 + (n % 28), 1);
    const later = (minutes: number) => new Date(opened + minutes * 60_000).toISOString();
    rows.case.push({
      id: newId(),
      ...own,
      code: `R${n}`,
      kind: n % 5 === 0 ? 'security' : 'repair',
      state: 'done',
      title: 't',
      description: '',
      impact: 2,
      urgency: 2,
      priority: 2,
      source: 'x',
      form: {},
      opened_at: later(0),
      accepted_at: n % 4 === 1 ? null : later(10 + n),
      done_at: n % 4 === 1 ? null : later(300 + n),
      reopened: 0,
      changed_at: later(0),
      version: 1,
    });
    rows.alarm.push({
      id: newId(),
      ...own,
      rule: `r${n}`,
      subject_kind: 'place',
      subject_id: house,
      subject_code: 'c',
      subject_name: 'n',
      title_zh: '预警',
      title_en: 'w',
      severity: 1 + (n % 4),
      worst_severity: 1,
      transfer_level: 1,
      condition: 'active',
      handling: n % 4 === 2 ? 'closed' : 'new',
      escalated: false,
      symptom: false,
      false_positive: false,
      occurrences: 1,
      first_event_time: later(0),
      last_event_time: later(0),
      readings: {},
      raised_at: later(0),
      closed_at: n % 4 === 2 ? later(60) : null,
      version: 1,
    });
    rows.usage.push({
      id: newId(),
      ...own,
      house,
      subject: n % 2 ? 'electricity' : 'water',
      period: '2026-05',
      begin_reading: 0,
      end_reading: 1000 + n,
      quantity: 1000 + n,
      source: 'meter',
      at: '2026-05-20T00:00:00Z',
      actor_name: '',
    });
  }
  await put(platform, 'stock.house', rows.house);
  await put(platform, 'stock.status', rows.status);
  await put(platform, 'agreements.agreement', rows.agreement);
  await put(platform, 'agreements.version', rows.version);
  await put(platform, 'ledger.posting', rows.posting);
  await put(platform, 'ledger.charge', rows.charge);
  await put(platform, 'ledger.settlement', rows.settlement);
  await put(platform, 'cases.case', rows.case);
  await put(platform, 'alarms.alarm', rows.alarm);
  await put(platform, 'billing.usage', rows.usage);
}
