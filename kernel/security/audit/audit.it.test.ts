import { systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { movableClock } from '@keystead/kernel/base';
import { clause, type TestDatabase, testDatabase } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createAudit } from './audit.ts';

let database: TestDatabase;
const clock = movableClock('2026-06-01T01:00:00Z');
const audit = createAudit(clock);
const organisation = newId<'organisation'>();
const scope = { organisation, subtrees: [''] };

beforeAll(async () => {
  database = await testDatabase(inject('ownerUrl'));
});
afterAll(() => database.drop());

test(
  clause('H-11.1-e-1', 'I-5.1-c', 'a line holds who, when, from where, what, to what and how it ended'),
  async () => {
    const actor = {
      ...systemActor('x', organisation),
      kind: 'user' as const,
      id: newId(),
      name: '王一',
      from: '10.0.0.7',
    };
    await database.db.transaction(scope, (tx) =>
      audit.add(tx, actor, {
        action: 'alarm.acknowledge',
        subject: 'alarm:7',
        place: '1/2/',
        detail: { note: '看过' },
      }),
    );
    const { rows } = await database.owner.query('select * from audit.line');
    expect(rows).toEqual([
      expect.objectContaining({
        at: new Date('2026-06-01T01:00:00Z'),
        organisation,
        place: '1/2/',
        kind: 'operation',
        actor_kind: 'user',
        actor_id: actor.id,
        actor_name: '王一',
        from_address: '10.0.0.7',
        action: 'alarm.acknowledge',
        subject: 'alarm:7',
        outcome: 'done',
        detail: '{"note":"看过"}',
      }),
    ]);
  },
);

test('a line of a transaction that fails is not there', async () => {
  const before = (await database.owner.query('select count(*)::int as n from audit.line')).rows[0].n;
  const failing = database.db.transaction(scope, async (tx) => {
    await audit.add(tx, systemActor('job', organisation), { action: 'job.run', subject: 'job:x' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect((await database.owner.query('select count(*)::int as n from audit.line')).rows[0].n).toBe(before);
});
