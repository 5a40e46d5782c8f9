import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';

/** A MANSCDP document: the root's name, and below it texts, objects and lists of them. */
export interface Manscdp {
  root: string;
  command: string;
  serial: string;
  /** The device the document is of or about. */
  device: string;
  content: Record<string, unknown>;
}

const most = 65_536;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  isArray: (name) => name === 'Item',
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
export const textIn = (content: Record<string, unknown>, name: string): string => {
  const value = content[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** Cameras say GB2312 and mean GB 18030, or send UTF-8 under any name: valid UTF-8 is taken at its bytes. */
function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return iconv.decode(Buffer.from(body), 'gb18030');
  }
}

/** Undefined when it is no such document. A document type is refused: no entity of a stranger is ever expanded. */
export function readManscdp(body: Uint8Array): Manscdp | undefined {
  if (body.length === 0 || body.length > most) return undefined;
  const text = decode(body);
  if (/<!DOCTYPE/i.test(text)) return undefined;
  let document: unknown;
  try {
    document = parser.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(document)) return undefined;
  for (const root of ['Notify', 'Response', 'Query', 'Control']) {
    const content = document[root];
    if (!isRecord(content)) continue;
    const [command, serial, device] = ['CmdType', 'SN', 'DeviceID'].map((name) => textIn(content, name));
    return { root, command: command ?? '', serial: serial ?? '', device: device ?? '', content };
  }
  return undefined;
}

/** The items of a catalogue answer. */
export function itemsOf({ content }: Manscdp): Record<string, unknown>[] {
  const list = content.DeviceList;
  const items = isRecord(list) ? list.Item : undefined;
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Fields of a document: text, or what is written already. */
export type ManscdpFields = Readonly<Record<string, string | { written: string }>>;

const element = (name: string, value: ManscdpFields[string]): string =>
  `<${name}>${typeof value === 'string' ? escaped(value) : value.written}</${name}>`;

/** The list of a catalogue answer. */
export const writeItems = (items: readonly ManscdpFields[]): string =>
  [
    `<DeviceList Num="${items.length}">`,
    ...items.map((item) =>
      element('Item', {
        written: Object.entries(item)
          .map(([k, v]) => element(k, v))
          .join(''),
      }),
    ),
    '</DeviceList>',
  ].join('\r\n');

/** A document, in GB 18030; `more`: elements written already. */
export function writeManscdp(
  root: 'Query' | 'Control' | 'Response' | 'Notify',
  fields: Readonly<Record<string, string>>,
  more = '',
): Uint8Array {
  const lines = Object.entries(fields).map(([name, value]) => element(name, value));
  const all = [
    '<?xml version="1.0" encoding="GB2312"?>',
    `<${root}>`,
    ...lines,
    ...(more ? [more] : []),
    `</${root}>`,
    '',
  ];
  const text = all.join('\r\n');
  return iconv.encode(text, 'gb18030');
}
