import type { Actor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { TelemetryService } from '@keystead/data/telemetry';
import type { ThingsService } from '@keystead/data/things';
import type { CommandsService } from './module.ts';
import type { OutgoingCall } from './outbox.ts';

/** What the yard needs of a platform for tests. */
export interface YardPlatform {
  services: Record<string, unknown>;
  actor(...permissions: string[]): Actor;
  stop(): Promise<void>;
}

/** A platform with the commands module, someone who may do everything with it, and devices that listen when told. */
export interface CommandYard<Platform extends YardPlatform> {
  platform: Platform;
  service: CommandsService;
  things: ThingsService;
  telemetry: TelemetryService;
  author: Actor;
  /** What reached the devices. */
  written: OutgoingCall[];
  /** Numbers of the things that listen. */
  awake: Set<number>;
  place: { id: string; path: string };
  make(family: string): Promise<{ id: string; number: number }>;
  /** Models a device class that the product does not ship, and one thing of it. */
  model(draft: Record<string, unknown>): Promise<void>;
  /** One look of the gateway at the queue, and what the devices got by it. */
  deliver(): Promise<OutgoingCall[]>;
  stop(): Promise<void>;
}

export async function openYard<Platform extends YardPlatform>(platform: Platform): Promise<CommandYard<Platform>> {
  const service = platform.services.commands as CommandsService;
  const things = platform.services.things as ThingsService;
  const telemetry = platform.services.telemetry as TelemetryService;
  const author = platform.actor(
    'command:read',
    'command:send',
    'command:send-dangerous',
    'command:send-vital',
    'command:approve',
    'thing:write',
    'place:write',
    'model:write',
  );
  const draft = { parent: null, kind: 'project' as const, code: 'P1', name: '一期' };
  const place = await (platform.services.places as ReturnType<typeof places.setup>).create(author, draft);
  const written: OutgoingCall[] = [];
  const awake = new Set<number>();
  let made = 0;
  service.outbox.onCommand({
    reaches: (thing) => awake.has(thing),
    command: (call) => {
      if (!awake.has(call.thing)) return false;
      written.push(call);
      return true;
    },
  });
  return {
    platform,
    service,
    things,
    telemetry,
    author,
    written,
    awake,
    place,
    make: async (family) => {
      const thing = await things.create(author, {
        code: `T-${++made}`,
        name: `${family} ${made}`,
        family,
        placeId: place.id,
      } as never);
      awake.add(thing.number);
      return thing;
    },
    model: async (model) => void (await things.models.publish(author, model as never)),
    deliver: async () => {
      const before = written.length;
      await service.outbox.look();
      await service.outbox.settled();
      return written.slice(before);
    },
    stop: async () => {
      await telemetry.close();
      await platform.stop();
    },
  };
}
