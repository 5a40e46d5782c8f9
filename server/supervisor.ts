import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@keystead/kernel/base';
import { handedDown, type Settings } from '@keystead/kernel/base/config';
import { findMigrations, migrate, roleUrls } from '@keystead/kernel/db';
import { ensureCertificate } from '@keystead/kernel/security/tls';
import { type Child, startChild } from './children.ts';
import { keepDatabase } from './database.ts';
import { type FirstAdministrator, steps } from './steps.ts';

/** Where the demo's cashier is found as long as nobody else is there. */
const demoCashier = 18_090;
const root = fileURLToPath(new URL('..', import.meta.url));

/** A unix socket path has about 100 bytes; a long DATA_DIR gets a short stand-in. */
function streamPathIn(dataDir: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\keystead-${process.pid}`;
  const wanted = join(dataDir, 'signals');
  return Buffer.byteLength(wanted) < 90 ? wanted : join(tmpdir(), `keystead-${process.pid}-signals`);
}

/** Starts the database, brings it up to date, then runs and minds the roles until told to stop. */
export async function supervise(settings: Settings, { demo }: { demo: boolean }): Promise<void> {
  const say = steps(process.stdout);
  mkdirSync(settings.DATA_DIR, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const endAll = async (): Promise<void> => {
    for (let end = stops.pop(); end; end = stops.pop()) await end();
  };
  const stop = () => {
    stopping ??= (async () => {
      say.line('正在停止 / stopping …');
      await endAll();
      say.line('已停止 / stopped');
    })();
    return stopping;
  };
  const children: Child[] = [];
  let admin: FirstAdministrator | undefined;
  let asked = 0;
  const onSignal = () => {
    for (const child of children) child.expectEnd();
    // A terminal may send the same Ctrl-C twice (to us and through npm); only a later one means "now".
    if (asked > 0 && Date.now() - asked > 2000) process.exit(1);
    asked ||= Date.now();
    void stop();
  };
  /** A step of the start; none is begun any more once somebody asked to stop. */
  const step: typeof say.step = async (name, run) => {
    if (asked > 0) throw new Error('asked to stop');
    return say.step(name, run);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);

  try {
    const database = await step('数据库 / database', () => keepDatabase(settings, say.line));
    stops.push(() => database.stop());
    const ownerUrl = database.url;
    const urls = roleUrls(ownerUrl);
    await step('数据结构 / schema', () => migrate(ownerUrl, findMigrations(root), systemClock.now()));
    await step('证书 / certificate', () => ensureCertificate(settings.DATA_DIR, systemClock.now()));
    const demoKey = demo ? `ks_demo_${randomBytes(24).toString('base64url')}` : undefined;
    const handed = {
      APP_URL: urls.app,
      SYSTEM_URL: urls.system,
      STREAM: streamPathIn(settings.DATA_DIR),
      DEMO: demo ? '1' : '',
    };

    const roles = new Map<string, Child>();
    const role = (name: string) => {
      const child = startChild({
        name,
        file: new URL('./role.ts', import.meta.url),
        handed: { ...handed, ROLE: name, ...(name === 'api' && demoKey ? { DEMO_KEY: demoKey } : {}) },
        keep: true,
        say: say.line,
        heard: (told) => {
          if (told.metrics) roles.get('api')?.tell({ metricsOf: name, metrics: told.metrics });
          admin ??= told.admin as FirstAdministrator | undefined;
        },
      });
      roles.set(name, child);
      children.push(child);
      stops.push(() => child.stop());
      return child.ready;
    };
    const [, , api] = await step('服务 / services', () => Promise.all([role('gateway'), role('worker'), role('api')]));
    say.ready({
      settings,
      api: api as { port?: number },
      admin,
      launched: Number(handedDown('LAUNCHED')) || undefined,
    });

    if (demoKey) {
      const apiUrl = `http://127.0.0.1:${(api as { port: number }).port}`;
      const community = startChild({
        name: 'demo',
        file: new URL('../simulator/community/main.ts', import.meta.url),
        handed: {
          API: apiUrl,
          API_KEY: demoKey,
          MQTT: String(settings.MQTT_PORT),
          DATA: join(settings.DATA_DIR, 'demo'),
        },
        keep: true,
        say: say.line,
      });
      children.push(community);
      stops.push(() => community.stop());
      // The platform runs whether or not its demo does.
      await community.ready.catch((cause: Error) =>
        say.line(`! 演示小区未能启动 / the demo community did not start: ${cause.message}`),
      );
      // Channels of our own, so that tenants of the demo can pay; without them the demo does without.
      const payments = startChild({
        name: 'demo-payments',
        file: new URL('../simulator/payments/main.ts', import.meta.url),
        args: ['--stay', '--port', String(demoCashier), '--keep', join(settings.DATA_DIR, 'demo', 'channels.json')],
        handed: {},
        keep: true,
        say: say.line,
      });
      children.push(payments);
      stops.push(() => payments.stop());
      const channels = await payments.ready.catch((cause: Error) =>
        say.line(`! 演示支付渠道未能启动 / the demo channels did not start: ${cause.message}`),
      );
      // Its homes get their households and a year of bills once everything runs; a later start finds them there.
      const history = startChild({
        name: 'demo-city',
        file: new URL('./demo-city.ts', import.meta.url),
        handed: {
          ...{ APP_URL: urls.app, SYSTEM_URL: urls.system, CITY: 'slice' },
          ...(channels ? { CHANNELS: JSON.stringify({ ...channels, api: apiUrl }) } : {}),
        },
        keep: false,
        say: say.line,
      });
      history.ready.catch(() => {}); // it says itself what went wrong
      children.push(history);
      stops.push(() => history.stop());
    }
  } catch (cause) {
    // A password made just now is kept nowhere: should the rest of the start fail, this is the time to tell it.
    if (admin?.password) say.administrator(admin);
    await stop();
    // What had begun while everything else was being stopped.
    await endAll();
    if (asked > 0) return;
    throw cause;
  }
}
