import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoFolder, demoSettings, SettingInvalid } from './index.ts';

const handed = {
  KEYSTEAD_API: 'http://127.0.0.1:8080',
  KEYSTEAD_API_KEY: 'key',
  KEYSTEAD_MQTT: '1883',
  KEYSTEAD_DATA: '/data/demo',
};

test('what is handed down is enough; the rest has its standard', () => {
  expect(demoSettings(handed)).toMatchObject({ mqttPort: 1883, homes: 1000, speed: 1, faultMinutes: 4 });
  expect(demoSettings({ ...handed, DEMO_HOMES: '40', DEMO_SPEED: '0', DEMO_FAULTS: 'off' })).toMatchObject({
    homes: 40,
    speed: 0,
    faultMinutes: 0,
  });
});

test('nonsense is refused with its name', () => {
  expect(() => demoSettings({ ...handed, DEMO_SPEED: 'fast' })).toThrow(/DEMO_SPEED/);
  expect(() => demoSettings({ ...handed, DEMO_HOMES: '-1' })).toThrow(SettingInvalid);
  expect(() => demoSettings({})).toThrow(SettingInvalid);
});

test('the command finds the folder the community was handed', () => {
  expect(demoFolder({ DATA_DIR: '/srv/keystead' })).toBe(join('/srv/keystead', 'demo'));
  expect(demoFolder(handed)).toBe('/data/demo');
});
