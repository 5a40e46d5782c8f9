import { alarms } from './alarms.ts';
import { care } from './care.ts';
import { cases } from './cases.ts';
import { codecs } from './codecs.ts';
import { commands } from './commands.ts';
import { doorKeys } from './door-keys.ts';
import type { Examples } from './example.ts';
import { field } from './field.ts';
import { firmware } from './firmware.ts';
import { fleet } from './fleet.ts';
import { homes } from './homes.ts';
import { houses } from './houses.ts';
import { identity } from './identity.ts';
import { notices } from './notices.ts';
import { papers } from './papers.ts';
import { patches } from './patches.ts';
import { places } from './places.ts';
import { plans } from './plans.ts';
import { platform } from './platform.ts';
import { rents } from './rents.ts';
import { residents } from './residents.ts';
import { risk } from './risk.ts';
import { sessions } from './sessions.ts';
import { signals } from './signals.ts';
import { supervision } from './supervision.ts';
import { swaps } from './swaps.ts';
import { tenants } from './tenants.ts';
import { things } from './things.ts';
import { video } from './video.ts';

/** One minimal valid call for each operation that is not a GET. A new one is added here, or the tests fail. */
export const examplesFor = (url: string): Examples => ({
  ...sessions(url),
  ...identity,
  ...platform,
  ...places,
  ...homes,
  ...houses,
  ...plans,
  ...things,
  ...signals,
  ...alarms,
  ...care,
  ...cases,
  ...codecs,
  ...commands,
  ...doorKeys,
  ...field,
  ...firmware,
  ...fleet,
  ...notices,
  ...papers,
  ...patches,
  ...rents,
  ...residents,
  ...supervision,
  ...risk,
  ...swaps,
  ...tenants(url),
  ...video,
  'telemetry.latest-of': async (world) => ({ body: { things: [(await world.thing()).id] } }),
});

/** Operations that are no GET and yet change nothing, and why. They leave no line in the journal, and need none. */
export const changesNothing: Readonly<Record<string, string>> = {
  'alarmRules.check': 'says what is wrong with a rule without storing it',
  'codecs.frames': 'says what pasted bytes are; nothing is stored',
  'codecs.trial': 'runs a script against sample frames without storing it',
  'firmware.preview': 'says whom a campaign would reach; nothing is written',
  'linkages.try': 'says what a rule would do; nothing is sent or stored',
  'commands.preview': 'says what would be sent to whom; nothing is sent or stored',
  'notifyRules.preview': 'says who would be told; nothing is sent or stored',
  'contracts.previewTemplate': "fills a wording with a lease that is nobody's; nothing is stored",
  'plans.preview': 'says the next moments of a trigger; nothing is stored',
  'telemetry.latest-of': 'a question with a list of things too long for a query string',
};

/** Operations that store signals, not acts of people: where each came from is stored with it and shown beside it. */
export const storesSignals: Readonly<Record<string, string>> = {
  'telemetry.push': 'each reading keeps the name of who delivered it, for as long as the reading is kept',
};
