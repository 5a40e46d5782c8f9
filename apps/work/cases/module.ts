import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged, caseClockPassed } from '@keystead/contracts/events/cases';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { places } from '@keystead/data/places';
import { defineModule } from '@keystead/kernel/module';
import { createCases } from './cases.ts';
import { entryRoutes } from './entry-routes.ts';
import { caseJobs } from './jobs.ts';
import { caseRoutes } from './routes.ts';
import { calendarRoutes, serviceLevelRoutes, settingRoutes } from './setting-routes.ts';
import { stepRoutes } from './step-routes.ts';
import { movePlaces } from './store.ts';

export const cases = defineModule({
  name: 'cases',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => {
    const service = createCases({ ...kernel, ports: { places } }, kernel.catalogue);
    kernel.http.mount('/cases', [...caseRoutes(service), ...stepRoutes(service), ...entryRoutes(service)]);
    kernel.http.mount('/case-rules', settingRoutes(service));
    kernel.http.mount('/case-levels', serviceLevelRoutes(service));
    kernel.http.mount('/case-calendars', calendarRoutes(service));
    kernel.live.forward(caseChanged, 'case.changed', 'case:read');
    kernel.live.forward(caseClockPassed, 'case.clock-passed', 'case:read');
    kernel.bus.on(alarmChanged, 'cases.follow-alarm', service.reactions.alarmChanged);
    kernel.bus.on(thingOnlineChanged, 'cases.follow-online', service.reactions.onlineChanged);
    for (const each of caseJobs(service.reactions, service.upkeep)) kernel.jobs.add(each);
    places.follow(movePlaces);
    return service;
  },
});
