import { setTimeout as sleep } from 'node:timers/promises';
import { type Histogram, newHistogram, record } from '../histogram.ts';
import { HttpConnection, postRequest } from './http-client.ts';
import { MqttActuator } from './mqtt-actuator.ts';

export interface CommandLoad {
  port: number;
  mqtt: number;
  key: string;
  devices: { id: string; token: string }[];
  /** Commands a second, and emergencies a second among them. */
  rate: number;
  emergencies: number;
  seconds: number;
}

export interface CommandLoadDone {
  sent: number;
  acknowledged: number;
  refused: number;
  seconds: number;
  /** From the request to the pushed word that the device has done it. */
  ordinary: Histogram;
  urgent: Histogram;
  /** From the request to the answer that it is written down. */
  accepted: Histogram;
  /** From the request of an emergency to the device that hears it. */
  urgentHeard: Histogram;
}

interface Sent {
  at: number;
  urgent: boolean;
}

const connectionsMost = 250;
const apart = 4; // connections of one address: each has its own limit of requests

interface Pushed {
  topic: string;
  data?: { changes?: { id: string; state: string }[] };
}

async function listen(port: number, key: string, hear: (id: string, state: string) => void): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${key}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, { headers } as unknown as string[]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('no live connection')));
    socket.addEventListener('open', () => socket.send(JSON.stringify({ subscribe: ['command.changed'] })));
    socket.addEventListener('message', ({ data }) => {
      for (const { topic, data: pushed } of JSON.parse(String(data)) as Pushed[]) {
        if (topic === 'subscribed') resolve();
        for (const { id, state } of pushed?.changes ?? []) hear(id, state);
      }
    });
  });
  return socket;
}

async function run(load: CommandLoad): Promise<CommandLoadDone> {
  const done = {
    ordinary: newHistogram(),
    urgent: newHistogram(),
    accepted: newHistogram(),
    urgentHeard: newHistogram(),
  };
  const waiting = new Map<string, Sent>();
  /** Pushed before the request was answered. */
  const early = new Map<string, number>();
  let acknowledged = 0;
  const settle = ({ at, urgent }: Sent, now: number) => {
    acknowledged += 1;
    record(urgent ? done.urgent : done.ordinary, now - at);
  };
  const socket = await listen(load.port, load.key, (id, state) => {
    if (state !== 'acknowledged') return;
    const sent = waiting.get(id);
    waiting.delete(id);
    if (sent) settle(sent, performance.now());
    else early.set(id, performance.now());
  });
  /** When the last emergency of each device was asked for. */
  const alarmed = new Map<number, number>();
  const hearing = (device: number) => (method: string) => {
    const at = alarmed.get(device);
    if (method === 'halt' && at !== undefined) record(done.urgentHeard, performance.now() - at);
    return { ok: true };
  };
  const actuators = await Promise.all(
    load.devices.map(({ token }, device) => MqttActuator.connect(load.mqtt, token, hearing(device))),
  );
  const free = await Promise.all(
    Array.from({ length: connectionsMost }, (_, n) =>
      HttpConnection.connect(load.port, `127.0.2.${1 + Math.floor(n / apart)}`),
    ),
  );
  const requests = load.devices.map(({ id }) => ({
    ordinary: postRequest('/api/v1/commands', load.key, { thing: id, service: 'set', input: { value: 20 } }),
    urgent: postRequest('/api/v1/commands', load.key, { thing: id, service: 'halt' }),
  }));
  process.send?.({ ready: true });
  await new Promise((resolve) => process.once('message', resolve));

  let sent = 0;
  let refused = 0;
  async function send(urgent: boolean): Promise<void> {
    const device = sent % requests.length;
    const request = requests[device];
    const connection = free.shift();
    if (!request || !connection) {
      refused += 1; // Nobody is left to ask: the platform is behind.
      return;
    }
    sent += 1;
    const at = performance.now();
    if (urgent) alarmed.set(device, at);
    const { status, body } = await connection.exchange(urgent ? request.urgent : request.ordinary);
    free.push(connection);
    record(done.accepted, performance.now() - at);
    if (status !== 201) {
      refused += 1;
      return;
    }
    const { id } = JSON.parse(body.toString()) as { id: string };
    const known = early.get(id);
    early.delete(id);
    if (known === undefined) waiting.set(id, { at, urgent });
    else settle({ at, urgent }, known);
  }

  const began = performance.now();
  const running = new Set<Promise<void>>();
  let due = 0;
  let urgentDue = 0;
  for (;;) {
    const passed = (performance.now() - began) / 1000;
    if (passed >= load.seconds) break;
    const start = (urgent: boolean) => {
      const one = send(urgent).finally(() => running.delete(one));
      running.add(one);
    };
    while (due < passed * load.rate) {
      due += 1;
      start(false);
    }
    while (urgentDue < passed * load.emergencies) {
      urgentDue += 1;
      start(true);
    }
    await sleep(1);
  }
  await Promise.all(running);
  const seconds = (performance.now() - began) / 1000;
  for (let n = 0; n < 100 && waiting.size > 0; n++) await sleep(50);
  socket.close();
  for (const each of actuators) each.end();
  for (const each of free) each.end();
  return { sent, acknowledged, refused, seconds, ...done };
}

process.once('message', (load: CommandLoad) => {
  run(load).then(
    (done) => process.send?.({ done }, () => process.exit(0)),
    (cause: Error) => process.send?.({ failed: cause.message }, () => process.exit(1)),
  );
});
