import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Severity } from './alarm.ts';
import { explains, type Ranked, settled, silence, standingBefore, standsAlone } from './incident.ts';

const severity = fc.integer({ min: 1, max: 4 }).map((level) => level as Severity);
const throughout = { supplied: true, suppliedThroughout: true };
const contained = { supplied: false, suppliedThroughout: false };

describe('what explains what', () => {
  test('a silent gateway explains the silence of what speaks through it, and nothing else of it', () => {
    const gateway = { symptom: silence, severity: 3 as Severity };
    expect(explains(gateway, { symptom: silence }, contained)).toBe(true);
    expect(explains(gateway, { symptom: 'low-battery' }, contained)).toBe(false);
  });

  test('a supply in trouble explains whatever is fed by it; a trifle of it does not', () => {
    const supply = { symptom: 'power-lost', severity: 3 as Severity };
    expect(explains(supply, { symptom: 'low-battery' }, throughout)).toBe(true);
    expect(explains({ ...supply, severity: 4 }, { symptom: silence }, throughout)).toBe(false);
    // Supply → gateway → sensor: the sensor falls silent, but its battery is its own.
    const byGateway = { supplied: true, suppliedThroughout: false };
    expect(explains(supply, { symptom: silence }, byGateway)).toBe(true);
    expect(explains(supply, { symptom: 'low-battery' }, byGateway)).toBe(false);
  });

  test('an alarm of a device that happens to contain others explains nothing while the device speaks', () => {
    expect(explains({ symptom: 'door-open', severity: 1 }, { symptom: silence }, contained)).toBe(false);
  });
});

test('alarms on life and property, and silenced ones, stand alone; graver ones need a wave', () => {
  expect(standsAlone({ transferLevel: 3, silenced: false })).toBe(true);
  expect(standsAlone({ transferLevel: 2, silenced: true })).toBe(true);
  expect(standsAlone({ transferLevel: 2, silenced: false })).toBe(false);
  expect(standingBefore({ symptom: 'leak', severity: 2 })).toBe(3);
  expect(standingBefore({ symptom: 'low-battery', severity: 3 })).toBe(1);
  expect(standingBefore({ symptom: silence, severity: 1 })).toBe(1);
});

describe('an incident looked at again', () => {
  const ranked = fc.record({ id: fc.uuid(), severity });
  const gravestFirst = (all: Ranked[]) => all.toSorted((a, b) => a.severity - b.severity);

  test('ends when none of its alarms is active, and only then', () => {
    expect(settled('a', [], undefined)).toBeUndefined();
    expect(settled('a', [], { id: 'b', severity: 4 })).toEqual({ lead: 'b', release: 'b', told: 4 });
  });

  test('is led by an active alarm that was told of, and of the gravest people know', () => {
    fc.assert(
      fc.property(fc.array(ranked, { maxLength: 5 }), fc.option(ranked, { nil: undefined }), (found, hidden) => {
        const standing = gravestFirst(found);
        const next = settled(standing[2]?.id ?? 'gone', standing, hidden);
        if (!next) return standing.length === 0 && hidden === undefined;
        const told = [...standing, ...(hidden && next.release === hidden.id ? [hidden] : [])];
        const lead = next.lead ?? standing[2]?.id;
        const gravest = Math.min(...told.map((each) => each.severity));
        return (
          told.some((each) => each.id === lead) &&
          next.told === gravest &&
          (!hidden || gravest <= hidden.severity) &&
          // Nobody is told without need.
          (next.release === undefined || standing.every((each) => each.severity > (hidden?.severity ?? 0)))
        );
      }),
    );
  });
});
