import { parseText } from './json-text.ts';

export interface ChannelRow {
  name: string;
  protocol: string;
  devices: string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The channels of a configuration with their devices, for a table. */
export const channelsOf = (document: unknown): ChannelRow[] =>
  list(isObject(document) ? document.channels : undefined).map(({ name, protocol, devices }) => ({
    name: String(name),
    protocol: String(protocol),
    devices: list(devices).map((device) => String(device.name)),
  }));

/** The line (from 1) on which a field of a JSON text stands; undefined when the text has no such field. */
export const lineOf = (text: string, pointer: string): number | undefined => {
  // A field that is missing has no line: its nearest parent has.
  const lines = parseText(text);
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf('/'))) {
    const line = lines.get(path);
    if (line !== undefined || path === '') return line;
  }
};
