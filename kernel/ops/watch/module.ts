import type { OrganisationId } from '@keystead/contracts/access';
import type { Settings } from '@keystead/kernel/base/config';
import { createJobWatch } from '@keystead/kernel/jobs';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { createDeliveries } from './deliveries.ts';
import { createGuard } from './guard.ts';
import { backupJob, tidyJob } from './jobs.ts';
import { createLimits } from './limits.ts';
import type { Probe } from './probe.ts';
import { backupProbe } from './probes/backups.ts';
import { certificateProbe } from './probes/certificate.ts';
import { clockProbe } from './probes/clock-step.ts';
import { databaseProbes } from './probes/database.ts';
import { machineProbes } from './probes/machine.ts';
import { networkProbe, type Peer } from './probes/network.ts';
import { beat, processProbes } from './pulse.ts';
import { systemRoutes } from './routes.ts';
import { createStatus, platformVersion } from './status.ts';
import { createWatch } from './watch.ts';

const lookMs = 5000;
const guardMs = 15_000;

/** Our own listeners, and the database when it lies elsewhere. */
function peersOf(settings: Settings): Peer[] {
  const own = [
    { name: 'http', host: '127.0.0.1', port: settings.PORT },
    { name: 'mqtt', host: '127.0.0.1', port: settings.MQTT_PORT },
    { name: 'device-http', host: '127.0.0.1', port: settings.DEVICE_HTTP_PORT },
  ].filter(({ port }) => port > 0);
  if (!settings.DATABASE_URL) return own;
  const { hostname, port } = new URL(settings.DATABASE_URL);
  return [...own, { name: 'database', host: hostname, port: Number(port || 5432) }];
}

/** Calls `run` again and again, never twice at once; a failure is told and the next turn comes all the same. */
function repeat(ms: number, run: () => Promise<void>, failed: (cause: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  }, ms);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

function setup(kernel: Kernel) {
  const { db, clock, log, outbox, audit, settings, role } = kernel;
  const version = platformVersion();
  let owner: OrganisationId | undefined;
  const organisation = () => owner;
  const probes: Probe[] = [
    ...machineProbes(settings.DATA_DIR),
    ...processProbes(db, clock),
    ...databaseProbes(db, clock),
    networkProbe(() => peersOf(settings)),
    certificateProbe(settings.DATA_DIR, clock),
    clockProbe({ wall: Date.now, steady: () => performance.now() }),
    backupProbe(settings.DATA_DIR, clock),
  ];
  const limits = createLimits({ db, clock, audit, probes: () => probes });
  const look = createWatch({ db, clock, log, outbox, limits, probes: () => probes, organisation });
  const status = createStatus({ db, clock, jobs: () => kernel.jobs.known, dataDir: settings.DATA_DIR });
  const deliveries = createDeliveries({ db, clock, audit });
  const listeners = {
    mqtt: settings.MQTT_PORT,
    mqtts: settings.MQTTS_PORT,
    deviceHttp: settings.DEVICE_HTTP_PORT,
    deviceHttps: settings.DEVICE_HTTPS_PORT,
  };
  kernel.http.mount('/system', systemRoutes({ listeners, status, limits, deliveries, organisation }));
  kernel.jobs.add(backupJob({ settings, clock, version }));
  kernel.jobs.add(tidyJob());
  const lookAtJobs = createJobWatch(db, clock, outbox, organisation, () => kernel.jobs.known);

  kernel.onStart(() => {
    if (role !== 'api' && role !== 'worker') return undefined;
    const failed = (cause: unknown) => log.error({ err: cause }, 'the watch over ourselves failed');
    const stops = [beat({ db, clock, log, role })];
    if (role === 'worker') stops.push(repeat(lookMs, look, failed), repeat(lookMs, lookAtJobs, failed));
    else stops.push(repeat(guardMs, createGuard({ db, clock, outbox, organisation }), failed));
    return async () => {
      for (const stop of stops) await stop();
    };
  });

  return {
    /** Adds a probe of another module's, such as the lag of telemetry intake. */
    add: (probe: Probe): void => {
      if (probes.some(({ source }) => source === probe.source)) throw new Error(`two probes are named ${probe.source}`);
      probes.push(probe);
    },
    /** Names the organisation that runs this installation: its people are told, and may see and change things here. */
    runBy: (organisation: OrganisationId): void => {
      owner = organisation;
    },
    /** One look at everything, as the worker takes every five seconds. */
    look,
    lookAtJobs,
  };
}

export const ops = defineModule({ name: 'ops', files: import.meta.dirname, setup });
