import { setTimeout as sleep } from 'node:timers/promises';
import { type Histogram, newHistogram } from '../histogram.ts';
import { usualPayload } from '../stock.ts';
import { MqttDevice, ringOf, type Target } from './mqtt-client.ts';

/** What this process is told to do, and what it tells when it has done it. */
export interface MqttLoad {
  target: Target;
  tokens: string[];
  /** Unacknowledged messages a device may have. */
  window: number;
  seconds: number;
  /** Messages a second of all devices together; as many as go when absent. */
  rate?: number;
}

export interface MqttLoadDone {
  /** While messages were being sent; this is what counts as speed. */
  acknowledged: number;
  /** With those that came in afterwards; each of them must be stored. */
  total: number;
  seconds: number;
  times: Histogram;
}

const turnMs = 5;
const drainMs = 10_000;

async function flood(devices: MqttDevice[], { window, seconds }: MqttLoad): Promise<void> {
  let going = true;
  for (const device of devices) {
    // Half a window at a time: fewer, larger writes, and always something on its way.
    device.onRoom = () => {
      const room = window - device.inFlight;
      if (going && room >= window / 2) device.send(room);
    };
    device.send(window);
  }
  await sleep(seconds * 1000);
  going = false;
}

async function pace(devices: MqttDevice[], { window, seconds, rate = 0 }: MqttLoad): Promise<void> {
  const began = performance.now();
  let sent = 0;
  let turn = 0;
  for (let now = began; now - began < seconds * 1000; now = performance.now()) {
    const due = Math.floor(((now - began) / 1000) * rate) - sent;
    const each = Math.max(1, Math.ceil(due / devices.length));
    for (let left = due, tried = 0; left > 0 && tried < devices.length; tried++) {
      const device = devices[turn++ % devices.length];
      const count = Math.min(each, left, window - (device?.inFlight ?? window));
      if (!device || count <= 0) continue;
      device.send(count);
      sent += count;
      left -= count;
    }
    await sleep(turnMs);
  }
}

async function run(load: MqttLoad): Promise<MqttLoadDone> {
  const times = newHistogram();
  const ring = ringOf(Array.from({ length: 256 }, (_, n) => usualPayload(n)));
  const devices: MqttDevice[] = [];
  for (const token of load.tokens) devices.push(await MqttDevice.connect(load.target, token, ring, times));
  process.send?.({ ready: true });
  await new Promise((resolve) => process.once('message', resolve));
  const began = performance.now();
  await (load.rate === undefined ? flood(devices, load) : pace(devices, load));
  const acknowledged = () => devices.reduce((sum, device) => sum + device.acknowledged, 0);
  // What was acknowledged while we sent counts; the rest is waited for so that nothing is left hanging.
  const seconds = (performance.now() - began) / 1000;
  const inTime = acknowledged();
  const late = performance.now() + drainMs;
  while (devices.some(({ inFlight }) => inFlight > 0) && performance.now() < late) await sleep(20);
  const total = acknowledged();
  for (const device of devices) device.end();
  return { acknowledged: inTime, total, seconds, times };
}

process.once('message', (load: MqttLoad) => {
  run(load).then(
    (done) => process.send?.({ done }, () => process.exit(0)),
    (cause: Error) => process.send?.({ failed: cause.message }, () => process.exit(1)),
  );
});
