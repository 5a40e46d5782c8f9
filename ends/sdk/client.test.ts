import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createCall, targetOf } from './client.ts';
import { isProblem, ProblemError } from './problem.ts';

let server: Server | undefined;
afterEach(() => server?.close());

interface Heard {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real server on loopback that answers everything alike and keeps what it heard. */
async function listen(answer: (reply: ServerResponse) => void): Promise<{ baseUrl: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const made = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(reply);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, heard };
}

const json =
  (status: number, body: unknown, type = 'application/json') =>
  (reply: ServerResponse) => {
    reply.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  };

const get = { id: 'a.get', method: 'GET', path: '/api/v1/a/{id}' };
const create = { id: 'a.create', method: 'POST', path: '/api/v1/a', creates: true };

describe('the address of a call', () => {
  test('places are filled and escaped, lists repeat, what is undefined is left out', () => {
    const query = { q: 'a b', n: [1, 2], none: undefined, at: new Date(0) };
    expect(targetOf('/a/{id}', { params: { id: 'x/y' }, query })).toBe(
      '/a/x%2Fy?q=a+b&n=1&n=2&at=1970-01-01T00%3A00%3A00.000Z',
    );
  });

  test('an empty place is refused, for it would be another address', () => {
    expect(() => targetOf('/a/{id}/b', { params: { id: '' } })).toThrow('params.id');
  });
});

describe('a call', () => {
  test('sends JSON with the CSRF header, the language, and gives back the typed reply', async () => {
    const { baseUrl, heard } = await listen(json(201, { id: '1' }));
    const call = createCall({ baseUrl, language: () => 'zh-CN' });
    expect(await call(create, { body: { title: '烟雾' } })).toEqual({ id: '1' });
    expect(heard[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/a',
      headers: { 'x-keystead-csrf': '1', 'content-type': 'application/json', 'accept-language': 'zh-CN' },
      body: '{"title":"烟雾"}',
    });
  });

  test('a create carries a key of its own each time, and the given one when it is repeated', async () => {
    const { baseUrl, heard } = await listen(json(201, {}));
    const call = createCall({ baseUrl });
    await call(create, { body: {} });
    await call(create, { body: {} });
    await call(create, { body: {} }, { idempotencyKey: 'mine' });
    const keys = heard.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('mine');
  });

  test('an edit names the version it was made on; reading carries no key', async () => {
    const { baseUrl, heard } = await listen(json(200, {}));
    await createCall({ baseUrl, apiKey: 'secret' })(get, { params: { id: '1' } }, { ifMatch: 7 });
    expect(heard[0]?.headers).toMatchObject({ 'if-match': '"7"', authorization: 'Bearer secret' });
    expect(heard[0]?.headers['idempotency-key']).toBeUndefined();
  });

  test('no content is undefined, a download is a Blob', async () => {
    const none = await listen((reply) => reply.writeHead(204).end());
    expect(await createCall(none)(get, { params: { id: '1' } })).toBeUndefined();
    server?.close();
    const file = await listen((reply) => reply.writeHead(200, { 'content-type': 'text/csv' }).end('a,b'));
    const reply = await createCall(file)(get, { params: { id: '1' } });
    expect(reply instanceof Blob && (await reply.text())).toBe('a,b');
  });
});

describe('a refusal', () => {
  const caught = (promise: Promise<unknown>) => promise.catch((cause: unknown) => cause);

  test('is a ProblemError with the whole body', async () => {
    const body = {
      type: 'input-invalid',
      title: '输入有误',
      status: 400,
      errors: [{ pointer: '/title', code: 'required' }],
      in: 'body',
    };
    const { baseUrl } = await listen(json(400, body, 'application/problem+json'));
    const cause = await caught(createCall({ baseUrl })(create, { body: {} }));
    expect(isProblem(cause, 'input-invalid')).toBe(true);
    expect((cause as ProblemError).body).toEqual(body);
    expect((cause as ProblemError).errors).toEqual(body.errors);
  });

  test('a page of something between us and the platform is an unexpected answer', async () => {
    const { baseUrl } = await listen((reply) => reply.writeHead(502).end('<h1>Bad gateway</h1>'));
    const cause = await caught(createCall({ baseUrl })(get, { params: { id: '1' } }));
    expect(cause).toMatchObject({ type: 'unexpected-answer', status: 502, body: { detail: '<h1>Bad gateway</h1>' } });
  });

  test('a platform that cannot be reached is a problem too, an aborted call is not', async () => {
    const { baseUrl } = await listen(json(200, {}));
    await new Promise((resolve) => server?.close(resolve));
    expect(await caught(createCall({ baseUrl })(get, { params: { id: '1' } }))).toMatchObject({
      type: 'unreachable',
      status: 0,
    });
    const abort = AbortSignal.abort(new Error('page left'));
    const cause = await caught(createCall({ baseUrl })(get, { params: { id: '1' } }, { signal: abort }));
    expect(cause instanceof ProblemError).toBe(false);
  });

  test('a call that lacks a part of its path is a fault of the caller, not a problem of the platform', async () => {
    const cause = await caught(createCall({ baseUrl: 'http://127.0.0.1:1' })(get, { params: {} }));
    expect(cause).toBeInstanceOf(TypeError);
  });
});
