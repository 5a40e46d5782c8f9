import { alarmChanged } from '@keystead/contracts/events/alarms';
import { commandChanged } from '@keystead/contracts/events/commands';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { QueueBell } from './bell.ts';
import { createDesired } from './desired.ts';
import { createLinkage } from './linkage.ts';
import { createLinkageTrial } from './linkage-trial.ts';
import { createLinkages } from './linkages.ts';
import { createOffering } from './offering.ts';
import { createOutbox } from './outbox.ts';
import { createReading } from './reading.ts';
import { commandRoutes } from './routes.ts';
import { createRunEnergy } from './run-energy.ts';
import { createRuns } from './runs.ts';
import { desiredRoutes, energyRoutes, linkageRoutes, sceneRoutes } from './scene-routes.ts';
import { createScenes } from './scenes.ts';
import { createSealing } from './sealing.ts';
import { createSending } from './sending.ts';
import { createStepping } from './stepping.ts';
import { createTargets } from './targets.ts';
import { createTelling } from './telling.ts';
import { createUpkeep } from './upkeep.ts';
import { watchOver } from './watch.ts';

const located = ['command', 'calibration', 'scene', 'run', 'rule'];

export const commands = defineModule({
  name: 'commands',
  needs: { places, things, telemetry },
  files: import.meta.dirname,
  setup: (kernel, { places, things, telemetry }) => {
    const telling = createTelling(kernel);
    const bell = new QueueBell(kernel.bus, kernel.log);
    const sealing = createSealing(kernel);
    const parts = { ...kernel, things, telemetry, bell, telling, sealing };
    const outbox = createOutbox(parts);
    const sending = createSending(parts);
    const stepping = createStepping({ ...parts, sending });
    const targets = createTargets({ things, sending, clock: kernel.clock });
    const runs = createRuns({ ...kernel, sending, targets });
    const energy = createRunEnergy({ ...parts, runs, sending });
    const scenes = createScenes({ ...kernel, sending, runs });
    const linkages = createLinkages({ ...parts, sending, scenes });
    const linkageTrial = createLinkageTrial({ clock: kernel.clock, linkages, sending, scenes });
    const desired = createDesired({ ...parts, sending });
    const offering = createOffering(parts);
    const reading = createReading(kernel);
    const upkeep = createUpkeep(parts);
    const linkage = createLinkage({
      ...kernel,
      things,
      sending,
      scenes,
      saveMark: (tx, gateway, batch) => telemetry.saveMark(tx, 'commands', gateway, batch),
    });

    kernel.http.mount('/commands', commandRoutes({ sending, stepping, reading, targets, runs }));
    kernel.http.mount('/commands', energyRoutes(energy));
    kernel.http.mount('/scenes', sceneRoutes(scenes, runs));
    kernel.http.mount('/linkages', linkageRoutes(linkages, linkageTrial));
    kernel.http.mount('/things', desiredRoutes(desired));
    kernel.live.forward(commandChanged, 'command.changed', 'command:read');
    places.follow(async (tx, organisation, from, to) => {
      for (const table of located) await movePaths(tx, `commands.${table}`, 'place', organisation, from, to);
    });
    kernel.bus.on(alarmChanged, 'commands.linkage', (event) => linkage.alarm(event), { prompt: true });
    kernel.onStart(() => {
      if (kernel.role === 'gateway') return outbox.start();
      if (kernel.role === 'worker') return watchOver({ ...kernel, upkeep, desired, linkage, sealing });
      return undefined;
    });
    // After the rules were read for the first time: what follows the stream finds them.
    telemetry.follow({ name: 'commands', take: (batch) => linkage.take(batch) });
    return {
      ...stepping,
      ...reading,
      ...sending,
      desired,
      energy,
      linkage,
      linkages,
      linkageTrial,
      offering,
      outbox,
      runs,
      scenes,
      sealing,
      targets,
      upkeep,
    };
  },
});

export type CommandsService = ReturnType<typeof commands.setup>;
