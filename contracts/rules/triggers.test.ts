import { describe, expect, test } from 'vitest';
import { clearByHand } from './evaluate.ts';
import { compiled, second, start, told, Watched } from './rule-fixture.ts';

describe('events of devices', () => {
  const tamper = { kind: 'event', severity: 1, event: 'tamper', clearEvent: 'restored' } as const;

  test('an event raises at once, more of them are occurrences, the other event ends', () => {
    const list = ['tamper', 'other', 'tamper', 'restored', 'restored', 'tamper'].map((event, at) => ({ at, event }));
    expect(told(compiled(tamper), list)).toEqual(['raised 1 @0', 'occurrence 1 @2', 'cleared 1 @3', 'raised 1 @5']);
  });

  test('with hold the end waits, and an event before it is over goes on with the alarm', () => {
    const list = [
      { at: 0, event: 'tamper' },
      { at: 10, event: 'restored' },
      { at: 20, event: 'tamper' },
      { at: 30, event: 'restored' },
      { at: 100, temperature: 20 },
    ];
    expect(told(compiled(tamper, { hold: 60 }), list)).toEqual(['raised 1 @0', 'occurrence 1 @20', 'cleared 1 @90']);
  });

  test('without a clear event a person ends it, and the next event raises again', () => {
    const rule = compiled({ kind: 'event', severity: 2, event: 'tamper' });
    const watched = new Watched(rule);
    watched.say({ at: 0, event: 'tamper' });
    expect(watched.say({ at: 5, temperature: 20 })).toEqual([]);
    expect(watched.take(clearByHand(rule, watched.state, start + 10 * second))).toEqual(['cleared 2 @10']);
    expect(watched.say({ at: 20, event: 'tamper' })).toEqual(['raised 2 @20']);
  });

  test('a late event still raises, unless the clear event that came before it is newer', () => {
    expect(
      told(compiled(tamper), [
        { at: 100, temperature: 1 },
        { at: 50, event: 'tamper' },
      ]),
    ).toEqual(['raised 1 @50']);
    expect(
      told(compiled(tamper), [
        { at: 100, event: 'restored' },
        { at: 50, event: 'tamper' },
      ]),
    ).toEqual([]);
    expect(
      told(compiled(tamper), [
        { at: 100, event: 'restored' },
        { at: 150, event: 'tamper' },
      ]),
    ).toEqual(['raised 1 @150']);
  });

  test('an event during silence is dropped, not kept for later', () => {
    const list = [0, 10, 20, 200].map((at) => ({ at, event: at === 10 ? 'restored' : 'tamper' }));
    expect(told(compiled(tamper, { silence: 60 }), list)).toEqual(['raised 1 @0', 'cleared 1 @10', 'raised 1 @200']);
    const early = [0, 10, 20].map((at) => ({ at, event: at === 10 ? 'restored' : 'tamper' }));
    expect(told(compiled(tamper, { silence: 60 }), [...early, { at: 300, temperature: 1 }])).toEqual([
      'raised 1 @0',
      'cleared 1 @10',
    ]);
  });
});

describe('offline', () => {
  const offline = compiled({ kind: 'offline', severity: 3, for: 3600 });

  test('[H-7.1-c-3] 59 minutes offline raise nothing, 61 minutes raise one alarm, coming back clears it', () => {
    const gone = { at: 0, online: 'offline' } as const;
    expect(told(offline, [gone, { at: 59 * 60, online: 'online' }, { at: 90 * 60, wake: true }])).toEqual([]);
    expect(told(offline, [gone, { at: 59 * 60, wake: true }])).toEqual([]);
    expect(
      told(offline, [
        gone,
        { at: 61 * 60, wake: true },
        { at: 70 * 60, wake: true },
        { at: 80 * 60, online: 'online' },
      ]),
    ).toEqual(['raised 3 @3600', 'cleared 3 @4800']);
  });

  test('unknown neither raises nor clears', () => {
    expect(
      told(offline, [
        { at: 0, online: 'unknown' },
        { at: 9000, wake: true },
      ]),
    ).toEqual([]);
    expect(
      told(offline, [
        { at: 0, online: 'offline' },
        { at: 4000, online: 'unknown' },
        { at: 9000, temperature: 1 },
      ]),
    ).toEqual(['raised 3 @3600']);
  });
});

describe('missing values', () => {
  const missing = { kind: 'missing', severity: 4, property: 'temperature', for: 100 } as const;

  test('the gap is told at its exact moment, by the clock or by the message that ends it', () => {
    const before = [
      { at: 0, temperature: 20 },
      { at: 60, temperature: 20 },
    ];
    const after = [
      { at: 300, temperature: 20 },
      { at: 360, temperature: 20 },
    ];
    const expected = ['raised 4 @160', 'cleared 4 @300'];
    expect(told(compiled(missing), [...before, ...after])).toEqual(expected);
    expect(told(compiled(missing), [...before, { at: 160, wake: true }, { at: 200, wake: true }, ...after])).toEqual(
      expected,
    );
    expect(told(compiled(missing), [...before, { at: 250, smoke: true }, ...after])).toEqual(expected);
  });

  test('a thing that never sends the value is told after the time has passed since watching began', () => {
    const watched = new Watched(compiled(missing));
    watched.say({ at: 10, wake: true });
    expect(watched.wakeAt).toBe(start + 110 * second);
    expect(watched.say({ at: 110, wake: true })).toEqual(['raised 4 @110']);
    expect(watched.wakeAt).toBeUndefined();
    expect(watched.say({ at: 500, temperature: 20 })).toEqual(['cleared 4 @500']);
    expect(watched.wakeAt).toBe(start + 600 * second);
  });

  test('values that keep coming leave the state the very same object', () => {
    const watched = new Watched(compiled(missing));
    watched.say({ at: 0, temperature: 20 });
    const { state } = watched;
    for (let at = 50; at < 1000; at += 50) expect(watched.say({ at, temperature: 20 })).toEqual([]);
    expect(watched.state).toBe(state);
    expect(watched.wakeAt).toBe(start + 1050 * second);
  });

  test('with hold a value that goes missing again is the same alarm', () => {
    const list = [0, 200, 350, 400, 450].map((at) => ({ at, temperature: 20 }));
    expect(told(compiled(missing, { hold: 110 }), list)).toEqual(['raised 4 @100', 'occurrence 4 @300']);
    expect(told(compiled(missing, { hold: 90 }), list)).toEqual([
      'raised 4 @100',
      'cleared 4 @290',
      'raised 4 @300',
      'cleared 4 @440',
    ]);
  });
});
