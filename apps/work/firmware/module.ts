import { alarms } from '@keystead/apps/work/alarms';
import { commands } from '@keystead/apps/work/commands';
import { firmwareCampaignChanged, firmwareTargetChanged } from '@keystead/contracts/events/firmware';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { createAdvancing } from './advancing.ts';
import { createAudiences } from './audience.ts';
import { campaignRoutes } from './campaign-routes.ts';
import { createCampaigns } from './campaigns.ts';
import { createDelivery } from './delivery.ts';
import { createMoving } from './moving.ts';
import { packageRoutes } from './package-routes.ts';
import { createPackages } from './packages.ts';
import { createPauseAlarm } from './pause-alarm.ts';
import { createReading } from './reading.ts';
import { createShelf } from './shelf.ts';
import { createSigners } from './signers.ts';
import { createTelling } from './telling.ts';
import { watchOver } from './watch.ts';

const located = ['campaign', 'target', 'installed'];

export const firmware = defineModule({
  name: 'firmware',
  needs: { places, things, records, alarms, commands },
  files: import.meta.dirname,
  setup: (kernel, { places, things, records, alarms, commands }) => {
    const telling = createTelling(kernel);
    const signers = createSigners(kernel);
    const packages = createPackages({ ...kernel, records, signers });
    const move = createMoving({ ...kernel, commands, things, telling });
    const alarm = createPauseAlarm({ alarms, clock: kernel.clock });
    const pick = createAudiences({ db: kernel.db, things });
    const campaigns = createCampaigns({ ...kernel, packages, pick, telling, alarm });
    const { advance } = createAdvancing({ ...kernel, things, commands, move, telling, alarm });
    const reading = createReading(kernel.db);
    const shelf = createShelf(kernel.settings.DATA_DIR);
    const delivery = createDelivery({ ...kernel, things, packages, shelf, move });

    kernel.http.mount('/firmware', [
      ...packageRoutes(packages, signers),
      ...campaignRoutes(campaigns, reading, (language) => kernel.catalogue.in(language)),
    ]);
    kernel.live.forward(firmwareCampaignChanged, 'firmware.campaign', 'firmware:read');
    kernel.live.forward(firmwareTargetChanged, 'firmware.device', 'firmware:read');
    places.follow(async (tx, organisation, from, to) => {
      for (const table of located) await movePaths(tx, `firmware.${table}`, 'place', organisation, from, to);
    });
    kernel.onStart(() => {
      if (kernel.role === 'gateway') return delivery.start();
      if (kernel.role === 'worker') return watchOver(kernel.log, advance);
      return undefined;
    });
    return { signers, packages, campaigns, reading, delivery, advance };
  },
});

export type FirmwareService = ReturnType<typeof firmware.setup>;
