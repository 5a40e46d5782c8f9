import { createLog } from '@keystead/kernel/base';
import { handedDown, settingsFromEnvironment } from '@keystead/kernel/base/config';
import type { ModuleRole } from '@keystead/kernel/module';
import type { MetricsPart } from '@keystead/kernel/ops/metrics';
import { compose } from './compose.ts';

/** One role of the installation in a process of its own: `gateway`, `worker` or `api`. */
const role = (handedDown('ROLE') ?? 'api') as ModuleRole;
const settings = settingsFromEnvironment();
const log = createLog(role, settings.LOG_LEVEL);

process.on('unhandledRejection', (cause) => {
  log.fatal({ err: cause }, 'unhandled rejection');
  process.exit(1);
});

const platform = await compose({
  role,
  settings,
  log,
  urls: { app: handedDown('APP_URL') ?? '', system: handedDown('SYSTEM_URL') ?? '' },
});
/** The process that serves people makes the first of them, before anyone can come, and brings the keys up to date. */
async function firstAdministrator(): Promise<void> {
  const demoKey = handedDown('DEMO_KEY') || undefined;
  const admin = await platform.services.identity.bootstrap({ demo: demoKey !== undefined, demoKey });
  process.send?.({ admin });
}

if (role === 'api') await firstAdministrator();
const facts = await platform.start();
process.send?.({ ready: true, ...facts });

const tellEvery = 5000; // ms
// The api process answers for all: the others tell it their figures through the supervisor.
if (role !== 'api') {
  setInterval(() => {
    platform.kernel.metrics.getMetricsAsJSON().then(
      (metrics) => process.send?.({ metrics }),
      (cause) => log.warn({ err: cause }, 'figures could not be read'),
    );
  }, tellEvery).unref();
}
process.on('message', (message: { metricsOf?: string; metrics?: MetricsPart }) => {
  if (message.metricsOf && message.metrics) platform.metricsDesk.hear(message.metricsOf, message.metrics);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await platform.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
// Ctrl-C reaches the whole process group; the supervisor tells us when it is our turn.
process.on('SIGINT', () => {});
process.on('disconnect', () => void stop());
