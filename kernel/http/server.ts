import type { Server } from 'node:http';
import type { Actor } from '@keystead/contracts/access';
import { NotAllowed, NotFound, NotSignedIn } from '@keystead/contracts/problem';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';
import { type Catalogue, chooseLanguage } from '@keystead/kernel/i18n';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { factsOf, runRoute } from './handler.ts';
import { createIdempotency } from './idempotency.ts';
import { nameRepeated } from './named-schemas.ts';
import { asProblem, internalBody, problemBody } from './problems.ts';
import type { MountedRoute, RequestFacts } from './route.ts';
import { closed, validatorFor } from './validation.ts';

/** Who is asking, for what he was given: a session cookie or a key. Plugged in by identity. */
export interface Authenticator {
  /** The actor of a request, or undefined when it carries nothing valid. `byCookie` asks for the CSRF header. */
  authenticate(request: {
    cookies: Readonly<Record<string, string | undefined>>;
    authorization?: string;
    facts: RequestFacts;
  }): Promise<{ actor: Actor; byCookie: boolean } | undefined>;
}

export interface HttpOptions {
  db: Db;
  clock: Clock;
  log: Log;
  catalogue: Catalogue;
  authenticator: Authenticator;
  /** Requests a minute one address or actor may make in all. */
  rate?: number;
  /** Compiles every check at the start instead of when it is first needed: for those who look for mistakes. */
  eager?: boolean;
  onRequest?: (route: string, status: number, seconds: number) => void;
}

export interface Http {
  mount(prefix: string, routes: MountedRoute[]): void;
  readonly mounted: ReadonlyArray<MountedRoute & { url: string; method: string }>;
  readonly app: FastifyInstance;
}

interface Asker {
  actor: Actor | undefined;
  facts: RequestFacts;
}

/** Cookie-borne requests that change something carry this header, which no foreign page can set. */
export const csrfHeader = 'x-keystead-csrf';

const schemaOf = (route: MountedRoute) => ({
  operationId: route.id,
  summary: route.summary,
  tags: [route.id.split('.')[0] as string],
  ...(route.params ? { params: closed(route.params) } : {}),
  ...(route.query ? { querystring: closed(route.query) } : {}),
  ...(route.body && route.body !== 'bytes' ? { body: closed(route.body) } : {}),
  ...(route.reply ? { response: { [route.status ?? 200]: route.reply } } : {}),
  ...(route.body === 'bytes' ? { 'x-body': 'bytes' } : {}),
  'x-permission': route.permission ?? (route.open ? 'open' : 'signed-in'),
  'x-problems': (route.problems ?? []).map((each) => ({ type: each.type, status: each.status })),
});

/** Loaded by the processes that serve people; the others know routes only by their types, and spare 20 MB and 0.1 s. */
async function load() {
  const [{ default: fastify, LogController }, cookie, helmet, rateLimit, swagger, websocket] = await Promise.all([
    import('fastify'),
    import('@fastify/cookie'),
    import('@fastify/helmet'),
    import('@fastify/rate-limit'),
    import('@fastify/swagger'),
    import('@fastify/websocket'),
  ]);
  return {
    ...{ fastify, LogController, cookie: cookie.default, helmet: helmet.default },
    ...{ rateLimit: rateLimit.default, swagger: swagger.default, websocket: websocket.default },
  };
}

export async function createHttp(options: HttpOptions): Promise<Http> {
  const { log, catalogue, authenticator } = options;
  const libraries = await load();
  const app = libraries.fastify({
    loggerInstance: log,
    logController: new libraries.LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
  } as object) as unknown as FastifyInstance<Server>;

  app.setValidatorCompiler(({ schema, httpPart }) => validatorFor(httpPart, schema as object, options.eager ?? false));
  await app.register(libraries.cookie);
  await app.register(libraries.helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // Pictures of cameras come from a media server of its own address; only pictures and sound may.
        mediaSrc: ["'self'", 'blob:', 'https:', 'http:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        fontSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: false, // said by the TLS listener, if at all: listen.ts
  });
  await app.register(libraries.rateLimit, {
    max: options.rate ?? 6000,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.ip,
  });
  await app.register(libraries.swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Keystead', version: '1' }, servers: [{ url: '/' }] },
    hideUntagged: true,
    transformObject: (document) => nameRepeated('openapiObject' in document ? document.openapiObject : {}),
  });
  await app.register(libraries.websocket, { options: { maxPayload: 64 * 1024 } });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // A route that takes bytes gets JSON as it came, too: who signs a body signs its bytes.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if ((request.routeOptions.config as { bytes?: boolean }).bytes) done(null, body);
    else void parseJson(request, body.toString('utf8'), done);
  });

  app.setErrorHandler((cause, request, reply) => sendProblem(cause, request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new NotFound({ path: request.url.split('?')[0] }), request, reply),
  );
  if (options.onRequest) {
    app.addHook('onResponse', async (request, reply) =>
      options.onRequest?.(request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000),
    );
  }

  function sendProblem(cause: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const found = asProblem(cause);
    const t = catalogue.in(chooseLanguage(request.headers['accept-language']));
    if (!found) log.error({ err: cause, url: request.url }, 'request failed');
    const body = found ? problemBody(found, request.url, t) : internalBody(request.url, t);
    void reply.code(body.status).type('application/problem+json').serializer(JSON.stringify).send(body);
  }

  async function actorOf(request: FastifyRequest, facts: RequestFacts): Promise<Actor | undefined> {
    const found = await authenticator.authenticate({
      cookies: request.cookies,
      authorization: request.headers.authorization,
      facts,
    });
    if (!found) return undefined;
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (found.byCookie && changes && request.headers[csrfHeader] === undefined)
      throw new NotAllowed({ reason: 'csrf' });
    return found.actor;
  }

  const once = createIdempotency(options.db, options.clock);
  const askers = new WeakMap<FastifyRequest, Asker>();
  const mounted: (MountedRoute & { url: string; method: string })[] = [];

  function mount(prefix: string, routes: MountedRoute[]): void {
    for (const route of routes) {
      if (!route.permission && !route.open && !route.signedIn)
        throw new Error(`route ${route.id} names no permission and is not open`);
      if (mounted.some((each) => each.id === route.id)) throw new Error(`two routes are named ${route.id}`);
      const [method, path] = route.at.split(' ') as [string, string];
      const url = `/api/v1${prefix}${path === '/' ? '' : path}`;
      mounted.push({ ...route, url, method });
      app.route({
        method,
        url,
        schema: schemaOf(route) as object,
        ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
        config: {
          ...(route.body === 'bytes' ? { bytes: true } : {}),
          ...(route.rate ? { rateLimit: { max: route.rate, timeWindow: '1 minute' } } : {}),
        },
        // Before the body is read or anything of it judged: strangers cost nothing and learn nothing.
        onRequest: async (request: FastifyRequest) => {
          const facts = factsOf(request);
          const actor = await actorOf(request, facts);
          if (!actor && !route.open) throw new NotSignedIn();
          if (route.permission && actor && !actor.permissions.has(route.permission))
            throw new NotAllowed({ permission: route.permission });
          askers.set(request, { actor, facts });
        },
        handler: async (request: FastifyRequest, reply: FastifyReply) => {
          const { actor, facts } = askers.get(request) as Asker;
          return runRoute(route, request, reply, actor, facts, once);
        },
      } as RouteOptions);
    }
  }

  return { mount, mounted, app: app as unknown as FastifyInstance };
}
