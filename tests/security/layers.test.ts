import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { eventually } from '@keystead/tests/devices';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInAdministrator, waiveSecondFactor } from './administrator.ts';
import { type Estate, settle } from './estate.ts';
import { handshake } from './handshake.ts';
import { databaseFolder } from './owner.ts';
import { addPerson, type Person } from './person.ts';
import { rawAnswer } from './raw-answer.ts';

interface Line {
  kind: string;
  actor: { kind: string; id: string };
  action: string;
  subject: string;
  from: string;
  outcome: string;
  purpose: string;
  at: string;
}

/** A text that must not be readable anywhere on disk. */
const secretText = 'THE-TENANT-IN-3-2-IS-AFRAID-OF-SPIDERS';
let platform: Installation;
let admin: Person;
let looker: Person;
let estate: Estate;
let ca: Buffer;

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  await waiveSecondFactor(admin);
  looker = await addPerson(platform.url, admin, { role: 'supervisor' });
  estate = await settle(platform, admin, 'LAYERS');
  ca = readFileSync(join(platform.dataDir, 'tls', 'ca.crt'));
}, 240_000);
afterAll(() => platform?.stop());

const lines = async (query: Record<string, string>): Promise<Line[]> =>
  (await admin.get<{ items: Line[] }>('/journal', query)).items;
/** Empty for a file the database did away with between being listed and read. */
const bytesOf = (file: string): Buffer => (existsSync(file) ? readFileSync(file) : Buffer.alloc(0));
const trusted = () => ({ ca, rejectUnauthorized: true });
const device = (username: string, port = platform.ports.mqtts) =>
  connectAsync(`mqtts://localhost:${port}`, { username, ca, protocolVersion: 4, reconnectPeriod: 0 });

describe('terminals', () => {
  test(clause('H-5-8', 'encryption: a device speaks MQTT over TLS and knows whom it speaks to'), async () => {
    const client = await device(estate.token);
    await client.publishAsync('v1/devices/me/telemetry', '{"dirt": 7}', { qos: 1 });
    await client.endAsync();
    expect(await handshake('127.0.0.1', platform.ports.mqtts, trusted())).toBe('TLSv1.3');
    expect(await handshake('127.0.0.1', platform.ports.mqtts, { rejectUnauthorized: true })).toMatch(/CERT|VERIFY/);
  });

  test(clause('H-5-8', 'access control: a device without a credential of its own is not let in'), async () => {
    for (const token of ['nobody-knows-this-token-0123456789', `${estate.token}x`, ''])
      await expect(device(token)).rejects.toThrow(/auth|refused|closed/i);
  });

  test(
    clause(
      'H-5-8',
      'I-8.3-b',
      'audit: what a device does out of turn stands in the journal: which one, from where, when',
    ),
    async () => {
      const client = await device(estate.token);
      const cut = new Promise<void>((resolve) => client.on('close', () => resolve()));
      client.on('error', () => {});
      client.publish('v1/devices/SOMEBODY-ELSE/telemetry', '{}', { qos: 1 }, () => {});
      await cut;
      const found = await eventually(
        () => lines({ kind: 'device' }),
        (page) => page.length > 0,
        60,
      );
      const subject = `thing:${estate.thing}`;
      expect(found[0]).toMatchObject({ action: 'thing.misbehaved', subject, from: '127.0.0.1', outcome: 'refused' });
      expect(Number.isNaN(Date.parse(found[0]?.at ?? ''))).toBe(false);
    },
  );
});

describe('edge', () => {
  const post = (token: string) =>
    rawAnswer({
      ...{
        port: platform.ports.deviceHttps,
        ca,
        path: `/api/v1/${token}/telemetry`,
        method: 'POST',
        body: '{"dirt": 8}',
      },
      headers: { 'content-type': 'application/json' },
    });

  test(clause('H-5-8', 'encryption: the gateway takes signals over HTTPS, TLS 1.2 or later'), async () => {
    expect((await post(estate.token)).status).toBe(200);
    expect(await handshake('127.0.0.1', platform.ports.deviceHttps, trusted())).toMatch(/^TLSv1\.[23]$/);
  });

  test(
    clause('H-5-8', 'access control: the gateway refuses strangers, and who was taken off the list at once'),
    async () => {
      expect((await post('nobody-knows-this-token-0123456789')).status).toBe(401);
      const path = `/things/${estate.thing}/whitelist`;
      await admin.send('PUT', path, { whitelist: 'suspended', reason: 'lost' });
      await eventually(
        () => post(estate.token),
        ({ status }) => status === 401 || status === 403,
      );
      await admin.send('PUT', path, { whitelist: 'admitted', reason: 'found' });
      await eventually(
        () => post(estate.token),
        ({ status }) => status === 200,
      );
    },
  );

  test(clause('H-5-8', 'audit: letting a device speak or not is in the journal, with who decided'), async () => {
    const found = await lines({ subject: `thing:${estate.thing}`, actor: admin.id, text: estate.thing });
    expect(found.map(({ action }) => action).filter((action) => action.includes('whitelist')).length).toBeGreaterThan(
      0,
    );
  });
});

describe('data', () => {
  const level3 = { name: 'note.txt', mediaType: 'text/plain', subject: 'trial:layers', storeLevel: '3' };
  let record: string;
  beforeAll(async () => {
    const bytes = Buffer.from(`${secretText}\n`.repeat(50));
    const { body } = await admin.ask('POST', '/records', { query: { ...level3, place: estate.building }, bytes });
    record = (body as { id: string }).id;
  });

  test(clause('H-5-8', 'encryption: what a sensitive file says stands nowhere on disk in clear text'), async () => {
    const { text } = await admin.ask('GET', `/records/${record}/content`, { query: { purpose: 'control' } });
    expect(text).toContain(secretText);
    const readable: string[] = [];
    let known = 0;
    for (const folder of [platform.dataDir, databaseFolder(platform)])
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = bytesOf(file);
        if (bytes.includes(secretText)) readable.push(file);
        if (bytes.includes(estate.thingCode)) known += 1;
      }
    // What is no secret is found this way: the search looks where things are.
    expect(known).toBeGreaterThan(0);
    expect(readable).toEqual([]);
  });

  test(clause('H-5-8', 'access control: data are read by those whose right and place it is'), async () => {
    const elsewhere = await settle(platform, admin, 'ELSEWHERE');
    const stranger = await addPerson(platform.url, admin, { role: 'supervisor', places: [elsewhere.place] });
    expect((await stranger.ask('GET', `/records/${record}`)).status).toBe(404);
    expect((await stranger.ask('GET', `/telemetry/things/${estate.thing}/latest`)).status).toBe(404);
    const auditor = await addPerson(platform.url, admin, { role: 'auditor' });
    expect((await auditor.ask('GET', `/records/${record}`)).status).toBe(403);
  });

  test(clause('H-5-8', 'audit: each look at a sensitive file leaves who looked and why'), async () => {
    await looker.ask('GET', `/records/${record}/content`, { query: { purpose: 'complaint 42' } });
    const found = await lines({ action: 'record.open', actor: looker.id });
    expect(found).toMatchObject([{ kind: 'access', purpose: 'complaint 42', outcome: 'done' }]);
  });
});

describe('applications', () => {
  test(clause('H-5-8', 'encryption: the services answer over HTTPS'), async () => {
    const headers = { authorization: `Bearer ${platform.apiKey}` };
    const answer = await rawAnswer({ port: platform.ports.https, ca, path: '/api/v1/alarms?state=all', headers });
    expect([answer.status, answer.text.includes(estate.alarm)]).toEqual([200, true]);
  });

  test(clause('H-5-8', 'access control: who may look at an alarm may not handle it'), async () => {
    expect((await looker.ask('GET', `/alarms/${estate.alarm}`)).status).toBe(200);
    const reply = await looker.ask('POST', `/alarms/${estate.alarm}/acknowledgement`, { body: {} });
    expect(reply).toMatchObject({ status: 403, body: { type: 'not-allowed', permission: 'alarm:acknowledge' } });
  });

  test(clause('H-5-8', 'I-8.3-b', 'audit: people and the platform itself both answer for what they did'), async () => {
    await admin.send('POST', `/alarms/${estate.alarm}/acknowledgement`, { note: 'seen' });
    expect((await lines({ action: 'alarm.acknowledge' }))[0]).toMatchObject({ actor: { kind: 'user', id: admin.id } });
    const opened = await eventually(
      () => lines({ action: 'case.open', kind: 'system' }),
      (page) => page.length > 0,
      60,
    );
    expect(opened[0]).toMatchObject({ actor: { kind: 'system' }, outcome: 'done' });
  });
});

describe('ends', () => {
  test(
    clause('H-5-8', 'encryption: the console comes over HTTPS, with a policy for what its pages may load'),
    async () => {
      const page = await rawAnswer({ port: platform.ports.https, ca, path: '/' });
      expect([page.status, page.text.includes('<div id="root"')]).toEqual([200, true]);
      expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    },
  );

  test(clause('H-5-8', 'access control: a page without a session learns nothing but how to sign in'), async () => {
    const at = (path: string) => rawAnswer({ port: platform.ports.https, ca, path });
    for (const path of ['/api/v1/sessions/current', '/api/v1/places', '/api/v1/alarms', '/api/v1/journal'])
      expect((await at(path)).status).toBe(401);
    expect(Object.keys(JSON.parse((await at('/api/v1/sessions/policy')).text)).sort()).toEqual(
      ['idleMinutes', 'passwordLength', 'waived'].sort(),
    );
  });

  test(clause('H-5-8', 'audit: coming and going are in the journal'), async () => {
    const guest = await addPerson(platform.url, admin, { role: 'supervisor' });
    await guest.send('DELETE', '/sessions/current');
    const found = await lines({ actor: guest.id });
    expect(found.map(({ action }) => action)).toEqual(['session.close', 'session.open']);
  });
});

test(
  clause('H-5-1', 'every layer tells its health: series of each process, of devices, of storage and of pages'),
  async () => {
    const series = () => rawAnswer({ port: platform.ports.http, path: '/metrics' }).then(({ text }) => text);
    const all = (text: string) => ['gateway', 'api', 'worker'].every((role) => text.includes(`role="${role}"`));
    const text = await eventually(series, all, 30);
    expect(text).toMatch(/^keystead_gateway_\w+\{[^}]*role="gateway"[^}]*\} \d/m);
    expect(text).toMatch(/^keystead_http_request_seconds_count\{[^}]*role="api"[^}]*\} \d/m);
    expect(text).toMatch(/^keystead_process_cpu_seconds_total\{[^}]*role="worker"[^}]*\} \d/m);
    const intake = await admin.get<{ followers: unknown[]; gateways: unknown[] }>('/telemetry/intake');
    expect([intake.followers.length > 0, intake.gateways.length > 0]).toEqual([true, true]);
    const { probes } = await admin.get<{ probes: { source: string; state: string }[] }>('/system/status');
    expect(probes.map(({ source }) => source)).toEqual(expect.arrayContaining(['database-latency', 'events', 'jobs']));
  },
);
