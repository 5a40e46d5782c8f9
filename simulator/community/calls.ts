import type { Device } from './device.ts';

/** What a device does when it is called. */
export interface CallAnswer {
  readonly reply: Record<string, unknown>;
  /** It goes away for so many seconds and comes back. */
  readonly restarts?: number;
}

const done: CallAnswer = { reply: { ok: true } };

function runState(device: Device, state: 'running' | 'stopped' | 'standby'): CallAnswer {
  if (state === 'running') device.switches.release('runState', 'faultCode', 'speed');
  else device.switches.set({ runState: state });
  return done;
}

function supply(device: Device, on: boolean): CallAnswer {
  device.switches.supply(on, device.undisturbed());
  if (!on && device.unit.family === 'gas-detector') device.tell('valve-closed', { by: 'command' });
  return done;
}

type Act = (device: Device, params: Record<string, unknown>, now: number) => CallAnswer;

const acts: Readonly<Record<string, Act>> = {
  unlock: (device, params, now) => {
    device.switches.unlock(now);
    device.tell('unlocked', { by: 'platform', ...(typeof params.reason === 'string' && { reason: params.reason }) });
    return done;
  },
  lock: (device) => {
    device.switches.lock();
    return done;
  },
  readState: (device) => ({ reply: { ok: true, ...device.values() } }),
  silence: () => done,
  test: (device) => {
    device.tell('tested');
    return done;
  },
  closeValve: (device) => supply(device, false),
  openValve: (device) => supply(device, true),
  openRelay: (device) => supply(device, false),
  closeRelay: (device) => supply(device, true),
  start: (device) => runState(device, 'running'),
  reset: (device) => runState(device, 'running'),
  stop: (device) => runState(device, 'stopped'),
  pause: (device) => runState(device, 'standby'),
  setSpeed: (device, { value }) => {
    if (typeof value !== 'number') return { reply: { ok: false, error: 'value-missing' } };
    device.switches.set({ speed: Math.round(value) });
    return done;
  },
  setTemperature: (device, { value }) => {
    if (typeof value !== 'number') return { reply: { ok: false, error: 'value-missing' } };
    device.switches.set({ temperature: value });
    return done;
  },
  setPressure: (device, { value }) => {
    if (typeof value !== 'number') return { reply: { ok: false, error: 'value-missing' } };
    device.switches.set({ pressure: value });
    return done;
  },
  calibrate: () => done,
  setClock: () => done,
  setEmergencyCode: () => done,
  readRecords: ({ memory }) => ({ reply: { ok: true, records: memory?.log ?? [] } }),
};

const restarting: Readonly<Record<string, number>> = { 'home-gateway': 6, camera: 8, host: 20 };

/** Carries a call out; the new state is reported at once. Unknown methods are answered, not swallowed. */
export function answerCall(device: Device, method: string, params: unknown, now: number): CallAnswer {
  const given = typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {};
  if (method === 'restart') {
    const seconds = restarting[device.unit.family];
    if (seconds === undefined) return runState(device, 'running');
    device.tell('restarted', { by: 'command' });
    return { reply: { ok: true }, restarts: seconds };
  }
  const held = device.memory?.call(method, given);
  if (device.memory && held) {
    device.switches.set({ grants: device.memory.grants.length, frozen: device.memory.frozen });
    device.reportSoon();
    return { reply: { ok: held.error === undefined, ...held } };
  }
  const act = acts[method];
  if (!act) return { reply: { ok: false, error: 'method-unknown' } };
  const answer = act(device, given, now);
  device.reportSoon();
  return answer;
}
