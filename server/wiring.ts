import { allocation } from '@keystead/apps/housing/allocation';
import { billing } from '@keystead/apps/housing/billing';
import { care } from '@keystead/apps/housing/care';
import { doorkeys } from '@keystead/apps/housing/doorkeys';
import { eligibility } from '@keystead/apps/housing/eligibility';
import { exits } from '@keystead/apps/housing/exits';
import { handling } from '@keystead/apps/housing/handling';
import { households } from '@keystead/apps/housing/households';
import { leases, standardRules } from '@keystead/apps/housing/leases';
import { movein } from '@keystead/apps/housing/movein';
import { notices } from '@keystead/apps/housing/notices';
import { papers } from '@keystead/apps/housing/papers';
import { policy } from '@keystead/apps/housing/policy';
import { residents } from '@keystead/apps/housing/residents';
import { risk } from '@keystead/apps/housing/risk';
import { stock } from '@keystead/apps/housing/stock';
import { swaps } from '@keystead/apps/housing/swaps';
import { measures } from '@keystead/apps/insight/measures';
import { reporting } from '@keystead/apps/insight/reporting';
import { supervision } from '@keystead/apps/insight/supervision';
import { patches } from '@keystead/apps/itops/patches';
import { agreements } from '@keystead/apps/work/agreements';
import { alarms } from '@keystead/apps/work/alarms';
import { cases } from '@keystead/apps/work/cases';
import { codecs } from '@keystead/apps/work/codecs';
import { commands } from '@keystead/apps/work/commands';
import { dials } from '@keystead/apps/work/dials';
import { field } from '@keystead/apps/work/field';
import { firmware } from '@keystead/apps/work/firmware';
import { fleet } from '@keystead/apps/work/fleet';
import { ledger } from '@keystead/apps/work/ledger';
import { links } from '@keystead/apps/work/links';
import { maintenance } from '@keystead/apps/work/maintenance';
import { notify } from '@keystead/apps/work/notify';
import { plans } from '@keystead/apps/work/plans';
import { privacy } from '@keystead/apps/work/privacy';
import { video } from '@keystead/apps/work/video';
import type { OrganisationId } from '@keystead/contracts/access';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { systemClock } from '@keystead/kernel/base';
import type { Bus } from '@keystead/kernel/bus';
import type { Http, LiveServer } from '@keystead/kernel/http';
import type { Module, ModuleRole } from '@keystead/kernel/module';
import { ops } from '@keystead/kernel/ops/watch';
import { identity } from '@keystead/kernel/security/identity';
import { journal } from '@keystead/kernel/security/journal';
import { createCodecBench } from './codec-bench.ts';
import { createFrameDesk } from './frame-desk.ts';
import { signalLagProbe } from './signal-lag.ts';

/** What each module gives, by name. */
export interface Services {
  identity: ReturnType<typeof identity.setup>;
  journal: ReturnType<typeof journal.setup>;
  ops: ReturnType<typeof ops.setup>;
  places: ReturnType<typeof places.setup>;
  parties: ReturnType<typeof parties.setup>;
  policy: ReturnType<typeof policy.setup>;
  households: ReturnType<typeof households.setup>;
  privacy: ReturnType<typeof privacy.setup>;
  eligibility: ReturnType<typeof eligibility.setup>;
  doorkeys: ReturnType<typeof doorkeys.setup>;
  things: ReturnType<typeof things.setup>;
  records: ReturnType<typeof records.setup>;
  telemetry: ReturnType<typeof telemetry.setup>;
  dials: ReturnType<typeof dials.setup>;
  alarms: ReturnType<typeof alarms.setup>;
  cases: ReturnType<typeof cases.setup>;
  codecs: ReturnType<typeof codecs.setup>;
  commands: ReturnType<typeof commands.setup>;
  notify: ReturnType<typeof notify.setup>;
  firmware: ReturnType<typeof firmware.setup>;
  fleet: ReturnType<typeof fleet.setup>;
  video: ReturnType<typeof video.setup>;
  links: ReturnType<typeof links.setup>;
  patches: ReturnType<typeof patches.setup>;
  stock: ReturnType<typeof stock.setup>;
  plans: ReturnType<typeof plans.setup>;
  maintenance: ReturnType<typeof maintenance.setup>;
  field: ReturnType<typeof field.setup>;
  agreements: ReturnType<typeof agreements.setup>;
  ledger: ReturnType<typeof ledger.setup>;
  leases: ReturnType<typeof leases.setup>;
  billing: ReturnType<typeof billing.setup>;
  care: ReturnType<typeof care.setup>;
  risk: ReturnType<typeof risk.setup>;
  papers: ReturnType<typeof papers.setup>;
  notices: ReturnType<typeof notices.setup>;
  measures: ReturnType<typeof measures.setup>;
  reporting: ReturnType<typeof reporting.setup>;
  supervision: ReturnType<typeof supervision.setup>;
  handling: ReturnType<typeof handling.setup>;
  movein: ReturnType<typeof movein.setup>;
  allocation: ReturnType<typeof allocation.setup>;
  exits: ReturnType<typeof exits.setup>;
  swaps: ReturnType<typeof swaps.setup>;
  residents: ReturnType<typeof residents.setup>;
}

const everything = [
  identity,
  journal,
  ops,
  places,
  parties,
  policy,
  households,
  eligibility,
  doorkeys,
  privacy,
  things,
  telemetry,
  records,
  dials,
  alarms,
  cases,
  codecs,
  commands,
  firmware,
  fleet,
  links,
  notify,
  video,
  patches,
  stock,
  plans,
  agreements,
  maintenance,
  field,
  ledger,
  leases,
  billing,
  papers,
  notices,
  measures,
  reporting,
  supervision,
  handling,
  movein,
  allocation,
  exits,
  swaps,
  residents,
  care,
  risk,
] as unknown as Module[];
/** The gateway knows devices and stores their signals; it serves nobody else. */
const gatewayOnly = [places, things, telemetry, commands, firmware, fleet] as unknown as Module[];

export const modulesOf = (role: ModuleRole): readonly Module[] => (role === 'gateway' ? gatewayOnly : everything);

/** Joins ports of lower layers to those above that answer them. */
export function plugPorts(
  services: Services,
  { live, mounted }: { live: LiveServer; mounted: () => Http['mounted'] },
): void {
  const { identity, journal, ops, places, telemetry } = services;
  if (!identity) return; // the gateway has no people
  identity.usePlacePaths(places);
  identity.useRoutes(mounted);
  places.follow(identity.movePaths);
  identity.onSessionEnded((session) => live.drop(session));
  journal.plugHome(identity.home);
  ops.add(signalLagProbe(telemetry));
  services.leases.useRules(async (tx, organisation, place) => {
    const rules = await services.policy.at(tx, organisation, systemClock.now(), place);
    return {
      ...standardRules,
      longestYears: rules.value('lease-term-years'),
      filingDays: rules.value('filing-days'),
      latePermyriad: rules.value('late-fee-permyriad-per-day'),
    };
  });
  services.codecs.plug({ bench: createCodecBench(systemClock), desk: createFrameDesk() });
}

/** Hands domain events on to the open pages that may see them, under the topic their module declared. */
export function forwardEvents(bus: Pick<Bus, 'onAnnounced'>, live: LiveServer): void {
  bus.onAnnounced(({ type, organisation, place, payload, urgent }) => {
    const topic = live.forwards.get(type);
    if (topic) live.publish(topic, { organisation, place }, payload, urgent);
  });
}

/** Tells the parts that watch over the installation who runs it; false while nobody does. */
export async function nameOperator({ identity, ops, things }: Services): Promise<boolean> {
  if (!identity) return true; // the gateway has no people
  const home = (await identity.home()) as OrganisationId | undefined;
  if (!home) return false;
  ops.runBy(home);
  things.answersForStrangers(() => home);
  return true;
}
