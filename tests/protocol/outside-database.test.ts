import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, type Installation, startInstallation, startServer } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmsOf, eventually, oneDevice } from '../devices/index.ts';

let folder: string;
let database: EmbeddedServer;
let platform: Installation;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-outside-'));
  database = await startServer({ dataDir: folder });
  platform = await startInstallation({ fresh: true, settings: { DATABASE_URL: database.tcpUrl } });
});
afterAll(async () => {
  await platform?.stop();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('with a database of somebody else’s keeping the same chain works, and stopping leaves that database alone', async () => {
  const device = await oneDevice(platform);
  const answer = await fetch(`http://127.0.0.1:${platform.ports.deviceHttp}/api/v1/${device.token}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"smoke": 30}',
  });
  expect(answer.status).toBe(200);
  await eventually(
    () => alarmsOf(platform, device),
    (page) => page.items.length === 1,
  );
  expect(platform.output()).not.toContain('tcp://');
  await platform.stop({ keep: true });
  process.kill(database.pid, 0);
});
