import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../devices/index.ts';
import { signInAdministrator, waiveSecondFactor } from './administrator.ts';
import { trespasses } from './carrying-out.ts';
import { says } from './device-door.ts';
import { type Estate, settle, tracesOf } from './estate.ts';
import { examplesFor } from './examples/catalogue.ts';
import { definition } from './examples/notices.ts';
import { inhabited } from './inhabited.ts';
import { namesOf, searchFor } from './leaks.ts';
import { openPage } from './live-page.ts';
import { asksPermission, changes, type Operation, operationsOf, pathOf } from './operations.ts';
import { addPerson, type Person } from './person.ts';

/** Projects in the order of their paths: the district is the first and the last, so that a range would hold all three. */
let first: Estate;
let foreign: Estate;
let last: Estate;
let platform: Installation;
let admin: Person;
let district: Person;
let reading: Operation[];
let changing: Operation[];

async function roleWith(code: string, permissions: string[]): Promise<string> {
  const names = { 'zh-CN': code, en: code };
  return (await admin.send<{ id: string }>('POST', '/identity/roles', { code, names, permissions })).id;
}

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  await waiveSecondFactor(admin);
  const operations = (await operationsOf(admin)).filter(asksPermission);
  reading = operations.filter((operation) => !changes(operation));
  changing = operations.filter(changes);
  first = await settle(platform, admin, 'MARK-ALPHA');
  foreign = await settle(platform, admin, 'MARK-BRAVO');
  last = await settle(platform, admin, 'MARK-CHARLIE');
  const every = await roleWith('every-right', ['*']);
  district = await addPerson(platform.url, admin, { role: every, places: [first.place, last.place] });
}, 240_000);
afterAll(() => platform?.stop());

/** What the administrator finds a project by: if these did not name it, finding nothing would prove nothing. */
const tellsOfPlaces = [
  ...['places.list', 'places.tree', 'places.export', 'places.get', 'places.children', 'places.grid'],
  ...['things.list', 'things.export', 'things.get', 'things.refusals', 'things.refusalsOf'],
  ...['alarms.list', 'alarms.get', 'alarms.silences', 'cases.list', 'cases.export', 'cases.get', 'cases.openAges'],
  ...['cases.todos', 'records.list', 'records.get', 'records.open', 'telemetry.latest'],
  ...['journal.list', 'journal.export', 'journal.get'],
].sort();

test(clause(
  'H-9.4-b-2',
  'a district sees nothing of a project that is not its own: list, search, tree, export, by id, journal',
), { timeout: 240_000 }, async () => {
  const all = await searchFor(admin, reading, foreign, tracesOf(foreign));
  expect(namesOf(all)).toEqual(expect.arrayContaining(tellsOfPlaces.filter((name) => name !== 'places.grid')));
  const seen = await searchFor(district, reading, foreign, tracesOf(foreign));
  expect(seen.found).toEqual([]);
  expect(seen.broken).toEqual([]);
  expect(seen.asked).toBeGreaterThan(80);
  for (const own of [first, last])
    expect(namesOf(await searchFor(district, reading, own, tracesOf(own)))).toEqual(
      expect.arrayContaining(['places.list', 'things.get', 'alarms.list', 'cases.list', 'records.get']),
    );
});

test(clause('H-9.4-b-2', 'what is counted for a district is its own part of the whole'), async () => {
  interface Counts {
    open: Record<string, number>;
    active: number;
  }
  const sum = ({ open }: Counts) => Object.values(open).reduce((total, count) => total + count, 0);
  const [whole, part] = [await admin.get<Counts>('/alarms/counts'), await district.get<Counts>('/alarms/counts')];
  const alarms = await district.get<{ items: unknown[] }>('/alarms', { state: 'open', limit: '200' });
  expect(sum(part)).toBe(alarms.items.length);
  expect(sum(part)).toBeLessThan(sum(whole));

  const things = (visitor: Person) => visitor.get<{ total: number }>('/things', { count: 'true', limit: '1' });
  expect([(await things(admin)).total, (await things(district)).total]).toEqual([3, 2]);
  const cases = (visitor: Person) => visitor.get<{ total: number; items: unknown[] }>('/cases', { limit: '200' });
  const mine = await cases(district);
  expect(mine.total).toBe(mine.items.length);
  expect(mine.total).toBeLessThan((await cases(admin)).total);
  const total = (rows: { total?: number; count?: number }[]) =>
    rows.reduce((n, row) => n + (row.total ?? row.count ?? 0), 0);
  expect(total(await district.get('/things/online-rate', { by: 'place' }))).toBe(2);
  const board = await district.get<{ items: { count: number }[] }>('/cases/board');
  expect(total(board.items)).toBe(mine.total);
});

test(clause('H-9.4-b-2', 'many things asked for at once: those of others are left out'), async () => {
  const body = { things: [first.thing, foreign.thing, last.thing] };
  const rows = await district.send<{ thing: string }[]>('POST', '/telemetry/latest', body);
  expect(rows.map(({ thing }) => thing).sort()).toEqual([first.thing, last.thing].sort());
});

test(clause('H-9.4-b-2', 'pages of a district are pushed nothing of a project that is not its own'), async () => {
  const [mine, whole] = [await openPage(platform.url, district), await openPage(platform.url, admin)];
  const values = [first, foreign, last].map(({ thing }) => `thing-values:${thing}`);
  const topics = [...values, 'alarm.changed', 'case.changed', 'place.changed', 'thing.changed', 'thing.online'];
  for (const page of [mine, whole]) expect(await page.subscribe(...topics)).toEqual([]);
  for (const { token } of [foreign, last]) await says(platform, token, { smoke: 70, temperature: 22 });
  for (const estate of [foreign, last]) {
    await admin.send('PATCH', `/places/${estate.building}`, { name: `改名 ${estate.mark}` });
    await admin.send('PATCH', `/things/${estate.thing}`, { name: `改名 ${estate.mark}` });
    await admin.send('POST', `/alarms/${estate.alarm}/acknowledgement`, {});
    await admin.send('POST', `/cases/${estate.case}/triage`, { note: estate.mark });
  }
  const complete = (text: string, estate: Estate) =>
    [`thing-values:${estate.thing}`, estate.alarm, estate.case, estate.building].every((word) => text.includes(word));
  // The last project's news come after the foreign one's, on every topic: when they are here, nothing is under way.
  await eventually(
    async () => whole.heard(),
    (text) => complete(text, foreign) && complete(text, last),
    60,
  );
  await eventually(
    async () => mine.heard(),
    (text) => complete(text, last),
    60,
  );
  const heard = mine.heard().replace(/\{"topic":"subscribed"[^}]*\}\}/g, '');
  expect(tracesOf(foreign).filter((trace) => heard.includes(trace))).toEqual([]);
  for (const page of [mine, whole]) page.close();
});

/** What belongs to the organisation and to no place of it; whoever holds the right may change it. */
const ofTheOrganisation =
  /^(users|roles|organisations|keys|journal|system|models|alarmRules|caseRules|caseLevels|caseCalendars|notify\w*|messages|codecs|patches|policy)\.|^telemetry\.keep$|^alarms\.setGrouping$|^things\.(addPart|updatePart)$/;
/** Makes something where the caller stands; names no object of others. */
const ownGround = [
  ...['places.import', 'places.importSheet', 'records.put', 'things.import', 'things.importSheet'],
  // A phone of the caller's own.
  'field.registerDevice',
  // What was told to the caller himself.
  'ownHome.readNotices',
  // Says the next moments of a recurrence.
  'plans.preview',
  // Fills a wording with a lease that is nobody's.
  'contracts.previewTemplate',
];
/** Answers 200 with what it left out, or tells the refusal row by row. */
const rowByRow = [
  'alarms.stepMany',
  'commands.batch',
  'parties.find',
  'parties.names',
  'eligibility.openYearly',
  'eligibility.stepMany',
  'houses.import',
  'telemetry.latest-of',
  'telemetry.push',
];
/** Finds nothing of the district's own to do, and says so (409). */
const nothingOfItsOwn = ['things.undoImport', 'things.rotate'];

test(clause('H-9.4-b-2', 'a district changes nothing in a project that is not its own, whatever rights it holds'), {
  timeout: 300_000,
}, async () => {
  const world = inhabited(platform, admin, foreign.place);
  const examples = examplesFor(platform.url);
  const apart = [...ownGround, ...rowByRow, ...nothingOfItsOwn, 'places.undoImport'];
  const tried = changing.filter(({ id }) => !ofTheOrganisation.test(id) && !apart.includes(id));
  expect(tried.length).toBeGreaterThan(40);
  expect(await trespasses(district, tried, { examples, world })).toEqual([]);
  const many = { ids: [await world.alarm()], step: 'acknowledge' };
  expect(await district.send('POST', '/alarms/steps', many)).toMatchObject({ done: [] });
  const wish = { targets: { things: [foreign.thing] }, service: 'test' };
  const run = await district.send<{ refused: unknown[] }>('POST', '/commands/batches', wish);
  expect(run.refused).toHaveLength(1);
  const sheet = await examples['houses.import']?.(world);
  expect(await district.ask('POST', '/houses/import', { bytes: sheet?.bytes })).toMatchObject({
    body: { created: 0, changed: 0, errors: [{ code: 'parent-missing' }] },
  });
  for (const id of nothingOfItsOwn) {
    const operation = changing.find((each) => each.id === id);
    const { body } = (await examples[id]?.(world)) ?? {};
    expect((await district.ask('POST', operation ? pathOf(operation) : '', { body })).status).toBe(409);
  }
  const rows = [{ thing: foreign.thingCode, values: { temperature: 1 } }];
  expect((await district.ask('POST', '/telemetry/readings', { body: { rows } })).body).toMatchObject({ refused: 1 });
});

test(clause('H-9.4-b-2', 'a district hangs nothing of its own onto a project that is not its own'), async () => {
  const record = { name: 'x.txt', mediaType: 'text/plain', subject: 'trial:reach', storeLevel: '2' };
  const until = new Date(Date.now() + 60_000).toISOString();
  const attempts: [string, string, unknown?][] = [
    ['POST', `/places/${last.building}/move`, { parent: foreign.place }],
    ['POST', '/places/import', { rows: [{ path: 'X-1', kind: 'building', name: 'x' }], under: foreign.place }],
    ['PATCH', `/things/${last.thing}`, { placeId: foreign.building }],
    ['POST', `/things/${last.thing}/relations`, { kind: 'depends-on', target: foreign.thing }],
    ['POST', '/things/import', { rows: [{ code: 'X-2', name: 'x', family: 'lock', placeId: foreign.building }] }],
    ['POST', '/things', { code: 'X-3', name: 'x', family: 'lock', gateway: foreign.thingCode }],
    ['POST', '/alarms/silences', { place: '', until, reason: 'everywhere' }],
    ['POST', `/cases/${last.case}/links`, { relation: 'caused-by', target: foreign.case }],
    ['POST', `/cases/${last.case}/evidence`, { record: foreign.record, kind: 'document' }],
  ];
  const done: string[] = [];
  for (const [method, path, body] of attempts) {
    const { status, text } = await district.ask(method, path, { body });
    if (status < 300 && !text.includes('"created":0')) done.push(`${method} ${path}: ${status}`);
  }
  const put = { query: { ...record, place: foreign.building }, bytes: Buffer.from('x\n') };
  if ((await district.ask('POST', '/records', put)).status < 300) done.push('POST /records');
  expect(done).toEqual([]);
});

test(clause('H-9.4-b-2', 'a link that somebody else made shows a district neither number nor title'), async () => {
  await admin.send('POST', `/cases/${last.case}/links`, { relation: 'parent', target: foreign.case });
  expect((await district.ask('GET', `/cases/${last.case}`)).text).not.toContain(foreign.mark);
});

test(
  clause('H-9.4-b-2', 'a district that has itself told of everything is told of its own projects only'),
  async () => {
    interface Delivery {
      receiverName: string;
    }
    const told = async (alarm: string) => {
      const page = await admin.get<{ items: Delivery[] }>('/notify-deliveries', { about: `alarm:${alarm}` });
      return page.items.map(({ receiverName }) => receiverName);
    };
    const { user: me } = await admin.get<{ user: { name: string } }>('/sessions/current');
    const { user: them } = await district.get<{ user: { name: string } }>('/sessions/current');
    for (const who of [admin, district]) {
      const audience = { users: [who.id], roles: [], assignee: false };
      await who.ask('POST', '/notify-rules', {
        body: { name: 'all', enabled: true, definition: { ...definition, audience } },
      });
    }
    const [own, loud] = await Promise.all(
      [last, foreign].map(({ place }) => inhabited(platform, admin, place).alarm()),
    );
    // Everybody a finding is told to is written down at once: where the administrator stands, others would stand too.
    for (const alarm of [own ?? '', loud ?? ''])
      await eventually(
        () => told(alarm),
        (names) => names.includes(me.name),
        60,
      );
    expect(await told(own ?? '')).toContain(them.name);
    expect(await told(loud ?? '')).not.toContain(them.name);
  },
);
