import type { LeasesService } from '@keystead/apps/housing/leases';
import { openLocks } from '@keystead/apps/housing/testing';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { CommandsService } from '@keystead/apps/work/commands';
import type { Actor } from '@keystead/contracts/access';
import type { LockRecord } from '@keystead/contracts/lock';
import type { PartiesService } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import type { DoorKeysService } from '../setup.ts';

interface Platform {
  readonly services: Record<string, unknown>;
  readonly clock: Clock;
  actor(...permissions: string[]): Actor;
  drain(): Promise<void>;
}

export interface Home {
  readonly household: string;
  readonly person: string;
  readonly account: Actor;
  readonly house: { id: string; path: string };
  readonly lock: { id: string; number: number };
  readonly lease: string;
}

/** A project with a gate and houses with locks, on a platform for tests; locks answer as soon as they are reached. */
export async function openCommunity(platform: Platform) {
  const keys = platform.services.doorkeys as DoorKeysService;
  const commands = platform.services.commands as CommandsService;
  const things = platform.services.things as ThingsService;
  const places = platform.services.places as PlacesService;
  const parties = platform.services.parties as PartiesService;
  const leases = platform.services.leases as LeasesService;
  const agreements = platform.services.agreements as AgreementsService;
  const clerk = platform.actor(
    ...['place:write', 'thing:write', 'party:read', 'party:write', 'lease:read', 'lease:write', 'lease:sign'],
    ...[
      'door-key:read',
      'door-key:write',
      'door-key:decide',
      'eligibility:read',
      'eligibility:write',
      'eligibility:decide',
      'household:read',
    ],
  );
  const project = await places.create(clerk, { parent: null, kind: 'project', code: 'P1', name: '一期' });
  const building = await places.create(clerk, { parent: project.id, kind: 'building', code: 'B1', name: '1栋' });
  let count = 0;
  let batch = 0;
  const { fit, settle, awake, lockOf, show } = openLocks(platform, clerk);

  async function signBy(lease: string, role: string, party: string): Promise<void> {
    const digest = (await agreements.versions(clerk, lease)).at(-1)?.digest ?? '';
    await leases.sign(clerk, lease, { role, party, digest, identityCheck: 'counter', consent: '同意' });
  }
  const gate = await fit('guard', project.id);
  const lessor = await parties.add(clerk, { kind: 'organisation', name: '安居公司', placeId: project.id });

  async function sign(lease: string, tenant: string): Promise<void> {
    await leases.step(clerk, lease, 'submit', '');
    await signBy(lease, 'tenant', tenant);
    await signBy(lease, 'lessor', lessor.id);
  }

  return {
    ...{ keys, commands, things, places, parties, leases, agreements, clerk, gate, sign },
    ...{ awake, settle, lockOf, fit, show },

    /** A family with a house of its own and a signed lease. */
    house: async (startsOn = '2026-06-01', endsOn = '2027-05-31'): Promise<Home> => {
      const code = `H${++count}`;
      const house = await places.create(clerk, { parent: building.id, kind: 'house', code, name: code });
      const lock = await fit('lock', house.id);
      const family = await parties.add(clerk, { kind: 'household', name: `家庭${code}`, placeId: building.id });
      const account = platform.actor('own-data:use');
      const { person } = await parties.addMember(clerk, family.id, {
        person: { name: `王${code}`, account: account.id, fields: [] },
        relation: 'applicant',
        from: '2024-01-01',
      });
      const { id } = await leases.create(clerk, {
        ...{
          house: house.id,
          tenant: { party: family.id, name: '家庭' },
          lessor: { party: lessor.id, name: '安居公司' },
        },
        ...{ startsOn, endsOn, title: '租赁合同', terms: {}, fees: [] },
      });
      await sign(id, family.id);
      return { household: family.id, person, account, house, lock, lease: id };
    },

    /** The lock tells lines of its log, as they come over the stream. */
    tell: async (thing: { number: number }, lines: readonly LockRecord[]): Promise<void> => {
      const received = platform.clock.now().getTime() * 1_000;
      const events = lines.map(({ time, event, ...data }) => ({
        thing: thing.number,
        time: time * 1_000,
        event,
        data,
      }));
      await keys.uses.take({ gateway: 1, batch: ++batch, received, messages: [], events });
    },
  };
}

export type Community = Awaited<ReturnType<typeof openCommunity>>;
