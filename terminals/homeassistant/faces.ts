import { isJsonObject, type JsonObject } from '@keystead/terminals/port';
import { isTopic } from './availability.ts';
import { readCommandTemplate, readTemplate, type Template } from './template/template.ts';

/** One point of an entity: what it tells, and what it takes. */
export interface Face {
  /** Unique in its device. */
  id: string;
  component: string;
  type: 'number' | 'boolean' | 'enum' | 'string' | 'any';
  unit?: string;
  deviceClass?: string;
  stateTopic?: string;
  template?: Template;
  /** Words of the wire and what they mean here. */
  meanings?: ReadonlyMap<string, unknown>;
  commandTopic?: string;
  command?: (value: unknown) => string;
  /** Values that can be set, and what is sent for each; absent: the value itself. */
  payloads?: ReadonlyMap<unknown, string>;
  /** What is read back after a value was set, where it is called otherwise. */
  becomes?: ReadonlyMap<unknown, unknown>;
  least?: number;
  most?: number;
  options?: readonly string[];
}

/** Why an entity is not read, for people. */
export interface Unread {
  unread: string;
}

const text = (value: unknown, standard: string): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : standard;
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
const label = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 64 ? value : undefined;

interface Sides {
  state?: unknown;
  template?: unknown;
  command?: unknown;
  commandTemplate?: unknown;
}

/** The two directions of a face, as the message has them under these keys. */
function sides(face: Face, { state, template, command, commandTemplate }: Sides): Face | Unread {
  const two: Face = { ...face };
  if (isTopic(state)) two.stateTopic = state;
  if (isTopic(command)) two.commandTopic = command;
  if (!two.stateTopic && !two.commandTopic) return { unread: `${face.id}: no topic` };
  if (typeof template === 'string' && two.stateTopic) {
    const read = readTemplate(template);
    if (!read) return { unread: `${face.id}: template ${template}`.slice(0, 200) };
    two.template = read;
  }
  if (typeof commandTemplate === 'string' && two.commandTopic) {
    const written = readCommandTemplate(commandTemplate);
    if (!written) return { unread: `${face.id}: template ${commandTemplate}`.slice(0, 200) };
    two.command = written;
  }
  return two;
}

const usual = (config: JsonObject): Sides => ({
  state: config.state_topic,
  template: config.value_template ?? config.state_value_template,
  command: config.command_topic,
  commandTemplate: config.command_template,
});

function toggle(config: JsonObject, face: Face): Face {
  const on = text(config.payload_on, 'ON');
  const off = text(config.payload_off, 'OFF');
  return {
    ...face,
    type: 'boolean',
    meanings: new Map([
      [text(config.state_on, on), true],
      [text(config.state_off, off), false],
    ]),
    payloads: new Map([
      [true, on],
      [false, off],
    ]),
  };
}

function lock(config: JsonObject, face: Face): Face {
  return {
    ...face,
    type: 'boolean',
    meanings: new Map([
      [text(config.state_locked, 'LOCKED'), true],
      [text(config.state_unlocked, 'UNLOCKED'), false],
    ]),
    payloads: new Map([
      [true, text(config.payload_lock, 'LOCK')],
      [false, text(config.payload_unlock, 'UNLOCK')],
    ]),
  };
}

const coverStates = ['open', 'opening', 'closed', 'closing', 'stopped'] as const;

function cover(config: JsonObject, face: Face): Face {
  return {
    ...face,
    type: 'enum',
    meanings: new Map(coverStates.map((state) => [text(config[`state_${state}`], state), state])),
    payloads: new Map([
      ['open', text(config.payload_open, 'OPEN')],
      ['close', text(config.payload_close, 'CLOSE')],
      ['stop', text(config.payload_stop, 'STOP')],
    ]),
    becomes: new Map([['close', 'closed']]),
  };
}

function options(config: JsonObject, face: Face): Face {
  const list = Array.isArray(config.options)
    ? config.options.filter((one) => typeof one === 'string').slice(0, 256)
    : undefined;
  return { ...face, type: 'enum', ...(list && { options: list }) };
}

function ranged(config: JsonObject, face: Face): Face {
  return { ...face, type: 'number', least: number(config.min) ?? 1, most: number(config.max) ?? 100 };
}

/** A second face: the brightness of a light, the position of a cover. */
function beside(face: Face, name: string, from: Sides, most: number): (Face | Unread)[] {
  if (!isTopic(from.state) && !isTopic(from.command)) return [];
  const id = `${face.id}_${name}`;
  return [sides({ id, component: face.component, type: 'number', least: 0, most }, from)];
}

const isNumeric = (config: JsonObject): boolean =>
  config.unit_of_measurement !== undefined || config.state_class !== undefined;

/** The faces of one entity with its words spelled out, and what of it is not read. */
export function facesOf(component: string, id: string, config: JsonObject): (Face | Unread)[] {
  const unit = label(config.unit_of_measurement);
  const deviceClass = label(config.device_class);
  const face: Face = { id, component, type: 'any', ...(unit && { unit }), ...(deviceClass && { deviceClass }) };
  const from = usual(config);
  switch (component) {
    case 'sensor':
      return [sides({ ...face, type: isNumeric(config) ? 'number' : 'any' }, { ...from, command: undefined })];
    case 'binary_sensor':
      return [sides(toggle(config, face), { ...from, command: undefined })];
    case 'switch':
    case 'siren':
    case 'fan':
      return [sides(toggle(config, face), from)];
    case 'light': {
      if (config.schema !== undefined && config.schema !== 'basic' && config.schema !== 'default')
        return [{ unread: `${id}: light of schema ${String(config.schema).slice(0, 32)}` }];
      const brightness = {
        state: config.brightness_state_topic,
        template: config.brightness_value_template,
        command: config.brightness_command_topic,
      };
      const main = { ...from, template: config.state_value_template ?? config.value_template };
      return [
        sides(toggle(config, face), main),
        ...beside(face, 'brightness', brightness, number(config.brightness_scale) ?? 255),
      ];
    }
    case 'lock':
      return [sides(lock(config, face), from)];
    case 'cover':
    case 'valve': {
      const position = {
        state: config.position_topic,
        template: config.position_template,
        command: config.set_position_topic,
        commandTemplate: config.set_position_template,
      };
      return [sides(cover(config, face), from), ...beside(face, 'position', position, 100)];
    }
    case 'number':
      return [sides(ranged(config, face), from)];
    case 'select':
      return [sides(options(config, face), from)];
    case 'text':
      return [
        sides({ ...face, type: 'string', least: number(config.min) ?? 0, most: number(config.max) ?? 255 }, from),
      ];
    case 'button':
      return [
        sides(
          { ...face, type: 'enum', payloads: new Map([['press', text(config.payload_press, 'PRESS')]]) },
          { ...from, state: undefined },
        ),
      ];
    default:
      return [{ unread: `${id}: ${component}` }];
  }
}

export const isUnread = (face: Face | Unread): face is Unread => isJsonObject(face) && 'unread' in face;
