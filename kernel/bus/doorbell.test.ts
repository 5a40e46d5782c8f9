import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '@keystead/kernel/base';
import { expect, test } from 'vitest';
import { listen } from './doorbell.ts';

test('a database that is away is asked twice a second, not by ever more connections', async () => {
  let attempts = 0;
  const closed = createServer((socket) => {
    attempts += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const url = `postgres://nobody:nothing@127.0.0.1:${(closed.address() as AddressInfo).port}/none`;
  const line = listen(
    url,
    ['word'],
    () => {},
    () => {},
    createLog('test', 'silent'),
  );
  await expect(line.start()).rejects.toThrow();
  await sleep(2700);
  await line.stop();
  const asked = attempts;
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThanOrEqual(6);
  await sleep(700);
  expect(attempts).toBe(asked);
  closed.close();
});
