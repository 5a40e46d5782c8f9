import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInAdministrator, waiveSecondFactor } from './administrator.ts';
import { carryOut } from './carrying-out.ts';
import { changesNothing, examplesFor, storesSignals } from './examples/catalogue.ts';
import type { Examples } from './examples/example.ts';
import { inhabited } from './inhabited.ts';
import { changes, type Operation, operationsOf } from './operations.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

interface Line {
  id: string;
  at: string;
  kind: string;
  actor: { kind: string; id: string; name: string };
  action: string;
  subject: string;
  outcome: string;
}

let platform: Installation;
let admin: Person;
let world: World;
let examples: Examples;
let operations: Operation[];

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  await waiveSecondFactor(admin);
  world = inhabited(platform, admin);
  examples = examplesFor(platform.url);
  operations = (await operationsOf(admin)).filter(changes);
});
afterAll(() => platform?.stop());

const newest = async (limit: number): Promise<Line[]> =>
  (await admin.get<{ items: Line[] }>('/journal', { limit: String(limit) })).items;

/** What is wrong with the journal after an example of one operation was carried out; undefined = nothing. */
async function fault(operation: Operation): Promise<string | undefined> {
  const call = await examples[operation.id]?.(world);
  if (!call) return 'has no example';
  const [before] = await newest(1);
  const began = Date.now();
  const reply = await carryOut(call.as ?? admin, operation, call);
  if (reply.status >= 300) return `was refused: ${reply.status} ${reply.text.slice(0, 400)}`;
  const lines = await newest(50);
  const fresh = lines.slice(
    0,
    lines.findIndex(({ id }) => id === before?.id),
  );
  const mine = fresh.filter(({ actor }) => actor.id === (call.as ?? admin).id);
  if (operation.id in changesNothing || operation.id in storesSignals)
    return mine.length === 0 ? undefined : 'is said to leave no line, and left one';
  const line = mine.find(({ outcome }) => outcome === 'done');
  if (!line) return `left no line; new ones: ${JSON.stringify(fresh.map(({ action, actor }) => [action, actor.id]))}`;
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(line.action) || line.subject === '' || line.actor.name === '')
    return `left a line without content: ${JSON.stringify(line)}`;
  // To the microsecond; the second it happened in is enough for what is compared here.
  const at = Date.parse(line.at);
  if (!/\.\d{6}Z$/.test(line.at) || at < began - 1000 || at > Date.now() + 1000) return `has a wrong time: ${line.at}`;
  return undefined;
}

test('every operation that changes something has an example, and no example is left over', () => {
  const ids = operations.map(({ id }) => id).sort();
  expect(Object.keys(examples).sort()).toEqual(ids);
  const exempt = [...Object.keys(changesNothing), ...Object.keys(storesSignals)];
  expect(ids).toEqual(expect.arrayContaining(exempt));
});

test(clause(
  'H-11.1-e-1',
  'I-5.1-c',
  'every operation that changes something leaves a line: who, when, what, on what, with which result',
), { timeout: 600_000 }, async () => {
  const faults: string[] = [];
  for (const operation of operations) {
    const found = await fault(operation).catch((cause: unknown) => `could not be tried: ${cause}`);
    if (found) faults.push(`${operation.id} ${found}`);
  }
  expect(operations.length).toBeGreaterThan(100);
  expect(faults).toEqual([]);
});

test('readings another cloud delivers keep the name of who delivered them', async () => {
  const { id, code } = await world.thing();
  await admin.send('POST', '/telemetry/readings', {
    source: 'another-cloud',
    rows: [{ thing: code, values: { temperature: 21.5 } }],
  });
  const span = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
  };
  const page = await admin.get<{ items: { value: number; source: string }[] }>(
    `/telemetry/things/${id}/properties/temperature/readings`,
    span,
  );
  expect(page.items).toMatchObject([{ value: 21.5, source: 'another-cloud' }]);
});

test(clause('H-11.1-e-1', 'a sign-in leaves a line with its result, whether it succeeded or not'), async () => {
  const person = await world.person();
  const wrong = { username: person.username, password: 'certainly-not-this-one' };
  expect((await admin.ask('POST', '/sessions', { body: wrong })).status).toBe(401);
  const { items } = await admin.get<{ items: Line[] }>('/journal', {
    action: 'session.open',
    subject: `user:${person.id}`,
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
  for (const { at, actor } of items) expect([actor.id, Number.isNaN(Date.parse(at))]).toEqual([person.id, false]);
});
