import { connackOf, type Packet, RawBroker, textAt, until } from '@keystead/simulator/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { MqttClient, pauseBefore, QueueFull } from './index.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function brokerAndClient(more: Partial<ConstructorParameters<typeof MqttClient>[0]> = {}) {
  const broker = new RawBroker();
  const port = await broker.listen();
  const client = new MqttClient({
    host: '127.0.0.1',
    port,
    clientId: 'LK-1',
    username: 'token-1',
    random: () => 0,
    ...more,
  });
  open.push(broker, { close: () => client.stop() });
  return { broker, client };
}

describe('the client on the wire', () => {
  test('connects by MQTT 3.1.1 with its token as user name and a clean session, and subscribes', async () => {
    const { broker, client } = await brokerAndClient({ subscriptions: ['v1/devices/me/rpc/request/+'], keepalive: 60 });
    client.start();
    await until(() => broker.of(8).length > 0);
    const [hello] = broker.of(1);
    const body = hello?.body ?? Buffer.alloc(20);
    expect(textAt(body, 0)).toBe('MQTT');
    expect([body[6], body[7], body.readUInt16BE(8)]).toEqual([4, 0x82, 60]);
    expect(textAt(body, 10)).toBe('LK-1');
    expect(textAt(body, 16)).toBe('token-1');
    const [subscribe] = broker.of(8);
    expect(textAt(subscribe?.body ?? Buffer.alloc(4), 2)).toBe('v1/devices/me/rpc/request/+');
  });

  test('publishes with QoS 1 and resolves with the acknowledgement only', async () => {
    const { broker, client } = await brokerAndClient();
    const held: (() => void)[] = [];
    broker.onPacket = (packet, socket) => {
      if (packet.kind === 1) socket.write(connackOf());
      if (packet.kind === 3) held.push(() => socket.write(broker.puback(packet)));
    };
    client.start();
    let done = false;
    const published = client.publish('v1/devices/me/telemetry', '{"a":1}').then(() => {
      done = true;
    });
    await until(() => held.length === 1);
    const [packet] = broker.of(3);
    expect((packet?.flags ?? 0) & 0b0110).toBe(0b0010);
    expect(packet?.body.toString('utf8')).toContain('{"a":1}');
    expect([done, client.pending]).toEqual([false, 1]);
    held[0]?.();
    await published;
    expect(client.pending).toBe(0);
  });

  test('sends again what was not acknowledged when the connection was lost, marked as a duplicate', async () => {
    const { broker, client } = await brokerAndClient();
    broker.onPacket = (packet, socket) => {
      if (packet.kind === 1) socket.write(connackOf());
      if (packet.kind !== 3) return;
      if (broker.sockets.length === 1) socket.destroy();
      else socket.write(broker.puback(packet));
    };
    client.start();
    await until(() => client.connected);
    await client.publish('t', 'once');
    const sent = broker.of(3);
    expect(sent).toHaveLength(2);
    expect(sent.map(({ flags }) => flags >> 3)).toEqual([0, 1]);
    expect(sent.map((packet) => broker.messageId(packet))[0]).toBe(broker.messageId(sent[1] as Packet));
  });

  test('hands calls over and acknowledges them', async () => {
    const calls: string[] = [];
    const { broker, client } = await brokerAndClient({
      onMessage: (topic, payload) => calls.push(`${topic} ${payload}`),
    });
    client.start();
    await until(() => client.connected);
    broker.publish('v1/devices/me/rpc/request/7', '{"method":"unlock"}');
    await until(() => broker.of(4).length > 0);
    expect(calls).toEqual(['v1/devices/me/rpc/request/7 {"method":"unlock"}']);
    expect(broker.of(4)[0]?.body).toEqual(Buffer.from([0, 9]));
  });

  test('pings when it has nothing to say, and leaves a broker that went dumb', async () => {
    const { broker, client } = await brokerAndClient({ keepalive: 1 });
    client.start();
    await until(() => broker.of(12).length > 0);
    // No PINGRESP ever comes: a second connection is opened.
    await until(() => broker.sockets.length === 2);
  });

  test('says a refused credential, and is in no hurry to show it again', async () => {
    const codes: number[] = [];
    const { broker, client } = await brokerAndClient({ onRefused: (code) => codes.push(code) });
    broker.onPacket = (packet, socket) => {
      if (packet.kind === 1) socket.write(connackOf(4));
    };
    client.start();
    await until(() => codes.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect([codes, broker.sockets.length]).toEqual([[4], 1]);
  });

  test('says goodbye when it is stopped, and gives up what waits', async () => {
    const { broker, client } = await brokerAndClient();
    broker.onPacket = (packet, socket) => {
      if (packet.kind === 1) socket.write(connackOf());
    };
    client.start();
    await until(() => client.connected);
    const lost = client.publish('t', 'never');
    client.stop();
    await expect(lost).rejects.toThrow('stopped');
    await until(() => broker.of(14).length === 1);
  });

  test('keeps no more than its share while nobody listens', async () => {
    const client = new MqttClient({ host: '127.0.0.1', port: 1, clientId: 'c', username: 't', most: 2 });
    const kept = [client.publish('t', '1'), client.publish('t', '2')].map((one) => one.catch(() => 'given up'));
    await expect(client.publish('t', '3')).rejects.toBeInstanceOf(QueueFull);
    client.stop();
    await expect(Promise.all(kept)).resolves.toEqual(['given up', 'given up']);
  });
});

test('pauses double up to a minute and are spread over half of it', () => {
  expect([0, 1, 2, 3].map((attempt) => pauseBefore(attempt, () => 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(pauseBefore(40, () => 1)).toBe(60_000);
  expect(pauseBefore(3, () => 0)).toBe(4_000);
});
