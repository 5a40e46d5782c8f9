import { isJsonObject, type JsonObject } from '@keystead/terminals/port';
import { readTemplate, type Template } from './template/template.ts';

/** One topic that tells whether an entity can be reached. */
interface Witness {
  topic: string;
  available: string;
  gone: string;
  template?: Template;
}

export interface Availability {
  mode: 'all' | 'any' | 'latest';
  witnesses: Witness[];
}

const word = (value: unknown, standard: string): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : standard;

export const isTopic = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 512 && !/[+#]/.test(value) && !value.includes('\0');

function witness(config: JsonObject, template: unknown): Witness[] {
  const { topic } = config;
  if (!isTopic(topic)) return [];
  const read = typeof template === 'string' ? readTemplate(template) : undefined;
  const available = word(config.payload_available, 'online');
  const gone = word(config.payload_not_available, 'offline');
  return [{ topic, available, gone, ...(read && { template: read }) }];
}

/** Who says whether an entity is there; no witnesses: it always is. */
export function readAvailability(config: JsonObject): Availability {
  const { availability, availability_topic: topic, availability_mode: mode } = config;
  const listed = (Array.isArray(availability) ? availability : isJsonObject(availability) ? [availability] : [])
    .filter(isJsonObject)
    .flatMap((one) => witness(one, one.value_template));
  const own = witness({ ...config, topic }, config.availability_template);
  return { mode: mode === 'all' || mode === 'any' ? mode : 'latest', witnesses: [...listed, ...own].slice(0, 16) };
}

/** Whether a device is there, by all that its entities' witnesses said. */
export class Presence {
  #availability: Availability = { mode: 'latest', witnesses: [] };
  readonly #said = new Map<string, boolean>();
  #latest: boolean | undefined;

  set availability(availability: Availability) {
    this.#availability = availability;
  }

  get topics(): string[] {
    return this.#availability.witnesses.map(({ topic }) => topic);
  }

  /** undefined: nobody has said yet. */
  get isThere(): boolean | undefined {
    const { mode, witnesses } = this.#availability;
    if (mode === 'latest') return this.#latest;
    const said = witnesses.map(({ topic }) => this.#said.get(topic));
    if (mode === 'any') return said.includes(true) ? true : said.every((one) => one === false) ? false : undefined;
    return said.includes(false) ? false : said.every((one) => one === true) ? true : undefined;
  }

  /** True when the message is one of a witness and says something. */
  hear(topic: string, payload: string): boolean {
    const one = this.#availability.witnesses.find((each) => each.topic === topic);
    if (!one) return false;
    const said = one.template ? String(one.template(payload)) : payload;
    if (said !== one.available && said !== one.gone) return false;
    this.#latest = said === one.available;
    this.#said.set(topic, this.#latest);
    return true;
  }
}
