import { randomInt } from 'node:crypto';
import type { EligibilityService } from '@keystead/apps/housing/eligibility';
import type { PolicyService } from '@keystead/apps/housing/policy';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { doorKeyChanged } from '@keystead/contracts/events/doorkeys';
import { newId } from '@keystead/contracts/ids';
import { maskName, type PartiesService } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { entitlementOf, isStaying } from './entitlement.ts';
import type { DoorKey } from './key.ts';
import { type Loss, nextRung, rungOf } from './ladder.ts';
import { type HouseFacts, type HouseholdFacts, lacking, planOf, type Wanted } from './plan.ts';
import * as store from './store.ts';

export interface SettlingParts extends Pick<Kernel, 'db' | 'clock' | 'outbox' | 'audit' | 'log'> {
  readonly parties: PartiesService;
  readonly places: PlacesService;
  readonly policy: PolicyService;
  readonly eligibility: EligibilityService;
  readonly things: ThingsService;
}

const housesAtOnce = 200;
const sideBySide = 4;
const pinDigits = 8;
export const newPin = (): string => String(randomInt(10 ** pinDigits)).padStart(pinDigits, '0');
export const sealedAt = (key: string): string => `doorkeys.key:${key}`;

const pathsAbove = (path: string): string[] => {
  const parts = path.split('/').slice(0, -2);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
};

/** Brings the keys of a house in line with who may enter it: what ends, what is issued, what each lock ought to hold. */
export function createSettling({
  db,
  clock,
  outbox,
  audit,
  log,
  parties,
  places,
  policy,
  eligibility,
  things,
}: SettlingParts) {
  /** What a household lost, by final decision; the eligibility module is asked each time, nothing is copied. */
  async function lossOf(tx: Tx, actor: Actor, household: string, closing?: store.Closing): Promise<Loss | undefined> {
    const standing = await eligibility.standings.find(tx, actor, household);
    if (standing?.status !== 'invalid' || !standing.lostAt) return undefined;
    const lostAt = standing.lostAt.getTime();
    // A paper of an earlier loss closes nothing now.
    const closedAt = closing && closing.at.getTime() >= lostAt ? closing.at.getTime() : null;
    return { lostAt, moveOutBy: standing.moveOutBy?.getTime() ?? lostAt, closedAt };
  }

  async function ladder(tx: Tx, organisation: string, place: string): Promise<readonly number[]> {
    return (await policy.at(tx, organisation, clock.now(), place)).ladder('key-freeze-days');
  }

  /** The household behind the party of a lease: the party itself unless it is a member of one. */
  const homeOf = async (tx: Tx, organisation: string, party: string): Promise<string> =>
    (await parties.householdOf(tx, organisation, party)) ?? party;

  async function doors(tx: Tx, organisation: string, path: string) {
    const rows = await tx.all(store.doorsOf(organisation, path, pathsAbove(path)));
    const refs = await things.refs(rows.map(({ number }) => number));
    return rows
      .filter(({ number }) => refs.get(number)?.model.services.some(({ id }) => id === 'writeGrant'))
      .map(({ thing, code, place }) => ({ thing, code, gate: !place.startsWith(path) }));
  }

  /** Everything the plan for a house goes by. */
  async function factsOf(tx: Tx, actor: Actor, house: string, path: string) {
    const { organisation } = actor.scope;
    const now = clock.now().getTime();
    const [leases, keys] = [await tx.all(store.leasesOf(house)), await tx.all(store.livingKeys(house))];
    const tenants = new Map<string, store.TenantLease[]>();
    for (const lease of leases) {
      const household = await homeOf(tx, organisation, lease.party);
      tenants.set(household, [...(tenants.get(household) ?? []), lease]);
    }
    const days = await ladder(tx, organisation, path);
    const households: HouseholdFacts[] = [];
    for (const household of new Set([...tenants.keys(), ...keys.map((key) => key.household)])) {
      const own = tenants.get(household) ?? [];
      const closing = (await tx.all(store.closingsOf(household))).find((each) => each.house === house);
      const loss = await lossOf(tx, actor, household, closing);
      const span = entitlementOf(own, now);
      const handed = closing?.ground === 'handed-over' && span !== undefined && closing.at.getTime() >= span.from;
      households.push({
        ...{ household, tenant: own.at(-1)?.party ?? household },
        ...{ span, staying: isStaying(own) },
        ...{ rung: handed ? 'door' : rungOf(loss, days, now), nextRung: nextRung(loss, days, now) },
      });
    }
    const consents = new Set<string>();
    for (const holder of new Set(keys.map((key) => key.holder)))
      if (await parties.consents.stands(tx, holder, 'biometric-key')) consents.add(holder);
    const facts: HouseFacts = { now, households, doors: await doors(tx, organisation, path), keys, consents };
    return { facts, keys };
  }

  async function tell(
    tx: Tx,
    key: Pick<DoorKey, 'id' | 'organisation' | 'place' | 'house' | 'household' | 'holder'>,
    change: string,
  ) {
    const { id, house, household, holder } = key;
    await outbox.add(tx, doorKeyChanged, key, { id, house, household, holder, change });
  }

  /** Writes a key down; what it opens with is sealed with the party that carries it. */
  async function add(
    tx: Tx,
    actor: Actor,
    key: Omit<DoorKey, 'version' | 'holderName' | 'organisation'>,
    credential: string | null,
  ) {
    const [party] = await parties.getMany(tx, systemActor('doorkeys', actor.scope.organisation), [key.holder]);
    if (!party) return undefined;
    const sealed = credential === null ? null : await parties.sealText(tx, party, sealedAt(key.id), credential);
    const made = { ...key, holderName: maskName(party.name), organisation: actor.scope.organisation };
    await store.addKey(tx, made, sealed);
    const { kind, pattern, holder, house } = key;
    await audit.add(tx, actor, {
      action: 'door-key.issue',
      subject: `door-key:${key.id}`,
      place: key.place,
      detail: { kind, pattern, holder, house },
    });
    await tell(tx, made, 'issued');
    return made;
  }

  /** Move-in without anybody's help, and the other way in for whoever took a consent back. */
  async function makeLacking(tx: Tx, actor: Actor, house: string, place: string, facts: HouseFacts): Promise<number> {
    let made = 0;
    for (const { household, holder } of lacking(facts)) {
      const key = await add(
        tx,
        actor,
        {
          ...{
            id: newId(clock.now().getTime()),
            place,
            house,
            household,
            holder,
            kind: 'pin',
            pattern: 'lasting',
            label: '入住密码',
          },
          ...{
            validFrom: null,
            validUntil: null,
            uses: null,
            used: 0,
            weekly: null,
            issuedAt: clock.now(),
            issuedBy: actor.id,
          },
          ...{ frozenAt: null, frozenFor: null, endedAt: null, endedFor: null },
        },
        newPin(),
      );
      if (key) made++;
      else log.warn({ house, holder }, 'a tenant who is not registered as a party gets no key');
    }
    return made;
  }

  async function apply(tx: Tx, actor: Actor, house: string, place: string): Promise<number | undefined> {
    const first = await factsOf(tx, actor, house, place);
    const made = await makeLacking(tx, actor, house, place, first.facts);
    const { facts, keys } = made > 0 ? await factsOf(tx, actor, house, place) : first;
    const plan = planOf(facts);
    for (const { key, why } of plan.ends) {
      await store.endKey(tx, key, why, clock.now());
      const ended = keys.find(({ id }) => id === key);
      if (ended) await tell(tx, ended, 'ended');
      await audit.add(tx, actor, { action: 'door-key.end', subject: `door-key:${key}`, place, detail: { why } });
    }
    const { organisation } = actor.scope;
    const held = new Map((await tx.all(store.slotsOf(house))).map((slot) => [`${slot.key} ${slot.thing}`, slot]));
    const codes = new Map(facts.doors.map((door) => [door.thing, 'code' in door ? String(door.code) : '']));
    for (const { key, thing, gate, wanted } of plan.wanted) {
      const slot = held.get(`${key} ${thing}`);
      held.delete(`${key} ${thing}`);
      if (slot ? sameTerms(slot.wanted, wanted) : wanted.state === 'gone') continue;
      await store.want(tx, { organisation, place, key, thing, code: codes.get(thing) ?? '', gate }, wanted);
    }
    // Keys that ended and locks that hang elsewhere now.
    for (const { key, thing, wanted } of held.values())
      if (wanted.state !== 'gone')
        await store.want(tx, { organisation, place, key, thing, code: '', gate: false }, { state: 'gone' });
    return plan.next;
  }

  /** Looks at a house if it is due; false when somebody else just did. */
  const settle = (house: string, organisation: OrganisationId): Promise<boolean> =>
    db.systemTransaction(async (tx) => {
      const [found] = await tx.all(store.lockHouse(house, clock.now()));
      if (!found) return false;
      const place = await places.pathOf(tx, organisation, house);
      const next = await apply(tx, systemActor('doorkeys', organisation), house, place);
      await store.setDue(tx, house, next === undefined ? null : new Date(next));
      return true;
    });

  return {
    add,
    tell,
    lossOf,
    ladder,
    homeOf,
    factsOf,
    /** Looks at all houses that are due; answers how many. */
    settleDue: async (): Promise<number> => {
      const due = await db.systemRead(store.dueHouses(clock.now(), housesAtOnce));
      let settled = 0;
      // A few side by side: a day of many move-ins must not make the last one wait for all before it.
      const take = async () => {
        for (let next = due.shift(); next; next = due.shift())
          if (await settle(next.house, next.organisation)) settled++;
      };
      await Promise.all(Array.from({ length: sideBySide }, take));
      return settled;
    },
  };
}

/** The same as far as a lock can tell. */
function sameTerms(a: Wanted, b: Wanted): boolean {
  if (a.state === 'gone' || b.state === 'gone') return a.state === b.state;
  const week = ({ weekly }: typeof a) => (weekly ? [weekly.days, weekly.from, weekly.to] : null);
  // Openings already had are the lock's own count: writing them anew would only open a gap.
  const usesSame = (a.uses === undefined) === (b.uses === undefined);
  return a.from === b.from && a.until === b.until && usesSame && JSON.stringify(week(a)) === JSON.stringify(week(b));
}

export type Settling = ReturnType<typeof createSettling>;
