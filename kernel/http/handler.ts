import type { Actor } from '@keystead/contracts/access';
import { InputInvalid } from '@keystead/contracts/problem';
import { chooseLanguage } from '@keystead/kernel/i18n';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { createIdempotency } from './idempotency.ts';
import { type Answer, Download, type MountedRoute, type RequestFacts } from './route.ts';

/** Sent by pages with what they ask by themselves, while nobody touches them. */
export const backgroundHeader = 'x-keystead-background';

const credentials: ReadonlySet<string> = new Set(['authorization', 'cookie']);

export function factsOf(request: FastifyRequest): RequestFacts {
  const match = request.headers['if-match'];
  let version: number | undefined;
  if (typeof match === 'string') {
    version = Number(match.replaceAll('"', ''));
    if (!Number.isInteger(version))
      throw new InputInvalid({ in: 'headers' }, [{ pointer: '/if-match', code: 'integer' }]);
  }
  return {
    from: request.ip,
    language: chooseLanguage(request.headers['accept-language']),
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, 200),
    cookies: request.cookies ?? {},
    version,
    background: request.headers[backgroundHeader] !== undefined,
    header: (name) => {
      const value = credentials.has(name) ? undefined : request.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
  };
}

function answerOf(reply: FastifyReply, secure: boolean): Answer {
  return {
    status: (code) => void reply.code(code),
    header: (name, value) => void reply.header(name, value),
    cookie: (name, value, maxAgeSeconds) => {
      const shape = { path: '/', httpOnly: true, sameSite: 'strict' as const, secure };
      if (value === null) void reply.clearCookie(name, shape);
      else
        void reply.setCookie(name, value, {
          ...shape,
          ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
        });
    },
  };
}

const quoted = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

/** Calls the handler of a route and sends what it returns. */
export async function runRoute(
  route: MountedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor | undefined,
  facts: RequestFacts,
  once: ReturnType<typeof createIdempotency>,
): Promise<unknown> {
  const run = () =>
    route.run({
      actor: actor as Actor,
      params: request.params as never,
      query: request.query as never,
      body: request.body as never,
      facts,
      answer: answerOf(reply, request.protocol === 'https'),
    });
  reply.code(route.status ?? 200);
  const key = request.headers['idempotency-key'];
  if (actor && request.method === 'POST' && typeof key === 'string' && key.length <= 100) {
    const kept = await once(actor, key, route.id, async () => ({ body: await run(), status: reply.statusCode }));
    return reply.code(kept.status).send(kept.body ?? null);
  }
  const result = await run();
  if (result instanceof Download) {
    reply.type(result.mediaType);
    if (result.fileName) reply.header('content-disposition', quoted(result.fileName));
    return reply.serializer((payload: unknown) => payload as string).send(result.content);
  }
  if (result === undefined) return reply.code(reply.statusCode === 200 ? 204 : reply.statusCode).send();
  return reply.send(result);
}
