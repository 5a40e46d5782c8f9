import { alarms } from '@keystead/apps/work/alarms';
import { commands } from '@keystead/apps/work/commands';
import { commandChanged } from '@keystead/contracts/events/commands';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { createCameras } from './cameras.ts';
import { videoJobs } from './jobs.ts';
import { createKeeping } from './keeping.ts';
import { createNightLight } from './night-light.ts';
import { createPointing } from './pointing.ts';
import { recorderRoutes } from './recorder-routes.ts';
import { createRecorders, isCatalogue } from './recorders.ts';
import { createResults } from './results.ts';
import { cameraRoutes } from './routes.ts';
import { createSettings } from './settings.ts';
import { siteRoutes } from './site-routes.ts';
import { createSites } from './sites.ts';
import { createUpward } from './upward.ts';
import { createWatching } from './watching.ts';

const located = ['camera', 'channel', 'check_item', 'site', 'slot_result'];

export const video = defineModule({
  name: 'video',
  needs: { places, things, telemetry, records, alarms, commands },
  files: import.meta.dirname,
  setup: (kernel, { places, things, telemetry, records, alarms, commands }) => {
    const settings = createSettings(kernel);
    const parts = { ...kernel, settings };
    const cameras = createCameras({ ...kernel, records });
    const watching = createWatching({ ...parts, cameras });
    const keeping = createKeeping({ ...parts, alarms });
    const sites = createSites({ ...parts, places });
    const recorders = createRecorders({ ...kernel, commands });
    const pointing = createPointing({ ...parts, commands, recorders, watching });
    const nightLight = createNightLight({ cameras, commands });
    const results = createResults({
      ...kernel,
      things,
      saveMark: (tx, gateway, batch) => telemetry.saveMark(tx, 'video', gateway, batch),
    });

    kernel.http.mount('/video', cameraRoutes(cameras, watching, nightLight));
    kernel.http.mount('/video', recorderRoutes(recorders, pointing));
    kernel.http.mount('/video', siteRoutes(settings, sites, watching));
    places.follow(async (tx, organisation, from, to) => {
      for (const table of located) await movePaths(tx, `video.${table}`, 'place', organisation, from, to);
    });
    kernel.bus.on(commandChanged, 'video.channels', recorders.answered, {
      concerns: ({ payload }) => payload.changes.some(isCatalogue),
    });
    for (const each of videoJobs(keeping)) kernel.jobs.add(each);
    telemetry.follow({ name: 'video', take: (batch) => results.take(batch) });
    return {
      settings,
      cameras,
      watching,
      keeping,
      sites,
      recorders,
      pointing,
      nightLight,
      results,
      /** For the process that speaks GB/T 28181 to the platform above. */
      upward: { ...createUpward({ db: kernel.db, settings }), send: watching.sendUp, stop: watching.stopUp },
    };
  },
});

export type VideoService = ReturnType<typeof video.setup>;
