import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged, caseClockPassed } from '@keystead/contracts/events/cases';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { things } from '@keystead/data/things';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { identity } from '@keystead/kernel/security/identity';
import { filesOf, shelfOf, staffOf, thingFacts } from './answers.ts';
import { type CasesService, createCases } from './cases.ts';
import { consentRoutes, workerRoutes } from './crew-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { caseJobs } from './jobs.ts';
import type { CasePorts } from './ports.ts';
import { caseRoutes } from './routes.ts';
import { calendarRoutes, serviceLevelRoutes, settingRoutes } from './setting-routes.ts';
import { stepRoutes } from './step-routes.ts';
import { countOpenIn, movePlaces } from './store.ts';

/** Everything the module puts into the platform. */
export function installCases(kernel: Kernel, ports: CasePorts): CasesService {
  const service = createCases({ ...kernel, ports }, kernel.catalogue);
  kernel.http.mount('/cases', [...caseRoutes(service), ...stepRoutes(service), ...entryRoutes(service)]);
  kernel.http.mount('/case-rules', settingRoutes(service));
  kernel.http.mount('/case-levels', serviceLevelRoutes(service));
  kernel.http.mount('/case-workers', workerRoutes(service));
  kernel.http.mount('/case-consents', consentRoutes(service));
  kernel.http.mount('/case-calendars', calendarRoutes(service));
  kernel.live.forward(caseChanged, 'case.changed', 'case:read');
  kernel.live.forward(caseClockPassed, 'case.clock-passed', 'case:read');
  kernel.bus.on(alarmChanged, 'cases.follow-alarm', service.reactions.alarmChanged);
  kernel.bus.on(thingOnlineChanged, 'cases.follow-online', service.reactions.onlineChanged);
  for (const each of caseJobs(service.reactions, service.upkeep)) kernel.jobs.add(each);
  return service;
}

export const cases = defineModule({
  name: 'cases',
  needs: { identity, places, records, things },
  files: import.meta.dirname,
  setup: (kernel, { identity, places, records, things }) => {
    const service = installCases(kernel, {
      places,
      grounds: places,
      things: thingFacts(things),
      staff: staffOf(identity),
      files: filesOf(records),
      shelf: shelfOf(things),
    });
    places.follow(movePlaces);
    places.occupy('cases', countOpenIn);
    return service;
  },
});
