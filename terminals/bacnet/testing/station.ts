import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type Library from '@bacnet-js/client';

// Its class is the `default` of a CommonJS module, which loaders see differently.
const { default: BACnetClient }: typeof Library = createRequire(import.meta.url)('@bacnet-js/client');

/** A value as the library takes it; `type` is the number of the application tag. */
export interface StationValue {
  type: number;
  value: unknown;
}

/** A device of a library that is not ours (`@bacnet-js/client`), on loopback. */
export interface BacnetStation {
  readonly port: number;
  /** By `type:instance`, then by property. */
  readonly objects: Map<string, Map<number, StationValue[]>>;
  /** What was asked of it, in words. */
  readonly asked: string[];
  /** Sets the present value and tells the subscribers. */
  change(object: string, value: StationValue, isFaulty?: boolean): void;
  /** Says that it is there, as after a restart. */
  announce(port: number): void;
  stop(): void;
}

export interface StationForm {
  device: number;
  /** What it refuses to do. */
  without?: readonly ('multiple' | 'cov')[];
  /** Values it goes on telling, whatever is written. */
  stuck?: readonly string[];
  /** UDP port; any when absent. */
  port?: number;
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

const text = (value: string): StationValue[] => [{ type: 7, value }];
const [presentValue, statusFlags, objectName, objectListProperty] = [85, 111, 77, 76];
const [propertyClass, unknownObjectClass] = [2, 1];
const [unknownProperty, unknownObject, services, notSupported] = [32, 31, 5, 45];

export async function startStation({
  device,
  without = [],
  stuck = [],
  port: wanted,
}: StationForm): Promise<BacnetStation> {
  const port = wanted ?? (await freePort());
  const client = new BACnetClient({ port, interface: '127.0.0.1', broadcastAddress: '127.0.0.1', apduTimeout: 1_000 });
  await new Promise<void>((resolve) => void client.once('listening', () => resolve()));
  const objects = new Map<string, Map<number, StationValue[]>>();
  const asked: string[] = [];
  let isStopped = false;
  const subscribers = new Map<string, { address: string; process: number; isConfirmed: boolean }>();
  const own = `8:${device}`;
  objects.set(own, new Map([[objectName, text('Air handler 1')]]));

  const valuesOf = (object: string, property: number, index: number): StationValue[] | undefined => {
    if (object === own && property === objectListProperty) {
      const list = [...objects.keys()].map((key) => {
        const [type = 0, instance = 0] = key.split(':').map(Number);
        return { type: 12, value: { type, instance } };
      });
      if (index === 0) return [{ type: 2, value: list.length }];
      return index < 1_000_000 ? list.slice(index - 1, index) : list;
    }
    return objects.get(object)?.get(property);
  };
  const keyOf = ({ type, instance }: { type: number; instance: number }) => `${type}:${instance}`;
  const isError = (object: string) => (objects.has(object) ? unknownProperty : unknownObject);

  client.on('whoIs', ({ header }) => {
    asked.push('whoIs');
    if (header?.sender) client.iAmResponse({ address: header.sender.address ?? '' }, device, 3, 260);
  });
  client.on('registerForeignDevice', ({ header }) => {
    asked.push('register');
    if (header?.sender) client.resultResponse({ address: header.sender.address ?? '' }, 0);
  });
  client.on('readProperty', ({ header, invokeId = 0, payload }) => {
    const { objectId, property } = payload;
    const object = keyOf(objectId);
    asked.push(`read ${object} ${property.id}`);
    if (!header?.sender) return;
    const values = valuesOf(object, property.id, property.index);
    if (values) client.readPropertyResponse(header.sender, invokeId, objectId, property, values as never);
    else client.errorResponse(header.sender, 12, invokeId, unknownObjectClass, isError(object));
  });
  if (!without.includes('multiple'))
    client.on('readPropertyMultiple', ({ header, invokeId = 0, payload }) => {
      asked.push(`multiple ${payload.properties.flatMap(({ properties }) => properties).length}`);
      if (!header?.sender) return;
      const answers = payload.properties.map(({ objectId, properties }) => ({
        objectId,
        values: properties.map((property) => ({
          property,
          value: valuesOf(keyOf(objectId), property.id, property.index) ?? [
            {
              type: 105,
              value: { type: 'BacnetError', errorClass: propertyClass, errorCode: isError(keyOf(objectId)) },
            },
          ],
        })),
      }));
      client.readPropertyMultipleResponse(header.sender, invokeId, answers);
    });
  client.on('writeProperty', ({ header, invokeId = 0, payload }) => {
    const { objectId, value } = payload;
    const object = keyOf(objectId);
    const [first] = value.value as StationValue[];
    asked.push(`write ${object} ${value.property.id} ${first?.type} ${String(first?.value)} @${value.priority}`);
    if (!header?.sender) return;
    const known = objects.get(object);
    if (!known) return client.errorResponse(header.sender, 15, invokeId, unknownObjectClass, unknownObject);
    if (!stuck.includes(object) && first && first.type !== 0) known.set(value.property.id, [first]);
    client.simpleAckResponse(header.sender, 15, invokeId);
  });
  client.on('subscribeCov', ({ header, invokeId = 0, payload }) => {
    const object = keyOf(payload.monitoredObjectId);
    const address = header?.sender?.address ?? '';
    const isOver = payload.lifetime === undefined || payload.lifetime === 0;
    asked.push(`subscribe ${object} ${isOver ? 0 : payload.lifetime}`);
    if (without.includes('cov')) return client.errorResponse({ address }, 5, invokeId, services, notSupported);
    client.simpleAckResponse({ address }, 5, invokeId);
    if (isOver) return void subscribers.delete(object);
    const { subscriberProcessId, issueConfirmedNotifications } = payload;
    subscribers.set(object, { address, process: subscriberProcessId, isConfirmed: issueConfirmedNotifications });
    tell(object);
  });

  function tell(object: string, isFaulty = false): void {
    const subscriber = subscribers.get(object);
    const value = objects.get(object)?.get(presentValue);
    const [type = 0, instance = 0] = object.split(':').map(Number);
    if (!subscriber || !value) return;
    const flags = [{ type: 8, value: { bitsUsed: 4, value: [isFaulty ? 2 : 0] } }];
    const values = [
      { property: { id: presentValue }, value },
      { property: { id: statusFlags }, value: flags },
    ] as never;
    const to = { address: subscriber.address };
    const id = { type, instance };
    if (subscriber.isConfirmed)
      client.confirmedCOVNotification(to, id, subscriber.process, device, 60, values).then(
        () => asked.push(`acknowledged ${object}`),
        () => asked.push(`unacknowledged ${object}`),
      );
    else client.unconfirmedCOVNotification(to, subscriber.process, device, id, 60, values);
  }

  return {
    port,
    objects,
    asked,
    change: (object, value, isFaulty) => {
      objects.get(object)?.set(presentValue, [value]);
      tell(object, isFaulty);
    },
    announce: (to) => {
      subscribers.clear();
      client.iAmResponse({ address: `127.0.0.1:${to}` }, device, 3, 260);
    },
    stop: () => {
      if (!isStopped) client.close();
      isStopped = true;
    },
  };
}
