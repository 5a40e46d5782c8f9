import { clause } from '@keystead/kernel/testing';
import { isRefusal } from '@keystead/terminals/port';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Presence, readAvailability } from './availability.ts';
import {
  type Announcement,
  type Face,
  homeAssistantFrameReader,
  payloadFor,
  readDiscovery,
  readDiscoveryTopic,
  wordOf,
} from './index.ts';

const read = (component: string, config: unknown, object = 'x'): Announcement => {
  const announced = readDiscovery({ component, object }, Buffer.from(JSON.stringify(config)));
  if (announced === 'gone' || isRefusal(announced)) throw new Error(JSON.stringify(announced));
  return announced;
};
const faceOf = (component: string, config: unknown): Face => {
  const [face] = read(component, config).faces;
  if (!face) throw new Error('no face');
  return face;
};
const say = (face: Face, payload: string) => {
  const word = wordOf(face, payload);
  return word === 'none' ? 'none' : isRefusal(word) ? word.problem.type : word.value;
};
const send = (face: Face, value: unknown) => {
  const payload = payloadFor(face, value);
  return typeof payload === 'string' ? payload : payload.problem.type;
};

// Messages in the forms that Tasmota, zigbee2mqtt, ESPHome and the documentation use.
const tasmota = {
  '~': 'tele/tasmota_1C',
  name: 'Plug Power',
  stat_t: '~/SENSOR',
  avty_t: '~/LWT',
  pl_avail: 'Online',
  pl_not_avail: 'Offline',
  val_tpl: "{{value_json['ENERGY'].Power}}",
  unit_of_meas: 'W',
  dev_cla: 'power',
  uniq_id: '1C_ENERGY_Power',
  dev: { ids: ['1C'], cns: [['mac', 'dc:4f:22:00:00:1c']], name: 'Plug', mdl: 'POW R2', mf: 'Sonoff', sw: '14.1' },
};

test(clause('I-7.1-c', 'shortened words are spelled out, topics are made whole, units and devices are kept'), () => {
  const announced = read('sensor', tasmota, '1C_ENERGY_Power');
  expect(announced.device).toEqual({
    ids: ['1C', 'mac:dc:4f:22:00:00:1c'],
    name: 'Plug',
    manufacturer: 'Sonoff',
    model: 'POW R2',
    version: '14.1',
  });
  expect(announced.faces).toEqual([
    expect.objectContaining({
      id: '1C_ENERGY_Power',
      type: 'number',
      unit: 'W',
      deviceClass: 'power',
      stateTopic: 'tele/tasmota_1C/SENSOR',
    }),
  ]);
  expect(announced.availability.witnesses).toEqual([
    { topic: 'tele/tasmota_1C/LWT', available: 'Online', gone: 'Offline' },
  ]);
  expect(announced.unread).toEqual([]);
});

test('a state becomes a number, a truth or a word; what it cannot be is refused', () => {
  const power = faceOf('sensor', tasmota);
  expect(say(power, '{"ENERGY":{"Power":12.5}}')).toBe(12.5);
  expect(say(power, '{"ENERGY":{"Power":"12"}}')).toBe(12);
  expect(say(power, '{"ENERGY":{}}')).toBe('none');
  expect(say(power, '{"ENERGY":{"Power":"much"}}')).toBe('value-wrong-type');
  const door = faceOf('binary_sensor', {
    state_topic: 'd',
    payload_on: true,
    payload_off: false,
    val_tpl: '{{value_json.contact}}',
  });
  expect([say(door, '{"contact":true}'), say(door, '{"contact":false}'), say(door, '{"contact":"x"}')]).toEqual([
    true,
    false,
    'value-wrong-type',
  ]);
  const plain = faceOf('sensor', { stat_t: 's' });
  expect(['heating', '', 'unavailable', 'None'].map((word) => say(plain, word))).toEqual([
    'heating',
    'none',
    'none',
    'none',
  ]);
  const cover = faceOf('cover', { stat_t: 's', cmd_t: 'c', stat_clsd: 'CLOSED' });
  expect([say(cover, 'opening'), say(cover, 'CLOSED'), say(cover, 'closed')]).toEqual([
    'opening',
    'closed',
    'value-wrong-type',
  ]);
});

test('a command is sent in the words and the form of the device, within what it names', () => {
  const plug = faceOf('switch', { stat_t: 's', cmd_t: 'c', pl_on: '1', pl_off: '0' });
  expect([send(plug, true), send(plug, false), send(plug, 'ON')]).toEqual(['1', '0', 'value-wrong-type']);
  const number = faceOf('number', { stat_t: 's', cmd_t: 'c', min: 5, max: 30, cmd_tpl: '{"set": {{ value }}}' });
  expect([send(number, 5), send(number, 30), send(number, 4), send(number, '9')]).toEqual([
    '{"set": 5}',
    '{"set": 30}',
    'value-wrong-type',
    'value-wrong-type',
  ]);
  const mode = faceOf('select', { stat_t: 's', cmd_t: 'c', options: ['auto', 'off'] });
  expect([send(mode, 'auto'), send(mode, 'on')]).toEqual(['auto', 'value-wrong-type']);
  const lock = faceOf('lock', { stat_t: 's', cmd_t: 'c' });
  expect([send(lock, true), send(lock, false), say(lock, 'LOCKED')]).toEqual(['LOCK', 'UNLOCK', true]);
  const button = faceOf('button', { cmd_t: 'c', pl_prs: 'RESET' });
  expect([send(button, 'press'), send(button, 'hold')]).toEqual(['RESET', 'value-wrong-type']);
  const curtain = read('cover', { stat_t: 's', cmd_t: 'c', pos_t: 'p', set_pos_t: 'sp' }).faces;
  expect(curtain.map(({ id, commandTopic }) => [id, commandTopic])).toEqual([
    ['x', 'c'],
    ['x_position', 'sp'],
  ]);
  const light = read('light', { stat_t: 's', cmd_t: 'c', bri_stat_t: 'b', bri_cmd_t: 'bc', bri_scl: 100 }).faces;
  expect(light.map(({ id, most }) => [id, most])).toEqual([
    ['x', undefined],
    ['x_brightness', 100],
  ]);
});

test('the form for a whole device announces all its entities at once', () => {
  const announced = read('device', {
    dev: { ids: 'ea334450945afc', name: 'Kitchen', mf: 'Bla' },
    o: { name: 'bla2mqtt' },
    stat_t: 'sensorBedroom/state',
    cmps: {
      t1: { p: 'sensor', unit_of_meas: '°C', val_tpl: '{{ value_json.temperature }}', uniq_id: 't1' },
      h1: { p: 'sensor', unit_of_meas: '%', val_tpl: '{{ value_json.humidity }}', uniq_id: 'h1' },
      climate: { p: 'climate' },
    },
  });
  expect(announced.faces.map(({ id, stateTopic }) => [id, stateTopic])).toEqual([
    ['t1', 'sensorBedroom/state'],
    ['h1', 'sensorBedroom/state'],
  ]);
  expect(announced.unread).toEqual(['climate: climate']);
});

test('what is not read is said, and topics with wildcards are none', () => {
  expect(read('sensor', { stat_t: 's', val_tpl: "{{ states('x') }}" })).toMatchObject({
    faces: [],
    unread: ["x: template {{ states('x') }}"],
  });
  for (const topic of ['#', 'a/+/b', '', 'x'.repeat(600)])
    expect(read('switch', { stat_t: topic, cmd_t: topic }).faces).toEqual([]);
  expect(readDiscovery({ component: 'sensor', object: 'x' }, new Uint8Array(0))).toBe('gone');
  for (const body of ['[]', '{', '5', '\xff', '{"components":5}'])
    expect(
      isRefusal(readDiscovery({ component: 'device', object: 'x' }, Buffer.from(body, 'latin1')) as object),
      body,
    ).toBe(true);
});

test('discovery topics are told apart from others', () => {
  expect(readDiscoveryTopic('homeassistant', 'homeassistant/sensor/n/o/config')).toEqual({
    component: 'sensor',
    node: 'n',
    object: 'o',
  });
  expect(readDiscoveryTopic('ha/x', 'ha/x/switch/o/config')).toEqual({ component: 'switch', object: 'o' });
  for (const topic of [
    ...[
      'homeassistant/status',
      'homeassistant/sensor/config',
      'homeassistant/a/b/c/d/config',
      'homeassistant/a b/c/config',
    ],
    ...['other/sensor/o/config', 'homeassistant/sensor/o/state', 'homeassistant//o/config'],
  ])
    expect(readDiscoveryTopic('homeassistant', topic), topic).toBeUndefined();
});

test('the frame desk names what a pasted message announces', () => {
  const explained = homeAssistantFrameReader.explain(Buffer.from(JSON.stringify(tasmota)));
  expect(explained).toMatchObject({ protocol: 'homeassistant', certainty: 0.6, checksum: 'none' });
  expect(explained?.fields.map(({ value }) => value)).toEqual([
    'Plug, Sonoff, POW R2, 1C, mac:dc:4f:22:00:00:1c',
    'sensor x: number (W) ← tele/tasmota_1C/SENSOR',
    'tele/tasmota_1C/LWT',
  ]);
  for (const other of ['{}', '{"temperature": 21.5, "humidity": 40}', '[]', '{"stat_t": '])
    expect(homeAssistantFrameReader.explain(Buffer.from(other))).toBeUndefined();
});

test('presence follows its witnesses by the mode they were given', () => {
  const witnesses = [{ topic: 'bridge', value_template: '{{ value_json.state }}' }, { topic: 'device' }];
  const presence = (mode: string) => {
    const one = new Presence();
    one.availability = readAvailability({ availability: witnesses, availability_mode: mode });
    return one;
  };
  const heard = (mode: string, ...said: [string, string][]) => {
    const one = presence(mode);
    return said.map(([topic, payload]) => {
      one.hear(topic, payload);
      return one.isThere;
    });
  };
  const online = '{"state":"online"}';
  expect(heard('all', ['bridge', online], ['device', 'online'], ['device', 'offline'])).toEqual([
    undefined,
    true,
    false,
  ]);
  expect(heard('any', ['bridge', online], ['bridge', '{"state":"offline"}'], ['device', 'offline'])).toEqual([
    true,
    undefined,
    false,
  ]);
  expect(heard('latest', ['device', 'offline'], ['bridge', online], ['bridge', 'noise'])).toEqual([false, true, true]);
});

test('random announcements never throw, and only whole topics come of them', () => {
  const any = fc.jsonValue({ maxDepth: 3 });
  const keys = [
    '~',
    'stat_t',
    'cmd_t',
    'val_tpl',
    'dev',
    'avty',
    'avty_t',
    'cmps',
    'ops',
    'min',
    'unit_of_meas',
    'pl_on',
    '__proto__',
  ];
  const config = fc.dictionary(fc.constantFrom(...keys), fc.oneof(any, fc.constantFrom('a/b', '~/x', '{{ value }}')));
  const component = fc.constantFrom(
    'sensor',
    'switch',
    'light',
    'cover',
    'lock',
    'number',
    'select',
    'device',
    'button',
    'x',
  );
  fc.assert(
    fc.property(component, config, fc.oneof(fc.string(), fc.json()), any, (kind, made, payload, value) => {
      const nested = kind === 'device' ? { ...made, cmps: { a: { p: 'sensor', ...made }, b: made } } : made;
      const announced = readDiscovery({ component: kind, object: 'x' }, Buffer.from(JSON.stringify(nested)));
      if (announced === 'gone' || isRefusal(announced)) return;
      for (const face of announced.faces) {
        expect(/[+#]/.test((face.stateTopic ?? '') + (face.commandTopic ?? ''))).toBe(false);
        wordOf(face, payload);
        payloadFor(face, value);
      }
    }),
    { numRuns: 5_000, seed: 62 },
  );
});
