import { createHash } from 'node:crypto';
import { type LeasesService, leases } from '@keystead/apps/housing/leases';
import type { StockService } from '@keystead/apps/housing/stock';
import { publishPack } from '@keystead/apps/housing/testing';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import type { Place, PlacesService } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RiskService, risk, WarningCaseFirst, WarningCloseIncomplete, WarningNotClosed } from './index.ts';

let platform: TestPlatform;
let service: RiskService;
let clerk: Actor;
let building: Place;
let homes = 0;
let batches = 0;

const dayMs = 86_400_000;
const its = <Service>(name: string): Service => platform.services[name] as Service;
const today = () => new Date(platform.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
/** Noon so many days ago, µs. */
const noon = (daysAgo: number) => (Date.parse(`${today()}T12:00:00+08:00`) - daysAgo * dayMs) * 1000;

beforeAll(async () => {
  platform = await startPlatform(leases, risk);
  service = its<RiskService>('risk');
  clerk = platform.actor(
    ...'place:read place:write house:read house:write thing:read thing:write party:read party:write'.split(' '),
    ...'lease:read lease:write lease:sign alarm:read alarm:handle case:read case:write case:handle case:assign'.split(
      ' ',
    ),
    ...'risk:read risk:handle risk:configure ledger:read'.split(' '),
  );
  const tree = its<PlacesService>('places');
  const project = await tree.create(clerk, { parent: null, kind: 'project', code: 'P', name: '安居苑' });
  building = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'B', name: '1 号楼' });
});
afterAll(async () => {
  await its<TelemetryService>('telemetry').close();
  await platform.stop();
});

/** A file with everything that letting asks for. */
const whole = {
  location: { address: '云龙区和平路 1 号', postcode: '221000' },
  building: { structure: '钢筋混凝土', builtYear: 2021 },
  ownership: { owner: '市住房保障中心', kind: 'government', certificateNumber: '苏(2021)徐州市不动产权第0000001号' },
  lease: { rentStandard: 1250, deposit: 100_000, quota: 3 },
  management: { operator: '安居运营公司', propertyCompany: '安居物业', contactPhone: '0516-83700000' },
} as const;

async function home(under = building) {
  const code = `H${++homes}`;
  const house = await its<StockService>('stock').create(
    clerk,
    {
      parent: under.id,
      code,
      name: `1-${code}`,
      attributes: { floorArea: 58.4, usableArea: 42, layout: '一室一厅' },
    },
    { dossier: whole, state: 'vacant' },
  );
  await its<StockService>('stock').step(clerk, house.id, 'release', {});
  const hang = async (family: string) => {
    const things = its<ThingsService>('things');
    const { id } = await things.create(clerk, {
      ...{ code: `${family}-${code}`, name: family, family, placeId: house.id, state: 'in-use' as const },
    });
    const number = (await things.numberOf(id)) ?? 0;
    things.contact.heard([{ thing: number, time: platform.clock.now().getTime() * 1000 }]);
    await things.contact.flush();
    return number;
  };
  return { house, lock: await hang('lock'), water: await hang('water-meter') };
}
type Home = Awaited<ReturnType<typeof home>>;

const take = (events: object[], messages: object[] = []) =>
  service.gathering.take({
    ...{ gateway: 1, batch: ++batches, received: platform.clock.now().getTime() * 1000 },
    ...{ events: events as never, messages: messages as never },
  });
const opened = (of: Home, daysAgo: number, grant: string) => ({
  ...{ thing: of.lock, time: noon(daysAgo), event: 'unlocked', data: { seq: 1, grant, direction: 'in' } },
});
/** The meter stands at `m3` on that day. */
const read = (of: Home, daysAgo: number, m3: number) => ({
  ...{ thing: of.water, time: noon(daysAgo), keys: [1], values: [m3], qualities: [0] },
});

async function letTo(house: string, startsOn: string, endsOn: string, people = 1) {
  const registry = its<PartiesService>('parties');
  const party = await registry.add(clerk, { kind: 'household', name: '承租家庭', placeId: building.id });
  for (let at = 0; at < people; at++)
    await registry.addMember(clerk, party.id, {
      person: { name: `成员${at}` },
      relation: at === 0 ? 'applicant' : 'other',
      from: startsOn,
    });
  const lessor = await registry.add(clerk, { kind: 'organisation', name: '安居公司', placeId: building.id });
  const { id } = await its<LeasesService>('leases').create(clerk, {
    ...{ house, tenant: { party: party.id, name: '承租家庭' }, lessor: { party: lessor.id, name: lessor.name } },
    ...{ startsOn, endsOn, title: '公租房租赁合同', terms: {}, fees: [] },
  });
  await its<LeasesService>('leases').step(clerk, id, 'submit', '');
  for (const [role, who] of [
    ['tenant', party.id],
    ['lessor', lessor.id],
  ] as const) {
    const digest = (await its<AgreementsService>('agreements').versions(clerk, id)).at(-1)?.digest ?? '';
    await its<LeasesService>('leases').sign(clerk, id, {
      role,
      party: who,
      digest,
      identityCheck: 'counter',
      consent: '同意',
    });
  }
  await its<AgreementsService>('agreements').pass();
  await platform.drain();
  return { lease: id, party: party.id };
}
const plus = (days: number) => new Date(Date.parse(today()) + days * dayMs).toISOString().slice(0, 10);
const open = async (kind: string) =>
  (await service.desk.list(clerk, { state: 'open', kind: kind as never, limit: 200 })).items;

test(clause(
  'H-8.5-c-4',
  'H-9.2.5-b',
  'twenty empty homes that use water are twenty warnings with owner, grade and reasons, and nothing else happens',
), async () => {
  for (let at = 0; at < 20; at++) {
    const one = await home();
    await take(
      [],
      [0, 1, 2, 3].map((day) => read(one, 4 - day, 100 + day * 0.1)),
    );
  }
  const before = (await platform.owner.query('select count(*)::int as n from agreements.agreement')).rows[0].n;
  expect(await service.judging.lookAtAll()).toBe(20);
  expect(await service.judging.lookAtAll()).toBe(0);
  const found = await open('vacant-use');
  expect(found).toHaveLength(20);
  for (const each of found) {
    expect(each).toMatchObject({ grade: 3, owner: 'duty', caseId: null });
    expect(each.reasons).toEqual([{ fact: 'water-a-day', value: expect.closeTo(100, 3), limit: 20 }]);
  }
  const { items } = await its<AlarmsService>('alarms').list(clerk, {
    state: 'active',
    rule: 'risk:vacant-use',
    limit: 200,
  });
  expect(items).toHaveLength(20);
  // No sanction: no case, no changed lease; the module has no way to a lock, a key or a command.
  expect((await platform.owner.query('select count(*)::int as n from cases.case')).rows[0].n).toBe(0);
  expect((await platform.owner.query('select count(*)::int as n from agreements.agreement')).rows[0].n).toBe(before);
  expect(Object.keys(risk.needs).filter((name) => ['commands', 'keys', 'exits'].includes(name))).toEqual([]);
}, 60_000);

test(clause('H-9.2.5-c', 'no warning ends without action, person and result, here or at the alarm desk'), async () => {
  const [warning] = await open('vacant-use');
  if (!warning) throw new Error('no warning');
  const whole = { action: '上门检查', person: '王工', result: '水管漏水，已修', feedback: 'confirmed' as const };
  const lacking = [
    {},
    { action: whole.action },
    { person: whole.person },
    { result: whole.result },
    { ...whole, action: undefined },
    { ...whole, person: undefined },
    { ...whole, result: undefined },
    { ...whole, action: '  ' },
    { ...whole, person: '' },
    { ...whole, feedback: undefined },
  ];
  for (const each of lacking)
    await expect(service.desk.close(clerk, warning.id, each)).rejects.toBeInstanceOf(WarningCloseIncomplete);
  const desk = its<AlarmsService>('alarms');
  await desk.step(clerk, warning.alarm, 'acknowledge');
  await expect(desk.step(clerk, warning.alarm, 'resolve')).rejects.toBeInstanceOf(WarningNotClosed);

  platform.clock.pass(8 * 86_400);
  expect(await service.desk.openAges(clerk)).toMatchObject([
    { kind: 'vacant-use', day: 0, week: 0, month: 20, older: 0 },
  ]);
  await service.desk.close(clerk, warning.id, whole);
  const { warning: closed, steps } = await service.desk.get(clerk, warning.id);
  expect(closed).toMatchObject({ state: 'closed', ...whole, settled: true });
  expect(steps.map(({ step }) => step)).toEqual(['found', 'lifted', 'closed']);
  expect((await desk.get(clerk, warning.alarm)).alarm.handling).toBe('closed');
  expect(await service.desk.feedback(clerk)).toEqual([{ kind: 'vacant-use', confirmed: 1, unfounded: 0, unclear: 0 }]);
  await platform.drain();
});

test(clause(
  'H-9.2.5-a-1',
  'group renting is warned of with its reasons; persons are shown with a case only',
), async () => {
  const crowded: Home[] = [];
  for (let at = 0; at < 10; at++) {
    const one = await home();
    await letTo(one.house.id, plus(-20), plus(340), 2);
    crowded.push(one);
    const events = [];
    for (let day = 35; day >= 1; day--)
      for (let who = 0; who < 9; who++) if ((day + who) % 3 !== 0) events.push(opened(one, day, `K${who}`));
    await take(events);
  }
  await service.judging.lookAtAll();
  const found = await open('crowding');
  expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set(crowded.map(({ house }) => house.id)));
  const policy = { rule: 'crowding-area-per-head', value: 5, source: expect.any(String), pack: expect.any(String) };
  // Nine in 42 square metres.
  for (const { reasons } of found)
    expect(reasons).toEqual([
      { fact: 'area-per-head', value: expect.closeTo(4.67, 2), limit: 5, policy },
      { fact: 'regular-users', value: 9, limit: 8 },
      { fact: 'people-in-contract', value: 2, limit: 2 },
    ]);
  const one = found[0];
  if (!one) throw new Error('no warning');
  await expect(service.desk.reveal(clerk, one.id, '核实')).rejects.toBeInstanceOf(WarningCaseFirst);
  const { id, code } = await service.desk.openCase(clerk, one.id, '走访核实');
  expect((await service.desk.openCase(clerk, one.id, '再来一次')).id).toBe(id);
  expect(code).toMatch(/^VC-/);
  const { row } = await its<CasesService>('cases').get(clerk, id);
  expect(row).toMatchObject({ kind: 'violation', category: 'crowding' });
  const { days, tenants } = await service.desk.reveal(clerk, one.id, '核实住户');
  expect(days.length).toBe(35);
  expect(tenants).toMatchObject([{ name: '承租家庭', members: 2 }]);
  // What is stored of the door tells credentials apart and does not name them.
  const { rows } = await platform.owner.query('select marks from risk.day limit 5');
  expect(JSON.stringify(rows)).not.toMatch(/K\d/);
}, 120_000);

test(clause('H-9.2.5-a-2', 'the end of a lease warns 60, 30 and 7 days before, once each'), async () => {
  const { house } = await home();
  const { lease } = await letTo(house.id, plus(0), plus(62));
  const steps = async () => {
    const warning = (await open('expiry')).find(({ subject }) => subject === lease);
    return warning
      ? (await service.desk.get(clerk, warning.id)).steps.map(({ step, grade }) => `${step} ${grade}`)
      : [];
  };
  const seen: number[] = [];
  for (let day = 0; day < 60; day++) {
    platform.clock.pass(86_400);
    await its<AgreementsService>('agreements').pass();
    await platform.drain();
    seen.push((await steps()).length);
  }
  expect(await steps()).toEqual(['found 4', 'regraded 3', 'regraded 2']);
  expect(seen.filter((count, day) => count !== (seen[day - 1] ?? 0))).toEqual([1, 2, 3]);
  const { items } = await its<AlarmsService>('alarms').list(clerk, {
    state: 'all',
    rule: 'platform:lease-expiry',
    limit: 200,
  });
  expect(items.filter(({ subject }) => subject.id === lease)).toHaveLength(1);
}, 120_000);

test(clause('H-9.2.5-a-2', 'H-8.5-c-3', 'every overdue lease is warned of on the next day, once'), async () => {
  const owing: string[] = [];
  for (let at = 0; at < 5; at++) {
    const { house } = await home();
    const { lease, party } = await letTo(house.id, plus(0), plus(300));
    owing.push(lease);
    const line = {
      subject: 'rent',
      fund: 'income' as const,
      rank: 1,
      period: '2026-08',
      dueOn: plus(1),
      amount: 50_000,
    };
    await platform.db.systemTransaction((tx) =>
      its<LedgerService>('ledger').charge(tx, clerk, [
        { key: newId(), document: newId(), agreement: lease, party, place: building.path, lines: [line] },
      ]),
    );
  }
  const of = async () => (await open('arrears')).map(({ subject }) => subject).sort();
  platform.clock.pass(86_400);
  await service.judging.lookAtAll();
  expect(await of()).toEqual([]);
  platform.clock.pass(86_400);
  await service.judging.lookAtAll();
  expect(await of()).toEqual([...owing].sort());
  await platform.drain();
  await service.judging.lookAtAll();
  expect(await of()).toHaveLength(5);
}, 60_000);

test(
  clause('H-9.2.3-c', 'ten uploads with hash, time and place make a violation case; the altered one is found'),
  async () => {
    const { id } = await service.reports.report(clerk, { kind: 'sublet', placeId: building.id, note: '邻居反映' });
    for (let at = 0; at < 10; at++) {
      const content = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from(`图 ${at}`)]);
      const sha256 = createHash('sha256').update(content).digest('hex');
      if (at === 6) content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
      await service.reports.addEvidence(clerk, id, {
        ...{ name: `${at}.png`, mediaType: 'image/png', sha256, content, takenAt: platform.clock.now() },
        ...{ longitude: 117.2, latitude: 34.26 },
      });
    }
    const lines = await service.reports.evidence(clerk, id);
    expect(lines).toHaveLength(10);
    expect(lines.flatMap(({ altered }, at) => (altered ? [at] : []))).toEqual([6]);
    const file = await its<CasesService>('cases').get(clerk, id);
    expect(file.row).toMatchObject({ kind: 'violation', category: 'sublet', title: '转租线索：1 号楼' });
    expect(file.items.map(({ text }) => text)).toContain('听取陈述申辩');
    expect(file.evidence).toHaveLength(10);
    const fraud = await service.reports.report(clerk, { kind: 'fraud', placeId: building.id, note: '隐瞒房产' });
    expect((await its<CasesService>('cases').get(clerk, fraud.id)).row).toMatchObject({
      ...{ category: 'fraud', title: '骗租线索：1 号楼' },
    });
  },
);

test('a warning by hand says in its steps who gave it; what the platform found says so', async () => {
  const { house } = await home();
  const id = await service.desk.raise(clerk, { kind: 'sublet', house: house.id, grade: 2 });
  expect((await service.desk.get(clerk, id)).steps).toMatchObject([{ step: 'found', actorName: clerk.name, grade: 2 }]);
  const [found] = await open('arrears');
  expect((await service.desk.get(clerk, found?.id ?? '')).steps[0]).toMatchObject({ step: 'found', actorName: 'risk' });
});

test(clause(
  'H-8.5-c-1',
  'H-9.2.5-a-1',
  'a district with a stricter pack warns of homes that others leave alone, and says by which number of which pack',
), async () => {
  const tree = its<PlacesService>('places');
  const district = await tree.create(clerk, { parent: null, kind: 'region', code: 'D', name: '严格区' });
  const project = await tree.create(clerk, { parent: district.id, kind: 'project', code: 'DP', name: '安和苑' });
  const strict = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'DB', name: '1 号楼' });
  const pack = await publishPack(platform, district.id, { 'idle-months': 1, 'crowding-area-per-head': 8 });
  const made: { of: Home; at: Place; crowded: boolean }[] = [];
  for (const at of [building, strict])
    for (const crowded of [true, false]) {
      const of = await home(at);
      await letTo(of.house.id, plus(-30), plus(300), 2);
      made.push({ of, at, crowded });
      const events = [];
      for (let day = 45; day >= 1; day--)
        for (let who = 0; who < (crowded ? 6 : 1); who++)
          if (crowded || day > 29) events.push(opened(of, day, `Z${who}`));
      await take(events);
    }
  await service.judging.lookAtAll();
  const houses = new Set(made.map(({ of }) => of.house.id));
  const warned = (await service.desk.list(clerk, { state: 'open', limit: 200 })).items.filter(({ subject }) =>
    houses.has(subject),
  );
  const [, , crowded, idle] = made.map(({ of }) => of.house.id);
  expect(warned.map(({ kind, subject }) => [kind, subject]).sort()).toEqual(
    [
      ['crowding', crowded],
      ['idle', idle],
    ].sort(),
  );
  const policyOf = (kind: string) => warned.find((each) => each.kind === kind)?.reasons[0]?.policy;
  const source = '区实施细则';
  expect(policyOf('crowding')).toEqual({ rule: 'crowding-area-per-head', value: 8, source, pack });
  expect(policyOf('idle')).toEqual({ rule: 'idle-months', value: 1, source, pack });
  // The facts an officer asks for before a household is told to leave: by the same numbers.
  const factsOf = ({ of, at }: (typeof made)[number]) =>
    platform.db.systemTransaction((tx) =>
      service.idleIn(tx, {
        ...{ organisation: platform.organisation, house: of.house.id, leasedOn: plus(-30) },
        place: `${at.path}${of.house.path.slice(at.path.length)}`,
      }),
    );
  const [, lenient, , stern] = await Promise.all(made.map(factsOf));
  expect([lenient?.days, stern?.days]).toEqual([29, 29]);
  expect([lenient?.policy.value, stern?.policy.value]).toEqual([6, 1]);
  expect(stern?.since).toBe(plus(-29));
}, 120_000);
