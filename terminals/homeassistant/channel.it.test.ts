import { clause, type Mosquitto, startMosquitto } from '@keystead/kernel/testing';
import { recordingHost } from '@keystead/terminals/testing';
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { homeAssistantChannel } from './index.ts';
import type { HomeAssistantDevice, HomeAssistantSettings } from './settings.ts';

// The broker is Eclipse Mosquitto; the device says what Tasmota and zigbee2mqtt say.
let mosquitto: Mosquitto;
beforeAll(async () => {
  mosquitto = await startMosquitto();
});
afterAll(() => mosquitto.stop());
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const within = { timeout: 10_000, interval: 20 };

/** A plug with a meter: its announcements are kept by the broker, its switch does as it is told. */
async function plug(base: string, { stuck = false } = {}) {
  const client = await connectAsync(mosquitto.url);
  ends.push(() => client.endAsync(true));
  const tell = (topic: string, body: unknown, retain = false) =>
    client.publishAsync(topic, typeof body === 'string' ? body : JSON.stringify(body), { qos: 1, retain });
  const device = { ids: [`${base}-id`], name: 'Plug', mf: 'Sonoff', mdl: 'POW R2' };
  const shared = { '~': base, avty_t: '~/LWT', pl_avail: 'Online', pl_not_avail: 'Offline', dev: device };
  const power = { ...shared, stat_t: '~/SENSOR', val_tpl: '{{ value_json.ENERGY.Power }}', unit_of_meas: 'W' };
  const relay = { ...shared, stat_t: '~/POWER', cmd_t: '~/cmnd/POWER' };
  await tell(`${base}ha/sensor/${base}/power/config`, power, true);
  await tell(`${base}ha/switch/${base}/relay/config`, relay, true);
  let state = 'OFF';
  const asked: { body: string; retain: boolean }[] = [];
  client.on('message', (_topic, body, packet) => {
    asked.push({ body: body.toString(), retain: packet.retain });
    if (!stuck) state = body.toString();
    void tell(`${base}/POWER`, state);
  });
  await client.subscribeAsync(`${base}/cmnd/POWER`, { qos: 1 });
  return { tell, asked, client, shared };
}

async function open(
  base: string,
  devices: Record<string, HomeAssistantDevice>,
  more: Partial<HomeAssistantSettings> = {},
) {
  const host = recordingHost();
  const channel = await homeAssistantChannel.open(
    {
      name: `ha-${base}`,
      settings: { broker: { url: mosquitto.url }, prefix: `${base}ha`, ...more },
      devices: Object.entries(devices).map(([name, at]) => ({ name, at })),
    },
    host,
  );
  ends.push(() => channel.close());
  const sets = () => host.uplinks.flatMap((one) => (one.kind === 'attributes' ? one.sets : []));
  const presence = () =>
    host.uplinks.flatMap(({ kind }) => (kind === 'connect' || kind === 'disconnect' ? [kind] : []));
  return { channel, host, sets, presence };
}
/** Until the device is known with both of its points and heard. */
const ready = async ({ sets, host }: Awaited<ReturnType<typeof open>>, tell: () => Promise<unknown>) => {
  await vi.waitFor(() => expect(JSON.stringify(sets().at(-1) ?? {})).toContain('relay'), within);
  await vi.waitFor(async () => {
    await tell();
    expect(host.readings.length).toBeGreaterThan(0);
  }, within);
};

test(
  clause('I-7.1-a', 'Home Assistant discovery: a device is known by what it announced, its states become readings'),
  async () => {
    const { tell } = await plug('one');
    await tell('one/LWT', 'Online', true);
    await tell('one/POWER', 'ON', true);
    const opened = await open('one', { plug: { device: 'one-id' } });
    const { host, sets, channel, presence } = opened;
    await ready(opened, () => tell('one/SENSOR', { ENERGY: { Power: 0 } }));
    for (let power = 1; power <= 100; power++) await tell('one/SENSOR', { ENERGY: { Power: power } });
    await vi.waitFor(() => expect(host.readings.at(-1)?.values).toEqual({ power: 100 }), within);
    const told = host.readings.map(({ values }) => values.power).filter((power) => power !== 0);
    expect(told).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    // The state that was kept has no time: it is none of now.
    expect(host.readings.some(({ values }) => 'relay' in values)).toBe(false);
    expect(sets().at(-1)).toEqual({
      device: 'plug',
      values: {
        ...{ ids: ['one-id'], title: 'Plug', manufacturer: 'Sonoff', model: 'POW R2', version: undefined },
        points: [
          { name: 'power', type: 'number', component: 'sensor', unit: 'W' },
          { name: 'relay', type: 'boolean', component: 'switch', settable: true },
        ],
      },
    });
    expect(presence()).toEqual(['connect']);
    await tell('one/LWT', 'Offline', true);
    await vi.waitFor(() => expect(channel.links().get('plug')?.state).toBe('down'), within);
    expect(presence()).toEqual(['connect', 'disconnect']);
    await tell('one/SENSOR', { ENERGY: { Power: 'much' } });
    await vi.waitFor(() => expect(host.refusedLines).toEqual(['value-wrong-type: no number: much']), within);
  },
);

test(
  clause('I-5.2.2.3-a', 'a switch is set and read back; one that only pretends is found out; commands are never kept'),
  async () => {
    const good = await plug('two');
    const points = [{ name: 'running', entity: 'relay' }];
    const opened = await open('two', { pump: { device: 'two-id', points } });
    await vi.waitFor(() => expect(JSON.stringify(opened.sets().at(-1) ?? {})).toContain('running'), within);
    const { channel } = opened;
    const write = (value: unknown, deadline = 3_000) =>
      channel.call('pump', 'write', { point: 'running', value }, deadline);
    await vi.waitFor(
      async () => expect(await write(true)).toEqual({ point: 'running', value: true, readBack: true, verified: true }),
      within,
    );
    expect(await write(false)).toMatchObject({ readBack: false, verified: true });
    expect(opened.host.readings.at(-1)).toEqual({ device: 'pump', values: { running: false } });
    await expect(write('ON')).rejects.toMatchObject({ type: 'value-wrong-type' });
    await expect(channel.call('pump', 'write', { point: 'power', value: 1 }, 500)).rejects.toMatchObject({
      type: 'property-unknown',
    });
    await expect(channel.call('pump', 'explode', {}, 500)).rejects.toMatchObject({ type: 'method-unknown' });
    expect(good.asked.map(({ retain }) => retain)).not.toContain(true);

    await plug('three', { stuck: true });
    const other = await open('three', { pump: { device: 'three-id', points } });
    await vi.waitFor(() => expect(JSON.stringify(other.sets().at(-1) ?? {})).toContain('running'), within);
    await expect(other.channel.call('pump', 'write', { point: 'running', value: true }, 800)).rejects.toMatchObject({
      type: 'device-refused',
    });
  },
);

test('who is not configured is a candidate until it takes its announcements back, and nothing of it is taken', async () => {
  const { tell } = await plug('four');
  const { host, sets } = await open('four', {});
  const candidates = () => sets().at(-1)?.values['candidates.ha-four'];
  await vi.waitFor(
    () =>
      expect(candidates()).toEqual([
        {
          title: 'Plug',
          at: { device: 'four-id' },
          about: { manufacturer: 'Sonoff', model: 'POW R2', announcements: 2, components: ['switch'] },
        },
      ]),
    within,
  );
  await tell('four/SENSOR', { ENERGY: { Power: 5 } });
  await tell('fourha/sensor/four/power/config', '', true);
  await tell('fourha/switch/four/relay/config', '', true);
  await vi.waitFor(() => expect(candidates()).toEqual([]), within);
  expect(host.readings).toEqual([]);
});

test('a broker that restarts, and a device that changes what it announces, are followed', async () => {
  const own = await startMosquitto();
  ends.push(() => own.stop());
  const client = await connectAsync(own.url, { reconnectPeriod: 100, clean: false, clientId: 'watch' });
  ends.push(() => client.endAsync(true));
  const tell = (topic: string, body: unknown, retain = false) =>
    client.publishAsync(topic, JSON.stringify(body), { qos: 1, retain });
  const greetings: string[] = [];
  client.on('message', (_topic, body) => void greetings.push(body.toString()));
  await client.subscribeAsync('ha/status', { qos: 1 });
  const config = (topic: string) => ({ stat_t: topic, unit_of_meas: 'm', dev: { ids: 'tank' } });
  await tell('ha/sensor/level/config', config('tank/level'), true);
  const opened = await open(
    '',
    { tank: { device: 'tank' } },
    { broker: { url: own.url }, prefix: 'ha', announce: true },
  );
  const { host } = opened;
  const heard = (topic: string, value: number) =>
    vi.waitFor(async () => {
      await tell(topic, value);
      expect(host.readings.at(-1)?.values).toEqual({ level: value });
    }, within);
  await heard('tank/level', 1);
  await own.restart(200);
  await heard('tank/level', 2);
  await tell('ha/sensor/level/config', config('tank/other'), true);
  await heard('tank/other', 3);
  // Each connection asks the devices to tell everything again.
  await vi.waitFor(() => expect(greetings).toEqual(['online', 'online']), within);
  const before = host.readings.length;
  await tell('tank/level', 9);
  await heard('tank/other', 4);
  expect(host.readings.slice(before).map(({ values }) => values.level)).not.toContain(9);
});
