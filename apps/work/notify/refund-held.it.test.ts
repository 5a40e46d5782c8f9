import { refundHeld } from '@keystead/contracts/events/billing';
import { newId } from '@keystead/contracts/ids';
import { defineModule } from '@keystead/kernel/module';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installNotify } from './module.ts';
import { channelSecrets } from './secrets.ts';
import { directory, person } from './testing/directory.ts';

const accountant = person('accountant', 'payment:confirm');
const asker = person('asker', 'payment:refund payment:confirm');
const clerk = person('clerk', 'payment:refund');
const elsewhere = person('elsewhere', 'payment:confirm', { place: '1/3/' });

const module = defineModule({
  name: 'notify',
  files: import.meta.dirname,
  setup: (kernel) => installNotify(kernel, channelSecrets('unused'), directory([accountant, asker, clerk, elsewhere])),
});

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform(module);
});
afterAll(() => platform.stop());

test(
  clause(
    'I-5.1-d-0',
    'by the rules an organisation begins with, a refund that waits is told once to those who may confirm it, not to who asked',
  ),
  async () => {
    const { organisation, kernel, db } = platform;
    const held = { id: newId(), agreement: newId(), amount: 250_000, askedBy: asker.id, actorName: '钱出纳' };
    await db.systemTransaction((tx) => kernel.outbox.add(tx, refundHeld, { organisation, place: '1/2/' }, held));
    await platform.drain();
    await platform.drain();
    const { rows } = await platform.owner.query(
      'select receiver, title, body, about_kind, about_id from notify.message',
    );
    expect(rows).toEqual([
      {
        receiver: accountant.id,
        title: '【退款待确认】¥ 2500.00',
        body: expect.stringContaining('钱出纳 申请退款 ¥ 2500.00'),
        about_kind: 'refund',
        about_id: held.id,
      },
    ]);
  },
);
