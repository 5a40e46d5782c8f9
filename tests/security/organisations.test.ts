import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../devices/index.ts';
import { signInAdministrator } from './administrator.ts';
import { trespasses } from './carrying-out.ts';
import { type Estate, settle, tracesOf } from './estate.ts';
import { examplesFor } from './examples/catalogue.ts';
import { inhabited } from './inhabited.ts';
import { namesOf, searchFor } from './leaks.ts';
import { type LivePage, openPage } from './live-page.ts';
import { asksPermission, changes, type Operation, operationsOf } from './operations.ts';
import { type Person, signIn } from './person.ts';

interface Party {
  kind: string;
  name: string;
  admin: Person;
  estate: Estate;
}

let platform: Installation;
let parties: Party[];
let operations: Operation[];
/** Somebody of an organisation whose sessions may rest a minute, who goes away at the beginning. */
let resting: { person: Person; page: LivePage; since: number };

/** Founds another organisation and signs its first administrator in, who sets up password and second factor. */
async function found(founder: Person, kind: string, name: string, administrator: string): Promise<Person> {
  const body = { kind, name, administrator };
  const { password } = await founder.send<{ password: string }>('POST', '/identity/organisations', body);
  return signIn(platform.url, { username: administrator, password });
}

beforeAll(async () => {
  platform = await startInstallation();
  const operating = await signInAdministrator(platform);
  const person = await found(operating, 'technical-provider', '短会话机构', 'head.brief');
  await person.send('PATCH', '/identity/organisation', { idleMinutes: 1 });
  const page = await openPage(platform.url, person);
  expect(await page.subscribe('place.changed')).toEqual([]);
  resting = { person, page, since: Date.now() };
  const technical = await found(operating, 'technical-provider', '技术服务方', 'head.technical');
  const supervising = await found(operating, 'supervising-authority', '监管部门', 'head.supervising');
  operations = (await operationsOf(operating)).filter(asksPermission);
  parties = [];
  for (const [kind, name, admin] of [
    ['operating-body', '运营机构', operating],
    ['technical-provider', '技术服务方', technical],
    ['supervising-authority', '监管部门', supervising],
  ] as const)
    parties.push({ kind, name, admin, estate: await settle(platform, admin, `PARTY-${kind.toUpperCase()}`) });
}, 240_000);
afterAll(() => platform?.stop());

/** Each party beside each other one. */
const pairs = () => parties.flatMap((one) => parties.filter((other) => other !== one).map((other) => ({ one, other })));

test(
  clause('H-1-1', 'operating body, technical provider and supervising authority each see their own organisation'),
  async () => {
    for (const { kind, name, admin, estate } of parties) {
      const current = await admin.get<{ organisation: { name: string } }>('/sessions/current');
      const own = await admin.get<{ kind: string; name: string }>('/identity/organisation');
      expect([current.organisation.name, own.kind, own.name]).toEqual([name, kind, name]);
      const places = await admin.get<{ items: { code: string }[] }>('/places');
      expect(places.items.map(({ code }) => code).sort()).toEqual([estate.mark, `${estate.mark}-B`]);
    }
  },
);

test(clause('H-1-1', 'hundreds of attempts to read another organisation’s data find nothing'), {
  timeout: 300_000,
}, async () => {
  const reading = operations.filter((operation) => !changes(operation));
  let attempts = 0;
  for (const { one, other } of pairs()) {
    const traces = [...tracesOf(other.estate), other.estate.user];
    const search = await searchFor(one.admin, reading, other.estate, traces);
    attempts += search.asked;
    expect(search.found, `${one.kind} about ${other.kind}`).toEqual([]);
    expect(search.broken).toEqual([]);
  }
  for (const { admin, estate } of parties)
    expect(namesOf(await searchFor(admin, reading, estate, tracesOf(estate))).length).toBeGreaterThan(20);
  expect(attempts).toBeGreaterThan(300);
});

test(clause('H-1-1', 'nobody changes anything of another organisation, with all rights in his own'), {
  timeout: 300_000,
}, async () => {
  const [operating, technical] = parties;
  if (!operating || !technical) throw new Error('three parties');
  const world = inhabited(platform, technical.admin, technical.estate.place);
  const examples = examplesFor(platform.url);
  // A phone of the caller's own has an id of his choice.
  const aimed = operations.filter(
    (each) => changes(each) && each.path.includes('{id}') && each.id !== 'field.registerDevice',
  );
  expect(aimed.length).toBeGreaterThan(60);
  expect(await trespasses(operating.admin, aimed, { examples, world })).toEqual([]);
});

test(clause('H-1-1', 'pages of one organisation are pushed nothing of another'), async () => {
  const pages = await Promise.all(parties.map(({ admin }) => openPage(platform.url, admin)));
  for (const page of pages) expect(await page.subscribe('place.changed', 'case.changed')).toEqual([]);
  for (const { admin, estate } of parties) {
    await admin.send('PATCH', `/places/${estate.building}`, { name: '改名' });
    await admin.send('POST', `/cases/${estate.case}/triage`, {});
  }
  for (const [n, { estate }] of parties.entries()) {
    const heard = () => pages[n]?.heard() ?? '';
    await eventually(
      async () => heard(),
      (text) => text.includes(estate.building) && text.includes(estate.case),
      60,
    );
    const others = parties.filter((each) => each.estate !== estate).flatMap((each) => tracesOf(each.estate));
    expect(others.filter((trace) => heard().includes(trace))).toEqual([]);
  }
  for (const page of pages) page.close();
});

test(clause(
  'H-11.1-b',
  'a session that rested longer than its organisation allows is over: its page is closed, its token refused',
), { timeout: 240_000 }, async () => {
  const { person, page, since } = resting;
  expect(await page.closed).toBe(4001);
  expect(Date.now() - since).toBeGreaterThan(60_000 - 1000);
  expect((await person.ask('GET', '/sessions/current')).status).toBe(401);
  // The others, whose organisations allow half an hour, are still there.
  for (const { admin } of parties) expect((await admin.ask('GET', '/sessions/current')).status).toBe(200);
});
