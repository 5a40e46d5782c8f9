import { DeviceRefused, refuse } from '@keystead/terminals/port';
import type { ClientSession, ClientSubscription, MonitoringParametersOptions } from 'node-opcua-client';
import type { OpcuaDevice, OpcuaPoint } from '../device.ts';
import type { ClientLibrary } from '../library.ts';
import { type DataValueLike, type Gathering, isBad } from './gathering.ts';

/** Where a monitored value goes. */
interface Item {
  device: string;
  point: OpcuaPoint;
}

interface Tools {
  library: ClientLibrary;
  /** ms between publications. */
  publishing: number;
  gathering: Gathering;
  /** An item the server would not watch. */
  refused(device: string, refusal: ReturnType<typeof refuse>): void;
  heard(device: string): void;
}

const mostAtOnce = 500;

/** Items that are watched alike go in one request. */
function alike(devices: readonly { name: string; at: OpcuaDevice }[], publishing: number): Item[][] {
  const items = devices.flatMap(({ name, at }) => at.points.map((point) => ({ device: name, point })));
  const groups = Map.groupBy(items, ({ point }) => `${point.sampling ?? publishing} ${point.deadband ?? ''}`);
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / mostAtOnce) }, (_, at) =>
      group.slice(at * mostAtOnce, (at + 1) * mostAtOnce),
    ),
  );
}

function parametersOf({ library, publishing }: Tools, { point }: Item): MonitoringParametersOptions {
  const deadband = point.deadband ?? 0;
  return {
    samplingInterval: point.sampling ?? publishing,
    discardOldest: true,
    queueSize: 20,
    ...(deadband > 0
      ? {
          filter: new library.DataChangeFilter({
            trigger: library.DataChangeTrigger.StatusValue,
            deadbandType: library.DeadbandType.Absolute,
            deadbandValue: deadband,
          }),
        }
      : {}),
  };
}

async function watch(subscription: ClientSubscription, items: readonly Item[], tools: Tools): Promise<void> {
  const { library, gathering } = tools;
  const [first] = items;
  if (!first) return;
  const group = library.ClientMonitoredItemGroup.create(
    subscription,
    items.map(({ point }) => ({ nodeId: point.node, attributeId: library.AttributeIds.Value })),
    parametersOf(tools, first),
    library.TimestampsToReturn.Both,
  );
  group.on('changed', (_item, value, index) => {
    const item = items[index];
    if (!item) return;
    tools.heard(item.device);
    gathering.add(item.device, item.point.name, value as DataValueLike);
  });
  await new Promise<void>((resolve, reject) => {
    group.on('initialized', resolve);
    group.on('err', (message) => reject(new Error(message)));
    group.on('terminated', () => reject(new Error('the subscription ended')));
  });
  for (const [index, { statusCode }] of group.monitoredItems.entries()) {
    const item = items[index];
    if (item && statusCode !== undefined && isBad(statusCode.value))
      tools.refused(item.device, refuse(DeviceRefused, statusCode.name, `/${item.point.name}`, item.device));
  }
}

/**
 * Subscribes to all points of all devices. An item the server does not know is refused alone. Resolves when all are
 * watched.
 */
export async function subscribe(
  session: ClientSession,
  devices: readonly { name: string; at: OpcuaDevice }[],
  tools: Tools,
): Promise<ClientSubscription> {
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: tools.publishing,
    requestedMaxKeepAliveCount: Math.max(3, Math.ceil(3000 / tools.publishing)),
    requestedLifetimeCount: Math.max(30, Math.ceil(30_000 / tools.publishing)),
    maxNotificationsPerPublish: 5000,
    publishingEnabled: true,
    priority: 10,
  });
  for (const items of alike(devices, tools.publishing)) await watch(subscription, items, tools);
  return subscription;
}
