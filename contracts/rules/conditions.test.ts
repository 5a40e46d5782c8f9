import { describe, expect, test } from 'vitest';
import { clearByHand } from './evaluate.ts';
import { compiled, second, start, temperatures, told, Watched } from './rule-fixture.ts';

const hot = { severity: 2, when: 'temperature > 60' } as const;

describe('raising and clearing', () => {
  test('true raises, false clears', () => {
    const rule = compiled({ kind: 'condition', levels: [hot] });
    expect(told(rule, temperatures([50, 61, 62, 50, 50, 70]))).toEqual([
      'raised 2 @60',
      'cleared 2 @180',
      'raised 2 @300',
    ]);
  });

  test('the findings carry the values that caused them', () => {
    const watched = new Watched(compiled({ kind: 'condition', levels: [{ ...hot, for: 30 }] }));
    watched.say({ at: 0, temperature: 61 });
    watched.say({ at: 60, temperature: 99 });
    watched.say({ at: 70, temperature: 20 });
    expect(watched.found.map(({ kind, values }) => [kind, values])).toEqual([
      ['raised', { temperature: 61 }],
      ['cleared', { temperature: 20 }],
    ]);
  });

  test('for: true must last, and the moment it has lasted is exact, whoever notices it', () => {
    const rule = compiled({ kind: 'condition', levels: [{ ...hot, for: 90 }] });
    expect(told(rule, temperatures([61, 61, 61, 61]))).toEqual(['raised 2 @90']);
    expect(told(rule, temperatures([61, 50, 61, 61]))).toEqual([]);
    expect(
      told(rule, [
        { at: 0, temperature: 61 },
        { at: 89, wake: true },
        { at: 95, wake: true },
      ]),
    ).toEqual(['raised 2 @90']);
    // True until 90 s and false from 90 s on has lasted 90 s.
    expect(
      told(rule, [
        { at: 0, temperature: 61 },
        { at: 90, temperature: 0 },
      ]),
    ).toEqual(['raised 2 @90', 'cleared 2 @90']);
  });

  test('wakeAt tells when to come back, and nothing while nothing runs', () => {
    const watched = new Watched(compiled({ kind: 'condition', levels: [{ ...hot, for: 90 }] }, { hold: 20 }));
    const waits = (temperature: number, at: number) => {
      watched.say({ at, temperature });
      return watched.wakeAt === undefined ? undefined : (watched.wakeAt - start) / second;
    };
    expect([
      waits(50, 0),
      waits(61, 10),
      waits(61, 50),
      waits(50, 60),
      waits(61, 70),
      waits(61, 170),
      waits(50, 180),
    ]).toEqual([undefined, 100, 100, undefined, 160, undefined, 200]);
  });

  test('n of the last m: single hits do not raise, a cluster does', () => {
    const rule = compiled({ kind: 'condition', levels: [{ ...hot, count: { n: 3, m: 5 } }] });
    expect(told(rule, temperatures([61, 50, 61, 50, 50, 61, 50, 61, 61]))).toEqual(['raised 2 @480']);
    // It ends when fewer than three of the last five are left, not at the first good one.
    expect(told(rule, temperatures([61, 61, 61, 50, 50, 50, 50]))).toEqual(['raised 2 @120', 'cleared 2 @300']);
  });

  test('a clear condition of its own makes hysteresis', () => {
    const rule = compiled({ kind: 'condition', levels: [hot], clear: 'temperature < 55' });
    expect(told(rule, temperatures([61, 58, 61, 56, 54, 58, 61]))).toEqual([
      'raised 2 @0',
      'occurrence 2 @120',
      'cleared 2 @240',
      'raised 2 @360',
    ]);
  });

  test('hold: the end must last; coming back before is an occurrence of the same alarm', () => {
    const rule = compiled({ kind: 'condition', levels: [hot] }, { hold: 100 });
    expect(told(rule, temperatures([61, 50, 61, 50, 50, 50, 61]))).toEqual([
      'raised 2 @0',
      'occurrence 2 @120',
      'cleared 2 @280',
      'raised 2 @360',
    ]);
  });

  test('silence: after the end nothing is raised for a while, then what still holds is', () => {
    const rule = compiled({ kind: 'condition', levels: [hot] }, { silence: 150 });
    expect(told(rule, temperatures([61, 50, 61, 61, 61]))).toEqual(['raised 2 @0', 'cleared 2 @60', 'raised 2 @210']);
    expect(told(rule, temperatures([61, 50, 61, 50, 50, 50]))).toEqual(['raised 2 @0', 'cleared 2 @60']);
  });

  test('unknown neither raises nor ends', () => {
    const rule = compiled({ kind: 'condition', levels: [{ severity: 1, when: 'smoke && event == "tamper"' }] });
    expect(
      told(rule, [
        { at: 0, smoke: true },
        { at: 1, event: 'tamper' },
        { at: 2, smoke: true },
        { at: 3, smoke: false },
      ]),
    ).toEqual(['raised 1 @1', 'cleared 1 @3']);
  });
});

describe('severity up and down', () => {
  const levels = [
    { severity: 3, when: 'temperature > 60' },
    { severity: 2, when: 'temperature > 80' },
    { severity: 1, when: 'temperature > 100', for: 60 },
  ] as const;

  test('the most severe level that is reached counts; up at once, down after hold', () => {
    const rule = compiled({ kind: 'condition', levels: [...levels] }, { hold: 90 });
    expect(told(rule, temperatures([70, 90, 110, 110, 90, 90, 70, 70, 70, 50, 50, 50]))).toEqual([
      'raised 3 @0',
      'escalated 2 @60',
      'escalated 1 @180',
      'deescalated 2 @330',
      'deescalated 3 @450',
      'cleared 3 @630',
    ]);
  });

  test('between raise and clear the least severe level stays', () => {
    const rule = compiled({ kind: 'condition', levels: [...levels], clear: 'temperature < 40' });
    expect(told(rule, temperatures([90, 50, 50, 39]))).toEqual(['raised 2 @0', 'deescalated 3 @60', 'cleared 3 @180']);
  });

  test('a fall that recovers within hold changes nothing', () => {
    const rule = compiled({ kind: 'condition', levels: [...levels] }, { hold: 90 });
    expect(told(rule, temperatures([90, 70, 90, 70, 90]))).toEqual(['raised 2 @0']);
  });
});

describe('schedule', () => {
  const working = {
    zone: 'Asia/Shanghai',
    hours: [{ weekdays: [5, 6], from: '08:00', to: '18:00' }],
  };
  const hour = 3600;

  test('outside its hours nothing is raised, at their begin what still holds is', () => {
    const rule = compiled({ kind: 'condition', levels: [hot] }, { schedule: working });
    expect(
      told(rule, [
        { at: 0, temperature: 61 },
        { at: 9 * hour, temperature: 61 },
      ]),
    ).toEqual(['raised 2 @28800']);
    expect(
      told(rule, [
        { at: 0, temperature: 61 },
        { at: 7 * hour, temperature: 50 },
        { at: 9 * hour, temperature: 50 },
      ]),
    ).toEqual([]);
  });

  test('for counts inside the hours only', () => {
    const rule = compiled({ kind: 'condition', levels: [{ ...hot, for: hour }] }, { schedule: working });
    expect(
      told(rule, [
        { at: 17.5 * hour, temperature: 61 },
        { at: 40 * hour, temperature: 61 },
      ]),
    ).toEqual([`raised 2 @${33 * hour}`]);
  });

  test('an open alarm ends outside the hours too', () => {
    const rule = compiled({ kind: 'condition', levels: [hot] }, { schedule: working });
    expect(
      told(rule, [
        { at: 17 * hour, temperature: 61 },
        { at: 20 * hour, temperature: 50 },
      ]),
    ).toEqual([`raised 2 @${17 * hour}`, `cleared 2 @${20 * hour}`]);
  });

  test('a night shift over midnight is one window', () => {
    const nights = { zone: 'Asia/Shanghai', hours: [{ weekdays: [5], from: '22:00', to: '06:00' }] };
    const rule = compiled({ kind: 'condition', levels: [{ ...hot, for: 3 * hour }] }, { schedule: nights });
    expect(
      told(rule, [
        { at: 23 * hour, temperature: 61 },
        { at: 30 * hour, temperature: 61 },
      ]),
    ).toEqual([`raised 2 @${26 * hour}`]);
  });
});

describe('by hand', () => {
  test('an alarm ended by a person comes back only after its condition has ended once', () => {
    const rule = compiled({ kind: 'condition', levels: [hot] });
    const watched = new Watched(rule);
    expect(watched.say({ at: 0, temperature: 61 })).toEqual(['raised 2 @0']);
    expect(watched.take(clearByHand(rule, watched.state, start + 30 * second))).toEqual(['cleared 2 @30']);
    expect(watched.found.at(-1)?.byHand).toBe(true);
    watched.restart();
    expect(temperatures([61, 61, 50, 61]).flatMap((said) => watched.say({ ...said, at: said.at + 60 }))).toEqual([
      'raised 2 @240',
    ]);
    expect(clearByHand(rule, undefined, start).findings).toEqual([]);
  });
});

describe('time as a condition', () => {
  test('a rule on the age of a value is woken each minute and raises without a message', () => {
    const rule = compiled({ kind: 'condition', levels: [{ severity: 4, when: 'age.temperature > 100' }] });
    const watched = new Watched(rule);
    watched.say({ at: 10, temperature: 20 });
    const findings: string[] = [];
    for (let i = 0; i < 5 && watched.wakeAt !== undefined; i++) {
      findings.push(...watched.say({ at: (watched.wakeAt - start) / second, wake: true }));
    }
    expect(findings).toEqual(['raised 4 @120']);
    expect(watched.say({ at: 400, temperature: 20 })).toEqual(['cleared 4 @400']);
  });
});

describe('cost', () => {
  test('while the condition stays false the state is the very same object, also after alarms', () => {
    const watched = new Watched(
      compiled({ kind: 'condition', levels: [{ ...hot, count: { n: 2, m: 3 } }] }, { silence: 5 }),
    );
    for (const said of temperatures([20, 21, 22])) watched.say(said);
    expect(watched.state).toBeUndefined();
    for (const said of temperatures([61, 61, 20, 20, 20, 20])) watched.say({ ...said, at: said.at + 200 });
    const { state } = watched;
    expect(state).toBeDefined();
    for (const said of temperatures([20, 30, 40])) watched.say({ ...said, at: said.at + 1000 });
    expect(watched.state).toBe(state);
  });
});
