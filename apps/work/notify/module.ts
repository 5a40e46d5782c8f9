import { alarmChanged } from '@keystead/contracts/events/alarms';
import { refundHeld } from '@keystead/contracts/events/billing';
import { caseChanged, caseClockPassed } from '@keystead/contracts/events/cases';
import { jobTroubled } from '@keystead/contracts/events/jobs';
import { messageWritten } from '@keystead/contracts/events/notify';
import { systemTroubled } from '@keystead/contracts/events/system';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { places } from '@keystead/data/places';
import { defineModule, type Kernel } from '@keystead/kernel/module';
import { identity } from '@keystead/kernel/security/identity';
import { channelRoutes, deliveryRoutes, receiptRoutes, targetRoutes } from './channel-routes.ts';
import {
  noticeOfAlarm,
  noticeOfJob,
  noticeOfRefund,
  noticeOfSystem,
  noticeOfThing,
  noticesOfCase,
  noticesOfClock,
} from './events.ts';
import { identityReceivers } from './identity-receivers.ts';
import { createNotify, type NotifyService } from './notify.ts';
import type { Receivers } from './receivers.ts';
import { messageRoutes, ruleRoutes, textRoutes } from './routes.ts';
import { movePlaces } from './rule-store.ts';
import { channelSecrets, type Secrets } from './secrets.ts';

/** Everything the module puts into the platform; `receivers` says who there is to be told. */
export function installNotify(kernel: Kernel, secrets: Secrets, receivers: Receivers): NotifyService {
  const service = createNotify(kernel, secrets, receivers);
  kernel.http.mount('/messages', messageRoutes(service));
  kernel.http.mount('/notify-rules', ruleRoutes(service));
  kernel.http.mount('/notify-texts', textRoutes(service));
  kernel.http.mount('/notify-channels', channelRoutes(service));
  kernel.http.mount('/notify-receipts', receiptRoutes(service));
  kernel.http.mount('/notify-targets', targetRoutes(service));
  kernel.http.mount('/notify-deliveries', deliveryRoutes(service));
  kernel.live.forward(messageWritten, 'notify.message', 'notify:read');
  kernel.bus.on(alarmChanged, 'notify.tell-alarm', service.telling(noticeOfAlarm));
  kernel.bus.on(caseChanged, 'notify.tell-case', service.telling(noticesOfCase));
  kernel.bus.on(caseClockPassed, 'notify.tell-clock', service.telling(noticesOfClock));
  kernel.bus.on(refundHeld, 'notify.tell-refund', service.telling(noticeOfRefund));
  kernel.bus.on(thingOnlineChanged, 'notify.tell-online', service.telling(noticeOfThing));
  kernel.bus.on(jobTroubled, 'notify.tell-job', service.telling(noticeOfJob));
  kernel.bus.on(systemTroubled, 'notify.tell-system', service.telling(noticeOfSystem));
  return service;
}

export const notify = defineModule({
  name: 'notify',
  needs: { identity, places },
  files: import.meta.dirname,
  setup: (kernel, { identity, places }) => {
    places.follow(movePlaces);
    return installNotify(kernel, channelSecrets(kernel.settings.DATA_DIR), identityReceivers(identity));
  },
});
