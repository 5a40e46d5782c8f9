import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import { createLog } from '@keystead/kernel/base';
import { createHttp, csrfHeader, Download, type Http, route } from '@keystead/kernel/http';
import { createCatalogue } from '@keystead/kernel/i18n';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';

class TeaRefused extends problem('tea-refused', 409) {}

let platform: TestPlatform;
let http: Http;
let person: Actor;
let made = 0;

beforeAll(async () => {
  platform = await startPlatform();
  person = platform.actor('tea:make');
  const catalogue = createCatalogue();
  catalogue.load(new URL('../i18n', import.meta.url).pathname);
  http = await createHttp({
    db: platform.db,
    clock: platform.clock,
    log: createLog('test', 'silent'),
    catalogue,
    rate: 1_000_000,
    authenticator: {
      authenticate: async ({ cookies, authorization }) =>
        cookies.session === 'good'
          ? { actor: person, byCookie: true }
          : authorization === 'Bearer good'
            ? { actor: person, byCookie: false }
            : undefined,
    },
  });
  const Tea = Type.Object({ kind: Type.String({ minLength: 2 }), cups: Type.Integer({ minimum: 1 }) });
  http.mount('/tea', [
    route({
      id: 'tea.make',
      at: 'POST /',
      summary: 'make',
      permission: 'tea:make',
      status: 201,
      body: Tea,
      reply: Type.Object({ n: Type.Integer() }),
      run: async () => ({ n: ++made }),
    }),
    route({ id: 'tea.pour', at: 'POST /pour', summary: 'pour', permission: 'tea:pour', run: async () => ({}) }),
    route({
      id: 'tea.menu',
      at: 'GET /menu',
      summary: 'menu',
      open: true,
      query: Type.Object({ cups: Type.Integer(), hot: Type.Optional(Type.Boolean()) }),
      run: async ({ query }) => query,
    }),
    route({
      id: 'tea.refuse',
      at: 'GET /refuse',
      summary: 'refuse',
      open: true,
      run: async () => {
        throw new TeaRefused({ reason: 'late' });
      },
    }),
    route({
      id: 'tea.spill',
      at: 'GET /spill',
      summary: 'spill',
      open: true,
      run: async () => {
        throw new Error('secret cause');
      },
    }),
    route({
      id: 'tea.leaf',
      at: 'GET /leaf',
      summary: 'leaf',
      open: true,
      run: async () => new Download('a,b\n', 'text/csv', '茶.csv'),
    }),
    route({
      id: 'tea.raw',
      at: 'PUT /raw',
      summary: 'raw',
      open: true,
      body: 'bytes',
      run: async ({ body }) => ({ bytes: body.length }),
    }),
  ]);
});
afterAll(async () => {
  await http.app.close();
  await platform.stop();
});

const key = { authorization: 'Bearer good' };
const make = (payload: unknown, headers: Record<string, string> = key) =>
  http.app.inject({ method: 'POST', url: '/api/v1/tea', headers, payload: payload as object });

test('a route that says neither permission, signed-in nor open fails at start', () => {
  expect(() => http.mount('/x', [route({ id: 'x.y', at: 'GET /', summary: 'x', run: async () => ({}) })])).toThrow(
    'names no permission',
  );
});

test(clause('H-9.4-b-1', 'rights are denied unless given: nobody gets 401, the unentitled 403'), async () => {
  expect((await make({ kind: 'green', cups: 1 }, {})).statusCode).toBe(401);
  const refused = await http.app.inject({ method: 'POST', url: '/api/v1/tea/pour', headers: key });
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({ type: 'not-allowed', permission: 'tea:pour' });
});

test('a body is taken as it is: no coercion, unknown fields refused, every error told with its pointer', async () => {
  const answer = await make({ kind: 'g', cups: '3', sugar: true });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const pointers = answer
    .json()
    .errors.map((error: { pointer: string }) => error.pointer)
    .sort();
  expect(pointers).toEqual(['/cups', '/kind', '/sugar']);
});

test('malformed JSON and an unknown body type are refusals, not failures', async () => {
  const broken = await http.app.inject({
    method: 'POST',
    url: '/api/v1/tea',
    headers: { ...key, 'content-type': 'application/json' },
    payload: '{"kind":',
  });
  expect(broken.statusCode).toBe(400);
  const huge = await http.app.inject({
    method: 'POST',
    url: '/api/v1/tea',
    headers: { ...key, 'content-type': 'application/json' },
    payload: `"${'x'.repeat(1_200_000)}"`,
  });
  expect(huge.json().type).toBe('body-too-large');
});

test('query strings are converted by schema', async () => {
  expect((await http.app.inject('/api/v1/tea/menu?cups=3&hot=true')).json()).toEqual({ cups: 3, hot: true });
  expect((await http.app.inject('/api/v1/tea/menu?cups=three')).statusCode).toBe(400);
});

test('a change by cookie needs the header no foreign page can set; one by key does not', async () => {
  const cookie = { cookie: 'session=good' };
  expect((await make({ kind: 'green', cups: 1 }, cookie)).json()).toMatchObject({
    type: 'not-allowed',
    reason: 'csrf',
  });
  expect((await make({ kind: 'green', cups: 1 }, { ...cookie, [csrfHeader]: '1' })).statusCode).toBe(201);
});

test('a create with an Idempotency-Key happens once; the same key for another route is refused; a refusal frees the key', async () => {
  const before = made;
  const headers = { ...key, 'idempotency-key': 'k1' };
  const answers = [await make({ kind: 'green', cups: 1 }, headers), await make({ kind: 'green', cups: 1 }, headers)];
  expect(answers.map((answer) => answer.json())).toEqual([{ n: before + 1 }, { n: before + 1 }]);
  expect(answers[1]?.statusCode).toBe(201);
  const together = await Promise.all(
    Array.from({ length: 10 }, () => make({ kind: 'black', cups: 1 }, { ...key, 'idempotency-key': 'k2' })),
  );
  expect(made).toBe(before + 2);
  expect(together.every((answer) => answer.statusCode === 201 || answer.statusCode === 409)).toBe(true);
});

test('problems come in the reader’s language; an unknown error shows no cause', async () => {
  const refused = await http.app.inject({ url: '/api/v1/tea/refuse', headers: { 'accept-language': 'en' } });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ type: 'tea-refused', reason: 'late', instance: '/api/v1/tea/refuse' });
  const failed = await http.app.inject({ url: '/api/v1/tea/spill' });
  expect(failed.statusCode).toBe(500);
  expect(failed.json()).toMatchObject({ type: 'internal', title: expect.stringContaining('服务器内部错误') });
  expect(failed.body).not.toContain('secret cause');
});

test('downloads carry their name, uploads of any type arrive as bytes', async () => {
  const file = await http.app.inject('/api/v1/tea/leaf');
  expect(file.body).toBe('a,b\n');
  expect(file.headers['content-disposition']).toContain("filename*=UTF-8''%E8%8C%B6.csv");
  const raw = await http.app.inject({
    method: 'PUT',
    url: '/api/v1/tea/raw',
    headers: { 'content-type': 'image/png' },
    payload: Buffer.from([1, 2, 3]),
  });
  expect(raw.json()).toEqual({ bytes: 3 });
});

test('every answer carries security headers and the API describes itself', async () => {
  const answer = await http.app.inject('/api/v1/tea/menu?cups=1');
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  await http.app.ready();
  const document = http.app.swagger() as unknown as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/api/v1/tea/']?.post?.operationId ?? document.paths['/api/v1/tea']?.post?.operationId).toBe(
    'tea.make',
  );
});
