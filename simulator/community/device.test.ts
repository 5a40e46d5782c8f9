import { describe, expect, test } from 'vitest';
import { historyOf } from './back-fill.ts';
import { answerCall } from './calls.ts';
import { SimulatedClock } from './clock.ts';
import { Device } from './device.ts';
import { unitsOf } from './inventory.ts';
import { homeAt } from './layout.ts';

const noon = Date.UTC(2026, 4, 15, 4);

function home(speed = 1) {
  let now = noon;
  const clock = new SimulatedClock(speed, { ahead: 0 }, () => now);
  const devices = new Map(unitsOf(homeAt(7)).map((unit) => [unit.family, new Device(unit, clock, 0)]));
  const device = (family: string): Device => {
    const found = devices.get(family);
    if (!found) throw new Error(family);
    return found;
  };
  /** Lets time pass second by second, speaking whenever the device wants to. */
  function live(one: Device, seconds: number) {
    const words: { at: number; values: Record<string, unknown>; events: string[] }[] = [];
    for (const end = now + seconds * 1000; now < end; now += 250) {
      if (one.due() > now) continue;
      const { at, values, events } = one.speak();
      words.push({ at: (at - noon) / 1000, values, events: events.map(({ event }) => event) });
    }
    return words;
  }
  return { device, live, pass: (seconds: number) => (now += seconds * 1000), now: () => now };
}

describe('a device left alone', () => {
  test('reports at the interval of its model', () => {
    const { device, live } = home();
    const words = live(device('smoke-detector'), 300);
    expect(words.length).toBeGreaterThanOrEqual(10);
    expect(words.length).toBeLessThanOrEqual(12);
  });

  test('reports faster when time runs faster, but not more than once a second', () => {
    const { device, live } = home(10);
    expect(live(device('smoke-detector'), 60).length).toBeGreaterThanOrEqual(18);
    const racing = home(1000);
    expect(racing.live(racing.device('smoke-detector'), 20).length).toBeLessThanOrEqual(21);
  });

  test('tells an opened door when it opens, with the time it opened', () => {
    const { device, live, pass } = home();
    const lock = device('lock');
    pass(4.9 * 3600);
    lock.speak();
    const told = live(lock, 3 * 3600).filter(({ events }) => events.includes('door-opened'));
    expect(told.length).toBeGreaterThan(0);
    for (const { values } of told) expect(values.locked).toBe(false);
  });
});

describe('faults', () => {
  test('smoke rises beyond 10 %/m in about ten seconds, is told, and clears by itself', () => {
    const { device, live } = home();
    const detector = device('smoke-detector');
    live(detector, 5);
    detector.suffer('smoke');
    const words = live(detector, 200);
    const high = words.find(({ values }) => Number(values.smoke) > 10);
    expect(high?.at).toBeGreaterThan(5 + 4);
    expect(high?.at).toBeLessThan(5 + 12);
    expect(words.flatMap(({ events }) => events)).toEqual(['smoke', 'smoke-cleared']);
    expect(Number(words.at(-1)?.values.smoke)).toBeLessThan(3);
    expect(detector.faults).toEqual([]);
  });

  test('cleared smoke dies away instead of vanishing', () => {
    const { device, live } = home();
    const detector = device('smoke-detector');
    detector.suffer('smoke');
    live(detector, 30);
    expect(detector.recover('smoke')).toBe(true);
    const fading = live(detector, 60).map(({ values }) => Number(values.smoke));
    expect(fading[0]).toBeGreaterThan(10);
    expect(fading.at(-1)).toBeLessThan(3);
    expect(detector.recover('smoke')).toBe(false);
  });

  test('the sixth wrong code is counted and told once; a cleared one is not told afterwards', () => {
    const { device, live } = home();
    const lock = device('lock');
    lock.suffer('wrong-code');
    const words = live(lock, 60);
    expect(words.filter(({ events }) => events.includes('wrong-code'))).toHaveLength(1);
    expect(Math.max(...words.map(({ values }) => Number(values.wrongCodes)))).toBe(6);
    lock.suffer('wrong-code');
    live(lock, 6);
    lock.recover('wrong-code');
    const after = live(lock, 60);
    expect(after.flatMap(({ events }) => events)).toEqual([]);
    expect(after.at(-1)?.values.wrongCodes).toBe(0);
  });

  test('a stuck meter shows one value while its flow goes on', () => {
    const { device, live, pass } = home();
    const meter = device('water-meter');
    meter.suffer('stuck-meter');
    const stuck = live(meter, 600).map(({ values }) => values.volume);
    expect(new Set(stuck).size).toBe(1);
    meter.recover('stuck-meter');
    live(meter, 2);
    pass(12 * 3600);
    expect(Number(meter.speak().values.volume)).toBeGreaterThan(Number(stuck[0]));
  });

  test('tamper, low battery and an open door are told with what they show', () => {
    const { device, live } = home();
    const lock = device('lock');
    lock.suffer('tamper');
    expect(live(lock, 2).flatMap(({ events }) => events)).toEqual(['tamper']);
    lock.suffer('low-battery');
    expect(live(lock, 2).at(-1)?.values.battery).toBe(8);
    lock.suffer('door-left-open');
    const words = live(lock, 160);
    expect(words.flatMap(({ events }) => events)).toEqual(['door-opened', 'door-left-open', 'door-closed']);
  });

  test('a device without power is silent until the fault is over', () => {
    const { device, live } = home();
    const gateway = device('home-gateway');
    gateway.suffer('offline');
    expect(gateway.silent).toBe(true);
    live(gateway, 310);
    expect(gateway.silent).toBe(false);
  });
});

describe('calls', () => {
  test('a closed valve stops the water and the meter does not jump when it opens again', () => {
    const { device, now, pass } = home();
    const meter = device('water-meter');
    expect(answerCall(meter, 'closeValve', {}, now()).reply).toEqual({ ok: true });
    const closed = meter.speak().values;
    pass(24 * 3600);
    expect(meter.speak().values).toMatchObject({ valveOpen: false, flow: 0, volume: closed.volume });
    answerCall(meter, 'openValve', {}, now());
    expect(meter.speak().values).toMatchObject({ valveOpen: true, volume: closed.volume });
    pass(24 * 3600);
    expect(Number(meter.speak().values.volume)).toBeGreaterThan(Number(closed.volume));
  });

  test('a lock opens on call, tells it, and bolts again', () => {
    const { device, now, live } = home();
    const lock = device('lock');
    lock.speak();
    expect(answerCall(lock, 'unlock', { reason: '维修' }, now()).reply).toEqual({ ok: true });
    const [word] = live(lock, 1);
    expect(word?.events).toEqual(['unlocked']);
    expect(word?.values.locked).toBe(false);
    expect(live(lock, 10).at(-1)?.values.locked).toBe(true);
  });

  test('state is read, restarts are said, and what a device does not know is refused', () => {
    const { device, now } = home();
    expect(answerCall(device('lock'), 'readState', null, now()).reply).toMatchObject({ ok: true, open: false });
    expect(answerCall(device('home-gateway'), 'restart', {}, now()).restarts).toBeGreaterThan(0);
    expect(answerCall(device('lock'), 'explode', {}, now()).reply).toEqual({ ok: false, error: 'method-unknown' });
  });
});

describe('back-filled history', () => {
  test('meets what is said live: a meter never falls between the two', () => {
    const { device } = home();
    const meter = device('water-meter');
    const items = [...historyOf(meter, noon - 24 * 3_600_000, noon, 300)].flatMap(({ kind, items }) =>
      kind === 'telemetry' ? items : [],
    );
    const volumes = items.map((item) => Number((item as { values: { volume: number } }).values.volume));
    expect(volumes).toHaveLength(288);
    volumes.push(Number(meter.speak().values.volume));
    expect(volumes.every((volume, at) => volume >= (volumes[at - 1] ?? 0))).toBe(true);
  });

  test('has the door events of the day with their times', () => {
    const { device } = home();
    const events = [...historyOf(device('lock'), noon - 24 * 3_600_000, noon, 300)].flatMap(({ kind, items }) =>
      kind === 'events' ? items : [],
    );
    expect(events.length).toBeGreaterThan(3);
    for (const event of events) expect((event as { ts: number }).ts).toBeLessThanOrEqual(noon);
  });

  test('a lock takes grants, tells what it holds but no credential, and opens by itself', () => {
    const { device, now } = home();
    const lock = device('lock');
    const grant = { id: 'g-1', means: ['pin'], credential: '20260607', from: now() - 1000, until: now() + 1000 };
    expect(answerCall(lock, 'writeGrant', grant, now()).reply).toEqual({ ok: true, id: 'g-1' });
    const { credential: _kept, ...told } = grant;
    expect(answerCall(lock, 'readGrants', {}, now()).reply).toEqual({ ok: true, grants: [told], frozen: false });
    expect(lock.values()).toMatchObject({ grants: 1, frozen: false });
    expect(lock.memory?.show({ means: 'pin', credential: '20260607', time: now() })).toBe(true);
    expect(answerCall(lock, 'writeGrant', { ...grant, until: 1 }, now()).reply).toMatchObject({ ok: false });
    answerCall(lock, 'revokeGrant', { id: 'g-1' }, now());
    expect(lock.memory?.show({ means: 'pin', credential: '20260607', time: now() })).toBe(false);
    expect(answerCall(device('smoke-detector'), 'writeGrant', grant, now()).reply).toMatchObject({ ok: false });
  });
});
