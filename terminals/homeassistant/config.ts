import { isJsonObject, type JsonObject } from '@keystead/terminals/port';

// What devices shorten in a discovery message, as far as it is used here. The words are Home Assistant's.
const short: Readonly<Record<string, string>> = {
  avty: 'availability',
  avty_mode: 'availability_mode',
  avty_t: 'availability_topic',
  avty_tpl: 'availability_template',
  bri_cmd_t: 'brightness_command_topic',
  bri_scl: 'brightness_scale',
  bri_stat_t: 'brightness_state_topic',
  bri_val_tpl: 'brightness_value_template',
  cmd_t: 'command_topic',
  cmd_tpl: 'command_template',
  cmps: 'components',
  dev: 'device',
  dev_cla: 'device_class',
  ops: 'options',
  p: 'platform',
  pl_avail: 'payload_available',
  pl_cls: 'payload_close',
  pl_lock: 'payload_lock',
  pl_not_avail: 'payload_not_available',
  pl_off: 'payload_off',
  pl_on: 'payload_on',
  pl_open: 'payload_open',
  pl_prs: 'payload_press',
  pl_stop: 'payload_stop',
  pl_unlk: 'payload_unlock',
  pos_t: 'position_topic',
  pos_tpl: 'position_template',
  set_pos_t: 'set_position_topic',
  set_pos_tpl: 'set_position_template',
  stat_cla: 'state_class',
  stat_clsd: 'state_closed',
  stat_closing: 'state_closing',
  stat_locked: 'state_locked',
  stat_off: 'state_off',
  stat_on: 'state_on',
  stat_open: 'state_open',
  stat_opening: 'state_opening',
  stat_stopped: 'state_stopped',
  stat_t: 'state_topic',
  stat_unlocked: 'state_unlocked',
  stat_val_tpl: 'state_value_template',
  t: 'topic',
  uniq_id: 'unique_id',
  unit_of_meas: 'unit_of_measurement',
  val_tpl: 'value_template',
};
const shortOfDevice: Readonly<Record<string, string>> = {
  cns: 'connections',
  hw: 'hw_version',
  ids: 'identifiers',
  mdl: 'model',
  mf: 'manufacturer',
  sa: 'suggested_area',
  sn: 'serial_number',
  sw: 'sw_version',
};

const renamed = (object: JsonObject, words: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([key, value]) => [Object.hasOwn(words, key) ? (words[key] ?? key) : key, value]),
  );

/** A topic may begin or end with `~`, which stands for the base. */
function based(key: string, value: unknown, base: string): unknown {
  if (typeof value !== 'string' || !(key === 'topic' || key.endsWith('_topic'))) return value;
  const whole = value.startsWith('~') ? base + value.slice(1) : value;
  return whole.endsWith('~') ? whole.slice(0, -1) + base : whole;
}

function spelled(config: JsonObject, inherited: string): JsonObject {
  const long = renamed(config, short);
  const base = typeof config['~'] === 'string' ? config['~'] : inherited;
  const entries = Object.entries(long)
    .filter(([key]) => key !== '~' && key !== '__proto__')
    .map(([key, value]): [string, unknown] => [key, based(key, value, base)]);
  const spelledOut = Object.fromEntries(entries);
  const { availability, device, components } = spelledOut;
  if (Array.isArray(availability))
    spelledOut.availability = availability.slice(0, 16).map((one) => (isJsonObject(one) ? spelled(one, base) : one));
  if (isJsonObject(device)) spelledOut.device = renamed(device, shortOfDevice);
  if (isJsonObject(components))
    spelledOut.components = Object.fromEntries(
      Object.entries(components)
        .filter(([key, one]) => key !== '__proto__' && isJsonObject(one))
        .slice(0, 500)
        .map(([key, one]) => [key, spelled(one as JsonObject, base)]),
    );
  return spelledOut;
}

/** A discovery message with its words spelled out and its topics whole. */
export const spellOut = (config: JsonObject): JsonObject => spelled(config, '');
