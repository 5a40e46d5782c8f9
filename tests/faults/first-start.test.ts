import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInstallation } from '@keystead/kernel/testing';
import { discard } from '@keystead/kernel/testing/installation';
import { afterEach, beforeEach, expect, test } from 'vitest';

let taken: Server;
let dataDir: string;
beforeEach(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  dataDir = mkdtempSync(join(tmpdir(), 'keystead-first-'));
});
afterEach(() => {
  taken.close();
  discard(dataDir);
});

test('a first start that fails after it made the administrator tells his password, and it opens the door later', async () => {
  const { port } = taken.address() as AddressInfo;
  const failed = startInstallation({ dataDir, patience: 90, settings: { PORT: String(port), ADMIN_PASSWORD: '' } });
  const said = await failed.then(
    () => 'it started',
    (cause: Error) => cause.message,
  );
  const [, password] = /密码 \/ password {2}(\S+)/.exec(said) ?? [];
  expect(password, said).toBeDefined();
  const platform = await startInstallation({ dataDir, patience: 90, settings: { ADMIN_PASSWORD: '' } });
  try {
    expect(platform.output()).not.toContain(password);
    const answer = await fetch(`${platform.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    expect(answer.status).toBe(201);
  } finally {
    await platform.stop({ keep: true });
  }
});
