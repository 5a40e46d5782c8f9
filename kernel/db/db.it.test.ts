import type { Scope } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { inSubtrees, movePaths, sql } from '@keystead/kernel/db';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: TestPlatform;
const here = newId<'organisation'>();
const elsewhere = newId<'organisation'>();

beforeAll(async () => {
  platform = await startPlatform();
  await platform.owner.query(`
    create schema trial; create table trial.item (organisation uuid not null, place text collate "C" not null, n int not null);
    select kernel.protect('trial.item', 'place');
    grant usage on schema trial to keystead_app, keystead_system;
    grant select, insert, update, delete on trial.item to keystead_app, keystead_system`);
  const rows = [
    [here, '1/', 1],
    [here, '1/2/', 2],
    [here, '1/2/3/', 3],
    [here, '1/20/', 4],
    [here, '2/', 5],
    [elsewhere, '1/2/', 6],
  ];
  for (const row of rows) await platform.owner.query('insert into trial.item values ($1, $2, $3)', row);
});
afterAll(() => platform.stop());

const scope = (...subtrees: string[]): Scope => ({ organisation: here, subtrees });
const all = sql<{ n: number }>`select n from trial.item order by n`;
const numbers = async (of: Scope) => (await platform.db.read(of, all)).map((row) => row.n);

test(
  clause('H-9.4-b-2', 'the database itself shows a scope its own organisation and subtree, and nothing else'),
  async () => {
    expect(await numbers(scope(''))).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers(scope('1/2/'))).toEqual([2, 3]);
    expect(await numbers(scope())).toEqual([]);
    expect(await numbers({ organisation: elsewhere, subtrees: [''] })).toEqual([6]);
  },
);

test('what lies between two subtrees passes the hull and is dropped by the exact condition', async () => {
  const two = scope('1/2/', '2/');
  expect(await numbers(two)).toEqual([2, 3, 4, 5]); // the hull also holds 1/20/
  const exact = await platform.db.read(
    two,
    sql<{ n: number }>`select n from trial.item where ${inSubtrees(two, 'place')} order by n`,
  );
  expect(exact.map((row) => row.n)).toEqual([2, 3, 5]);
});

test('a scope cannot write, move or delete outside itself', async () => {
  const write = (query: ReturnType<typeof sql>) => platform.db.transaction(scope('1/2/'), (tx) => tx.run(query));
  await expect(write(sql`insert into trial.item values (${here}, '2/', 9)`)).rejects.toThrow('row-level security');
  await expect(write(sql`insert into trial.item values (${elsewhere}, '1/2/', 9)`)).rejects.toThrow(
    'row-level security',
  );
  await expect(write(sql`update trial.item set place = '2/' where n = 2`)).rejects.toThrow('row-level security');
  expect(await write(sql`delete from trial.item where n in (1, 5, 6)`)).toBe(0);
});

test('a failed read leaves its connection fit for the next one', async () => {
  for (let i = 0; i < 10; i++) {
    await expect(platform.db.read(scope(''), sql`select n / 0 from trial.item`)).rejects.toThrow('division by zero');
    expect(await numbers(scope('2/'))).toEqual([5]);
  }
});

test('scopes of parallel reads do not mix', async () => {
  const asked = Array.from({ length: 60 }, (_, i) => numbers(i % 2 ? scope('1/2/') : scope('2/')));
  const answers = await Promise.all(asked);
  expect(answers).toEqual(asked.map((_, i) => (i % 2 ? [2, 3] : [5])));
});

test('the application role can neither switch the policy off nor make or own anything', async () => {
  const attempt = (text: string) => platform.db.transaction(scope(''), (tx) => tx.client.query(text));
  await expect(attempt('alter table trial.item disable row level security')).rejects.toThrow('must be owner');
  await expect(attempt('create table trial.mine (n int)')).rejects.toThrow('permission denied');
  await expect(attempt('set role keystead_owner')).rejects.toThrow('permission denied');
});

test('a savepoint undoes its own part only, and after-commit calls wait for the commit', async () => {
  const order: string[] = [];
  await platform.db.transaction(scope('2/'), async (tx) => {
    tx.afterCommit(() => order.push('after commit'));
    await tx.run(sql`update trial.item set n = 50 where n = 5`);
    await tx.savepoint(() => tx.run(sql`select 1 / 0`)).catch(() => order.push('undone'));
  });
  expect(order).toEqual(['undone', 'after commit']);
  expect(await numbers(scope('2/'))).toEqual([50]);
});

test('what is sent without waiting is there at the end, and its failure fails the whole with its own error', async () => {
  const write = (n: number) => sql`insert into trial.item values (${here}, '9/', ${n})`;
  const kept = () => platform.db.read(scope('9/'), all).then((rows) => rows.map(({ n }) => n));
  await platform.db.transaction(scope('9/'), async (tx) => tx.send(write(90)));
  expect(await kept()).toEqual([90]);
  const failing = platform.db.transaction(scope('9/'), async (tx) => {
    tx.send(sql`select 1 / 0`);
    await tx.run(write(91)); // fails because of what was sent before it
  });
  await expect(failing).rejects.toThrow('division by zero');
  const last = platform.db.transaction(scope('9/'), async (tx) => {
    await tx.run(write(92));
    tx.send(sql`select 1 / 0`);
  });
  await expect(last).rejects.toThrow('division by zero');
  expect(await kept()).toEqual([90]);
});

test('a savepoint fails with what was sent in it, and undoes that alone', async () => {
  const order: string[] = [];
  await platform.db.transaction(scope('9/'), async (tx) => {
    tx.send(sql`update trial.item set n = 900 where n = 90`);
    await tx
      .savepoint(async () => {
        tx.send(sql`select 1 / 0`);
        await tx.run(sql`select 1`);
      })
      .catch((cause: Error) => order.push(cause.message));
    await tx.savepoint(async () => tx.send(sql`select 1 / 0`)).catch((cause: Error) => order.push(cause.message));
    await tx.savepoint(async () => tx.send(sql`update trial.item set n = n + 1 where n = 900`));
  });
  expect(order).toEqual(['division by zero', 'division by zero']);
  expect((await platform.db.read(scope('9/'), all)).map(({ n }) => n)).toEqual([901]);
  await platform.owner.query('delete from trial.item where n = 901');
});

test('an error nobody looked at never passes for a success', async () => {
  const swallowed = platform.db.transaction(scope('2/'), async (tx) => {
    await tx.run(sql`select 1 / 0`).catch(() => {});
  });
  await expect(swallowed).rejects.toThrow('rolled back');
});

test('paths under a moved node follow it, of one organisation and nothing beside it', async () => {
  const paths = async () =>
    (await platform.owner.query('select n, place from trial.item order by n')).rows.map(
      (row) => `${row.n} ${row.place}`,
    );
  const before = await paths();
  const move = (from: string, to: string) =>
    platform.db.systemTransaction((tx) => movePaths(tx, 'trial.item', 'place', here, from, to));
  expect(await move('1/2/', '2/2/')).toBe(2);
  expect((await paths()).slice(0, 6)).toEqual(['1 1/', '2 2/2/', '3 2/2/3/', '4 1/20/', '6 1/2/', '50 2/']);
  await move('2/2/', '1/2/');
  expect(await paths()).toEqual(before);
  await expect(move('', '3/')).rejects.toThrow(RangeError);
});

test('a connection of one’s own is the platform’s role, ends when told, and says when it was lost', async () => {
  const lost: Error[] = [];
  const own = await platform.db.systemConnection((cause) => lost.push(cause));
  expect((await own.query('select current_user as name')).rows).toEqual([{ name: 'keystead_system' }]);
  const { pid } = (await own.query('select pg_backend_pid() as pid')).rows[0];
  await platform.owner.query('select pg_terminate_backend($1)', [pid]);
  await expect.poll(() => lost.length).toBeGreaterThan(0);
});

test('a connection that breaks in use fails its transaction alone, and the next one works', async () => {
  const broken = platform.db.transaction(scope(''), async (tx) => {
    const [own] = await tx.all(sql<{ pid: number }>`select pg_backend_pid() as pid`);
    await platform.owner.query('select pg_terminate_backend($1)', [own?.pid]);
    return tx.all(sql`select pg_sleep(1)`);
  });
  await expect(broken).rejects.toThrow();
  expect(await numbers(scope('1/2/'))).toEqual([2, 3]);
});
