import { createHash } from 'node:crypto';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { sql } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from './examination.ts';
import { commands } from './index.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
let chief: Actor;
beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
  chief = yard.platform.actor('command:read', 'command:approve');
});
afterAll(() => yard.stop());

/** Tables a row of which shows the text, in clear, as bytes, or in base64. */
async function tablesWith(secret: string): Promise<string[]> {
  const { db } = yard.platform.kernel;
  const forms = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64').slice(0, -3)];
  const tables = await db.systemRead(sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`);
  expect(tables.length).toBeGreaterThan(40);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db.systemRead(sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`);
    if (rows.some(({ row }) => forms.some((form) => row.includes(form)))) found.push(name);
  }
  return found;
}
const stored = async (id: string) => {
  const [row] = await yard.platform.kernel.db.systemRead(
    sql<{ input: Record<string, unknown>; sealed: Buffer | null; digest: Buffer }>`
      select input, sealed, digest from commands.command where id = ${id}`,
  );
  return row;
};

test(
  clause('H-6.5-a-2', 'a PIN is in no column of any table, neither while it waits for the lock nor after'),
  async () => {
    const { service, author, platform } = yard;
    const lock = await yard.make('lock');
    const pin = '9080706051';
    const input = { pin, until: platform.clock.now().getTime() + 3_600_000, uses: 2 };
    const wish = { service: 'setEmergencyCode', input, reason: '应急', key: 'once' };
    const { id } = await service.send(author, lock.id, wish);
    const waiting = await stored(id);
    expect(waiting).toMatchObject({ input: { ...input, pin: null }, sealed: expect.any(Buffer) });
    expect(await tablesWith(pin)).toEqual([]);
    // Ten digits are soon tried out: the digest must not be one that anybody can compute.
    const plain = digestOf(lock.id, 'setEmergencyCode', input);
    expect([plain, createHash('sha256').update(plain).digest()]).not.toContainEqual(waiting?.digest);
    // The same wish is the same command, another PIN under its key is not.
    expect((await service.send(author, lock.id, wish)).id).toBe(id);
    const other = { ...wish, input: { ...input, pin: '1112131415' } };
    await expect(service.send(author, lock.id, other)).rejects.toMatchObject({ type: 'command-key-conflict' });

    await service.approve(chief, id, {});
    expect([await tablesWith(pin), await tablesWith('1112131415')]).toEqual([[], []]);
    const [call] = await yard.deliver();
    expect(call).toMatchObject({ thing: lock.number, params: input });
    expect(await tablesWith(pin)).toEqual([]);
    // A lock that repeats what it was told makes no difference.
    await service.outbox.answered(lock.number, call?.request ?? 0, { ok: true, pin });
    expect(await service.get(author, id)).toMatchObject({ state: 'acknowledged', input: { pin: null, uses: 2 } });
    expect(await stored(id)).toMatchObject({ sealed: null });
    expect(await tablesWith(pin)).toEqual([]);
  },
);

test('however a command ends, what was sealed is gone; what is sent again is whole', async () => {
  const { service, author, platform } = yard;
  const sendGrant = async (lock: { id: string }) => {
    const grant = { id: newId(), means: ['pin'], credential: '55667788', from: 0, until: 4_000_000_000_000 };
    const wish = { service: 'writeGrant', input: grant, expiresIn: 60 };
    return { grant, row: await service.send(author, lock.id, wish) };
  };
  const [asleep, left, flaky] = [await yard.make('lock'), await yard.make('lock'), await yard.make('lock')];
  for (const { number } of [asleep, left]) yard.awake.delete(number);
  const late = await sendGrant(asleep);
  const taken = await sendGrant(left);
  await service.cancel(author, taken.row.id, {});
  const again = await sendGrant(flaky);
  await yard.deliver();
  const [repeated] = await service.outbox.take(flaky.number, { limit: 10, again: true });
  expect(repeated).toMatchObject({ request: again.row.number, params: again.grant });
  await service.outbox.answered(flaky.number, again.row.number, { ok: true });
  platform.clock.pass(61);
  await service.upkeep.sweep();
  expect((await service.get(author, late.row.id)).state).toBe('expired');
  for (const { row } of [late, taken, again]) expect(await stored(row.id)).toMatchObject({ sealed: null });
  expect(await tablesWith('55667788')).toEqual([]);
});

test('commands from before are sealed while they wait, and cleared when they have ended', async () => {
  const { service, author, platform } = yard;
  const { db } = platform.kernel;
  const lock = await yard.make('lock');
  const pins = ['31415926', '27182818'];
  const made: string[] = [];
  for (const [at, pin] of pins.entries()) {
    const input = { pin, until: 4_000_000_000_000, uses: 1 };
    const { id } = await service.send(author, lock.id, { service: 'setEmergencyCode', input, reason: '应急' });
    made.push(id);
    if (at === 1) await service.cancel(author, id, {});
    await db.systemRead(sql`update commands.command set input = ${JSON.stringify(input)}::jsonb, sealed = null,
      digest = ${digestOf(lock.id, 'setEmergencyCode', input)} where id = ${id}`);
  }
  expect(await tablesWith('31415926')).toEqual(['commands.command']);
  await db.systemRead(sql`update commands.sealing set done = false, after = '00000000-0000-0000-0000-000000000000',
    until = (select id from commands.command order by id desc limit 1)`);
  expect(await service.sealing.sealOld()).toBe(2);
  expect(await service.sealing.sealOld()).toBe(0);
  for (const pin of pins) expect(await tablesWith(pin)).toEqual([]);
  expect([(await stored(made[0] ?? ''))?.sealed, (await stored(made[1] ?? ''))?.sealed]).toEqual([
    expect.any(Buffer),
    null,
  ]);
  await service.approve(chief, made[0] ?? '', {});
  expect(await yard.deliver()).toMatchObject([{ params: { pin: '31415926', uses: 1 } }]);
});

test('scenes and rules, which stay, take no secrets', async () => {
  const { service, author, place } = yard;
  const lock = await yard.make('lock');
  const step = { thing: lock.id, service: 'setEmergencyCode', input: { pin: '12345678', until: 1, uses: 1 } };
  const scene = { name: '应急', place: place.path, steps: [step] };
  await expect(service.scenes.create(author, scene)).rejects.toMatchObject({
    type: 'command-secret-not-kept',
    errors: [{ pointer: '/steps/0/input' }],
  });
  const trigger = { kind: 'alarm' as const, change: 'raised' as const };
  const rule = {
    name: '应急',
    place: place.path,
    enabled: true,
    trigger,
    action: { kind: 'command' as const, ...step },
  };
  await expect(service.linkages.create(author, rule as never)).rejects.toMatchObject({
    type: 'command-secret-not-kept',
  });
});
