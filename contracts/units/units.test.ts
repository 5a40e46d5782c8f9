import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert, isConvertible } from './convert.ts';
import { decimalsOf, formatNumber, formatQuantity, roundToResolution, unitSymbol } from './format.ts';
import { isUnitCode, unitOf, units } from './unit.ts';

describe('conversion', () => {
  test.each([
    [0, 'Cel', 'K', 273.15],
    [20, 'Cel', '[degF]', 68],
    [-40, '[degF]', 'Cel', -40],
    [0, 'K', '[degF]', -459.67],
    [1, 'bar', 'kPa', 100],
    [0.4, 'MPa', 'bar', 4],
    [1013.25, 'hPa', 'kPa', 101.325],
    [1, 'kW.h', 'MJ', 3.6],
    [3600, 'kJ', 'kW.h', 1],
    [500, 'W.h', 'kW.h', 0.5],
    [60, 'L/min', 'm3/h', 3.6],
    [1, 'm3', 'L', 1000],
    [1500, '{rev}/min', 'Hz', 25],
    [72, '/min', '/s', 1.2],
    [45, '%', '1', 0.45],
    [400, 'ppm', '%', 0.04],
    [1, 'd', 'h', 24],
    [90, 's', 'min', 1.5],
    [36, 'km/h', 'm/s', 10],
    [2, 't', 'kg', 2000],
    [4, 'mA', 'A', 0.004],
    [0.1, 'mg/m3', 'ug/m3', 100],
    [2, 'MiBy', 'KiBy', 2048],
    [10, 'm[H2O]', 'kPa', 98.0665],
    [25, '℃', 'K', 298.15],
    [1, 'kWh', 'MJ', 3.6],
  ])('%d %s in %s is %d', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  test('there and back is the same value', () => {
    const pairs = [...units.values()].flatMap((a) =>
      [...units.values()].filter((b) => a.dimension === b.dimension).map((b) => [a.code, b.code] as const),
    );
    fc.assert(
      fc.property(fc.constantFrom(...pairs), fc.double({ min: -1e4, max: 1e4, noNaN: true }), ([a, b], value) => {
        expect(Math.abs(convert(convert(value, a, b), b, a) - value)).toBeLessThan(
          1e-9 * Math.max(1000, Math.abs(value)),
        );
      }),
    );
  });

  test('other dimensions and unknown units are refused', () => {
    expect(() => convert(1, 'kW', 'kW.h')).toThrow(RangeError);
    expect(() => convert(1, 'W', 'V.A')).toThrow(RangeError);
    expect(() => convert(1, 'furlong', 'm')).toThrow(RangeError);
    expect(isConvertible('dB', 'dBm')).toBe(false);
    expect(isConvertible('constructor', 'm')).toBe(false);
    expect(isConvertible('Pa', 'bar')).toBe(true);
  });
});

describe('codes', () => {
  test('only codes are codes; other spellings are read but not stored', () => {
    expect(['Cel', 'kW.h', '', '%'].every(isUnitCode)).toBe(true);
    expect(['℃', 'kWh', '[ppm]', 'cel'].some(isUnitCode)).toBe(false);
    expect(unitOf('℃')?.code).toBe('Cel');
    expect(unitOf('rpm')?.code).toBe('{rev}/min');
    expect(unitOf('smoots')).toBeUndefined();
  });

  test('every unit has names and a code that fits the model', () => {
    for (const unit of units.values()) {
      expect(unit.name.zh && unit.name.en).toBeTruthy();
      expect(unit.code.length).toBeLessThanOrEqual(24);
      expect(unit.factor).toBeGreaterThan(0);
    }
  });
});

describe('format', () => {
  test.each([
    [0.1, 1],
    [0.05, 2],
    [0.25, 2],
    [1, 0],
    [10, 0],
    [1e-6, 6],
    [1 / 3, 9],
    [0, undefined],
    [Number.NaN, undefined],
  ])('resolution %d shows %s decimals', (resolution, decimals) => {
    expect(decimalsOf(resolution)).toBe(decimals);
  });

  test('values are rounded to what the sensor can show', () => {
    expect(roundToResolution(21.3499, 0.05)).toBe(21.35);
    expect(roundToResolution(0.1 + 0.2, 0.1)).toBe(0.3);
    expect(roundToResolution(1e300, 0.1)).toBe(1e300);
    expect(formatNumber(-0.04, 0.1)).toBe('0.0');
    expect(formatNumber(1234.56789)).toBe('1234.57');
    expect(formatNumber(Number.NaN, 0.1)).toBe('—');
  });

  test('number and unit in both languages', () => {
    expect(formatQuantity(21.449, 'Cel', 'zh', 0.1)).toBe('21.4 °C');
    expect(formatQuantity(45, '%', 'en', 1)).toBe('45%');
    expect(formatQuantity(30, 'min', 'zh')).toBe('30 分钟');
    expect(formatQuantity(1500, '{rev}/min', 'en', 1)).toBe('1500 rpm');
    expect(formatQuantity(3, '1', 'en')).toBe('3');
    expect(unitSymbol('smoots', 'en')).toBe('smoots');
  });
});
