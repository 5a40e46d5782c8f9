import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog, type Log, systemClock } from '@keystead/kernel/base';
import { handedDown, readSettings, type Settings } from '@keystead/kernel/base/config';
import { createBus } from '@keystead/kernel/bus';
import { openDb, type RoleUrls, sql } from '@keystead/kernel/db';
import { createHttp, createLive, type Http, listenOn, mountLive, serveFiles } from '@keystead/kernel/http';
import { createCatalogue } from '@keystead/kernel/i18n';
import { createJobs } from '@keystead/kernel/jobs';
import { type Kernel, type ModuleRole, orderModules } from '@keystead/kernel/module';
import { mountHealth } from '@keystead/kernel/ops/health';
import { createMetrics, createMetricsDesk, mountMetrics } from '@keystead/kernel/ops/metrics';
import { createAudit } from '@keystead/kernel/security/audit';
import { ensureCertificate } from '@keystead/kernel/security/tls';
import { gaugeSignalLag } from './signal-lag.ts';
import { keepUpwardVideo } from './upward-video.ts';
import { forwardEvents, modulesOf, nameOperator, plugPorts, type Services } from './wiring.ts';

export interface Composition {
  role: ModuleRole;
  settings: Settings;
  log: Log;
  /** Connection strings of the two lesser roles; no process of a role knows the owner's. */
  urls: Pick<RoleUrls, 'app' | 'system'>;
  /** Builds the routes: the api role serves them, the generators read them; elsewhere they would only cost memory. */
  routes?: boolean;
}

const operatorEvery = 500; // ms

type Begin = Parameters<Kernel['onStart']>[0];

const kernelTexts = ['i18n', 'db', 'security/keys', 'security/audit', 'ops/backup'].map((part) =>
  fileURLToPath(new URL(`../kernel/${part}`, import.meta.url)),
);
const gatewayTexts = fileURLToPath(new URL('../edge/gateway', import.meta.url));
const consoleFiles = fileURLToPath(new URL('../ends/console/dist', import.meta.url));
const tenantFiles = fileURLToPath(new URL('../ends/tenant/dist', import.meta.url));
const fieldFiles = fileURLToPath(new URL('../ends/field/dist', import.meta.url));

/** Builds one role of the platform: the kernel, the modules it needs, their ports, and what it listens on. */
export async function compose({ role, settings, log, urls, routes = role === 'api' }: Composition) {
  const clock = systemClock;
  const db = openDb({
    appUrl: urls.app,
    systemUrl: urls.system,
    onError: (error) => log.warn({ err: error }, 'idle database connection lost'),
  });
  const metrics = createMetrics(role);
  const metricsDesk = createMetricsDesk(metrics.registry);
  const catalogue = createCatalogue();
  for (const folder of kernelTexts) catalogue.load(folder);
  const bus = createBus({
    db,
    clock,
    log,
    listenUrl: role === 'tool' ? undefined : urls.system,
    relays: role === 'worker',
  });
  const jobs = createJobs({ db, clock, log });
  const live = createLive();
  const begins: Begin[] = [];
  const services: Partial<Services> = {};
  const authenticator = {
    authenticate: (request: Parameters<Services['identity']['authenticator']['authenticate']>[0]) =>
      (services as Services).identity.authenticator.authenticate(request),
  };
  const http: Http | undefined = routes
    ? await createHttp({
        db,
        clock,
        log,
        catalogue,
        authenticator,
        onRequest: metrics.onRequest,
        eager: role === 'tool',
      })
    : undefined;

  const kernel: Kernel = {
    role,
    db,
    clock,
    log,
    settings,
    http: http ?? { mount: () => {} },
    live,
    bus,
    outbox: bus.outbox,
    jobs,
    audit: createAudit(clock),
    catalogue,
    metrics: metrics.registry,
    // A tool that brings signals by itself has nobody to tell of them.
    streamPath: handedDown('STREAM') ?? join(tmpdir(), `keystead-tool-${process.pid}`),
    onStart: (begin) => void begins.push(begin),
  };
  catalogue.load(gatewayTexts);
  for (const module of orderModules(modulesOf(role))) {
    catalogue.load(module.files);
    (services as Record<string, unknown>)[module.name] = module.setup(kernel, services as never);
  }
  plugPorts(services as Services, { live, mounted: () => http?.mounted ?? [] });
  forwardEvents(bus, live);
  if (role === 'worker') gaugeSignalLag(metrics.registry, (services as Services).telemetry);

  const stops: (() => Promise<void>)[] = [];
  const began = async (begin: Begin) => {
    const stop = await begin();
    if (stop) stops.push(stop);
  };

  /** At the very first start this process may be up before the one that makes the first organisation. */
  async function namedOperator(): Promise<() => Promise<void>> {
    if (role === 'tool' || (await nameOperator(services as Services))) return async () => {};
    const again = setInterval(() => {
      nameOperator(services as Services).then(
        (named) => named && clearInterval(again),
        (cause) => log.warn({ err: cause }, 'who runs the installation could not be asked'),
      );
    }, operatorEvery);
    return async () => clearInterval(again);
  }

  return {
    http,
    kernel,
    metricsDesk,
    services: services as Services,
    start: async (): Promise<Record<string, unknown>> => {
      stops.push(await namedOperator());
      await bus.start();
      stops.push(() => bus.stop());
      for (const begin of begins) await began(begin);
      if (role === 'worker') {
        await jobs.start(urls.system);
        stops.push(() => jobs.stop());
        stops.push(keepUpwardVideo((services as Services).video.upward, kernel));
      }
      if (role === 'gateway') {
        const { startGateway } = await import('./gateway.ts'); // the broker is of no use to the others
        const gateway = await startGateway(settings, services as Services, kernel);
        stops.push(() => gateway.close());
        return { ...gateway.addresses };
      }
      if (http && role === 'api') {
        await mountLive(http.app, live, authenticator);
        mountHealth(http.app, [{ name: 'database', run: async () => void (await db.systemRead(sql`select 1`)) }]);
        http.app.get('/api/v1/openapi.json', async () => http.app.swagger());
        mountMetrics(http.app, metricsDesk, authenticator);
        await serveFiles(http.app, tenantFiles, '/tenant/');
        await serveFiles(http.app, fieldFiles, '/field/');
        await serveFiles(http.app, consoleFiles);
        const { key, cert, own } = await ensureCertificate(settings.DATA_DIR, clock.now());
        const listening = await listenOn(http.app, {
          port: settings.PORT,
          tls: { key, cert, port: settings.HTTPS_PORT, bind: settings.BIND, strict: !own },
        });
        stops.push(
          () => listening.close(),
          async () => live.close(),
        );
        return { port: listening.port, tlsPort: listening.tlsPort };
      }
      return {};
    },
    stop: async () => {
      for (const stop of stops.reverse()) await stop().catch((cause) => log.error({ err: cause }, 'stopping failed'));
      await db.close();
    },
  };
}

export type Platform = Awaited<ReturnType<typeof compose>>;

/** The API as it describes itself (OpenAPI 3.1), for the generators: built without a database, which is never asked. */
export async function openApiDocument(): Promise<ReturnType<Http['app']['swagger']>> {
  const nowhere = 'postgres://nobody:nothing@127.0.0.1:1/none';
  const platform = await compose({
    role: 'tool',
    settings: readSettings({}),
    log: createLog('api-document', 'silent'),
    urls: { app: nowhere, system: nowhere },
    routes: true,
  });
  const { app } = platform.http as Http;
  await app.ready();
  const document = app.swagger();
  await platform.stop();
  return document;
}
