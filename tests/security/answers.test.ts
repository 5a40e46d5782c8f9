import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clause, type Installation, startInstallation } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInAdministrator } from './administrator.ts';
import { type Document, operationsOf } from './operations.ts';
import type { Person } from './person.ts';
import { type RawAnswer, type RawRequest, rawAnswer } from './raw-answer.ts';
import { keyHolder, script } from './visitor.ts';

let platform: Installation;
let admin: Person;
let ca: Buffer;

beforeAll(async () => {
  platform = await startInstallation();
  admin = await signInAdministrator(platform);
  ca = readFileSync(join(platform.dataDir, 'tls', 'ca.crt'));
});
afterAll(() => platform?.stop());

const bearer = () => ({ authorization: `Bearer ${platform.apiKey}` });
const ask = (asked: Omit<RawRequest, 'port'>): Promise<RawAnswer> =>
  rawAnswer({ port: asked.ca ? platform.ports.https : platform.ports.http, ...asked });
const problemOf = ({ headers, text }: RawAnswer) => ({
  contentType: headers['content-type'],
  ...(JSON.parse(text) as { type: string; status: number; title: string }),
});

describe('headers', () => {
  const kinds: [string, Omit<RawRequest, 'port'>, number][] = [
    ['data', { path: '/api/v1/places' }, 200],
    ['a download', { path: '/api/v1/places/export' }, 200],
    ['a refusal', { path: '/api/v1/places', method: 'POST', headers: { 'content-type': 'application/json' } }, 400],
    ['nothing there', { path: '/api/v1/nothing-here' }, 404],
    ['a page', { path: '/' }, 200],
    ['a page of the console', { path: '/alarms/desk' }, 200],
    ['a file that is missing', { path: '/assets/missing.js' }, 404],
    ['health', { path: '/health/ready' }, 200],
    ['figures', { path: '/metrics' }, 200],
    ['the description', { path: '/api/v1/openapi.json' }, 200],
  ];

  test.each(kinds)(clause('H-5-8', '%s carries them all, over clear text and TLS'), async (_name, asked, status) => {
    for (const more of [{}, { ca }]) {
      const answer = await ask({ ...asked, headers: { ...asked.headers, ...bearer() }, ...more });
      expect(answer.status).toBe(status);
      const { headers } = answer;
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe|default-src[^;]*(unsafe|\*)/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(headers['x-frame-options']).toMatch(/^(DENY|SAMEORIGIN)$/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('somebody not signed in gets them too', async () => {
    const answer = await ask({ path: '/api/v1/places' });
    expect([answer.status, answer.headers['x-content-type-options']]).toEqual([401, 'nosniff']);
  });
});

test('what is not there is a problem with its type, in the language asked for', async () => {
  for (const [method, path] of [
    ['GET', '/api/v1/nothing'],
    ['DELETE', '/api/v1/places'],
    ['POST', '/nothing'],
    ['GET', '/api/nothing'],
  ] as const) {
    const found = problemOf(await ask({ method, path, headers: { ...bearer(), 'accept-language': 'en' } }));
    expect(found).toMatchObject({
      type: 'not-found',
      status: 404,
      contentType: expect.stringContaining('problem+json'),
    });
    expect(found.title).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('paths that climb out of the folder lead nowhere', async () => {
  const secret = readFileSync(join(platform.dataDir, 'tls', 'server.key'), 'utf8').slice(0, 60);
  const climbs = [
    '..',
    '%2e%2e',
    '..%2f..',
    '%2e%2e%2f%2e%2e',
    '..%5c..',
    '..;',
    '....//',
    '%252e%252e',
    '%c0%ae%c0%ae',
  ];
  const targets = ['package.json', 'etc/passwd', 'server/main.ts', 'index.html%00.json'];
  const depths = [1, 4, 12];
  const seen: string[] = [];
  for (const climb of climbs)
    for (const target of targets)
      for (const depth of depths)
        for (const base of ['/', '/assets/', '//']) {
          const path = `${base}${`${climb}/`.repeat(depth)}${target}`;
          const { status, text } = await ask({ path });
          const leaked = /"workspaces"|"dependencies"|root:.*:0:|parseArgs/.test(text) || text.includes(secret);
          if (leaked || status >= 500) seen.push(`${path}: ${status}`);
        }
  expect(seen).toEqual([]);
});

test('a body that is too large is refused with 413', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(1_100_000) });
  const headers = { ...bearer(), 'content-type': 'application/json' };
  const answer = await ask({ method: 'POST', path: '/api/v1/places', headers, body });
  expect(problemOf(answer)).toMatchObject({ type: 'body-too-large', status: 413 });
});

test('who is not signed in hears so before what he sent is read or judged', async () => {
  const headers = { 'content-type': 'application/json' };
  const wrong = await ask({ method: 'POST', path: '/api/v1/places', headers, body: '{"nonsense":1}' });
  expect(problemOf(wrong)).toMatchObject({ type: 'not-signed-in', status: 401 });
  const large = JSON.stringify({ rows: [], padding: 'x'.repeat(12_000_000) });
  const heavy = await ask({ method: 'POST', path: '/api/v1/places/import', headers, body: large });
  expect(heavy.status).toBe(401);
});

test('what is no JSON, and what no route takes, is refused in order', async () => {
  const post = (type: string, body: string) =>
    ask({ method: 'POST', path: '/api/v1/places', headers: { ...bearer(), 'content-type': type }, body });
  for (const [type, body] of [
    ['application/json', '{"parent": '],
    ['application/json', '[]'],
    ['text/plain', 'parent=null'],
    ['application/x-www-form-urlencoded', 'parent=null&kind=project'],
    ['application/xml', '<place/>'],
    ['application/json', '{"__proto__": {"admin": true}, "parent": null}'],
  ] as const) {
    const found = problemOf(await post(type, body));
    expect([400, 415], `${type} ${body}`).toContain(found.status);
    expect(found.contentType).toContain('problem+json');
  }
});

test('too many requests are answered 429, by key and by route', async () => {
  const made = await admin.send<{ text: string }>('POST', '/identity/keys', {
    ...{ name: 'slow', permissions: ['place:read'], perMinute: 3 },
  });
  const slow = script(platform.url, made.text);
  const byKey: number[] = [];
  for (let n = 0; n < 6; n++) byKey.push((await slow.ask('GET', '/places')).status);
  expect(byKey.slice(0, 3)).toEqual([200, 200, 200]);
  expect(byKey).toContain(429);
  const key = keyHolder(platform);
  const byRoute = [];
  for (let n = 0; n < 12; n++) byRoute.push(await key.ask('GET', '/journal/export', { query: { text: 'nothing' } }));
  const last = byRoute.at(-1);
  expect([last?.status, last?.body]).toMatchObject([429, { type: 'too-many-requests' }]);
});

test('the API describes itself: every mounted route, with its permission and its problems', async () => {
  const document = await script(platform.url).get<Document>('/openapi.json');
  expect(document.openapi).toMatch(/^3\.1\./);
  const operations = await operationsOf(admin);
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  const lacking = operations.filter(({ id, summary, permission }) => !id || !summary || !permission);
  expect(lacking).toEqual([]);
  // What the platform says it mounts, seen from the side of permissions.
  const { items } = await admin.get<{ items: { permission: string; routes: { id: string }[] }[] }>(
    '/identity/permissions',
  );
  const mounted = items.flatMap(({ permission, routes }) => routes.map(({ id }) => `${id} ${permission}`)).sort();
  const described = operations
    .filter(({ permission }) => permission.includes(':'))
    .map(({ id, permission }) => `${id} ${permission}`)
    .sort();
  expect(described).toEqual(mounted);
  const open = operations.filter(({ permission }) => permission === 'open').map(({ id }) => id);
  const meant = [
    'sessions.create',
    // A tenant signs in by a code sent to his telephone: a known number and an unknown one are answered alike.
    'sessions.sendCode',
    'sessions.createByCode',
    'sessions.policy',
    // An agent shows a join token: 120 a minute from one address, each token once.
    'fleet.join',
    // A carrier of text messages tells what became of them, under the secret of the channel.
    'notifyReceipts.take',
    // The media server asks whether a link's signed token holds; who shows none is told no.
    'video.playHook',
    'video.fileHook',
    // A channel tells of a payment under its own signature.
    'payments.callback',
  ];
  expect(open.toSorted()).toEqual(meant.toSorted());
});
