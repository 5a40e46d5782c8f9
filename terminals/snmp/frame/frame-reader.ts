import type { FrameExplanation, FrameField, FrameReader } from '@keystead/terminals/port';
import { type Element, elementAt, integerText, octetsText, oidText, partsOf } from './ber.ts';

type Name = FrameField['name'];

const versions: Readonly<Record<string, string>> = { 0: 'v1', 1: 'v2c', 3: 'v3' };
const sequence = 0x30;
const octets = 0x04;
const trapV1 = 0xa4;
const pdus: Readonly<Record<number, Name>> = {
  160: { zh: '读取', en: 'get' },
  161: { zh: '读下一个', en: 'get-next' },
  162: { zh: '应答', en: 'response' },
  163: { zh: '写入', en: 'set' },
  164: { zh: '陷阱（v1）', en: 'trap (v1)' },
  165: { zh: '批量读取', en: 'get-bulk' },
  166: { zh: '通告', en: 'inform' },
  167: { zh: '陷阱', en: 'trap' },
  168: { zh: '报告', en: 'report' },
};
const kinds: Readonly<Record<number, string>> = {
  2: 'INTEGER',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OID',
  64: 'IpAddress',
  65: 'Counter32',
  66: 'Gauge32',
  67: 'TimeTicks',
  68: 'Opaque',
  70: 'Counter64',
  128: 'noSuchObject',
  129: 'noSuchInstance',
  130: 'endOfMibView',
};

const field = (name: Name, { start, end }: Element, value: string, fields?: FrameField[]): FrameField => ({
  ...{ name, start, end, value },
  ...(fields && fields.length > 0 && { fields }),
});

function valueText(bytes: Uint8Array, element: Element): string {
  const { tag, content, end } = element;
  if (tag === 2) return integerText(bytes, element) ?? '?';
  if (tag >= 65 && tag <= 67) return integerText(bytes, element, false) ?? '?';
  if (tag === 70) return integerText(bytes, element, false) ?? '?';
  if (tag === 6) return oidText(bytes, element) ?? '?';
  if (tag === 64) return [...bytes.subarray(content, Math.min(end, content + 16))].join('.');
  return octetsText(bytes, element);
}

/** The variables of a list; undefined when it is none. */
function variablesOf(bytes: Uint8Array, list: Element | undefined): FrameField[] | undefined {
  const lines = list?.tag === sequence ? partsOf(bytes, list) : undefined;
  const fields: FrameField[] = [];
  for (const line of lines ?? []) {
    const [name, value, more] = (line.tag === sequence && partsOf(bytes, line, 3)) || [];
    const oid = name?.tag === 6 ? oidText(bytes, name) : undefined;
    if (oid === undefined || value === undefined || more !== undefined) return undefined;
    const kind = kinds[value.tag] ?? `0x${value.tag.toString(16)}`;
    const said = [5, 128, 129, 130].includes(value.tag) ? kind : `${valueText(bytes, value)} (${kind})`;
    fields.push(field({ zh: '变量', en: 'variable' }, line, `${oid} = ${said}`));
  }
  return lines === undefined ? undefined : fields;
}

const heads: readonly Name[] = [
  { zh: '请求编号', en: 'request id' },
  { zh: '错误状态', en: 'error status' },
  { zh: '错误位置', en: 'error index' },
];
const bulkHeads: readonly Name[] = [
  { zh: '请求编号', en: 'request id' },
  { zh: '不重复个数', en: 'non-repeaters' },
  { zh: '重复次数', en: 'max repetitions' },
];
const trapHeads: readonly Name[] = [
  { zh: '企业', en: 'enterprise' },
  { zh: '代理地址', en: 'agent address' },
  { zh: '通用类型', en: 'generic trap' },
  { zh: '特定类型', en: 'specific trap' },
  { zh: '运行时间', en: 'time stamp' },
];

function pduOf(bytes: Uint8Array, pdu: Element): FrameField | undefined {
  const name = pdus[pdu.tag];
  const parts = name && partsOf(bytes, pdu, 6);
  if (!name || !parts) return undefined;
  const names = pdu.tag === trapV1 ? trapHeads : pdu.tag === 165 ? bulkHeads : heads;
  const variables = variablesOf(bytes, parts[names.length]);
  if (variables === undefined || parts.length !== names.length + 1) return undefined;
  const fields = names.flatMap((each, n) => {
    const part = parts[n];
    return part ? [field(each, part, valueText(bytes, part))] : [];
  });
  return field({ zh: '报文', en: 'PDU' }, pdu, `${name.zh} · ${name.en}`, [...fields, ...variables]);
}

/** What follows the version in the third one: who secured it how, and what of it can be read without keys. */
function securedOf(bytes: Uint8Array, [head, security, scoped]: readonly Element[]): FrameField[] | undefined {
  const about = head?.tag === sequence ? partsOf(bytes, head, 4) : undefined;
  const [id, , flags] = about ?? [];
  if (!head || !id || !flags || !security || !scoped) return undefined;
  const bits = bytes[flags.content] ?? 0;
  const told = [bits & 1 ? 'auth' : 'noAuth', bits & 2 ? 'priv' : 'noPriv', ...(bits & 4 ? ['reportable'] : [])];
  const fields = [
    field({ zh: '报文编号', en: 'message id' }, id, valueText(bytes, id)),
    field({ zh: '安全级别', en: 'security' }, flags, told.join(', ')),
  ];
  const inner = elementAt(bytes, security.content, security.end);
  const user = inner && partsOf(bytes, inner, 8)?.[3];
  if (user) fields.push(field({ zh: '用户', en: 'user' }, user, octetsText(bytes, user)));
  const pdu = scoped.tag === sequence ? partsOf(bytes, scoped, 3)?.[2] : undefined;
  const read = pdu && pduOf(bytes, pdu);
  if (scoped.tag === octets)
    fields.push(field({ zh: '密文', en: 'encrypted' }, scoped, `${scoped.end - scoped.content} B`));
  else if (read) fields.push(read);
  else return undefined;
  return fields;
}

function explain(bytes: Uint8Array): FrameExplanation | undefined {
  const whole = elementAt(bytes, 0, bytes.length);
  const [version, ...rest] = (whole?.tag === sequence && partsOf(bytes, whole, 4)) || [];
  const number = version?.tag === 2 ? integerText(bytes, version) : undefined;
  const word = number === undefined ? undefined : versions[number];
  if (!whole || !version || word === undefined || whole.end !== bytes.length) return undefined;
  const fields = [field({ zh: '版本', en: 'version' }, version, word)];
  if (word === 'v3') {
    const secured = securedOf(bytes, rest);
    if (secured === undefined) return undefined;
    fields.push(...secured);
  } else {
    const [community, pdu, more] = rest;
    const read = pdu && pduOf(bytes, pdu);
    if (community?.tag !== octets || !read || more) return undefined;
    fields.push(field({ zh: '团体名', en: 'community' }, community, octetsText(bytes, community)), read);
  }
  return { protocol: 'snmp', certainty: 0.95, checksum: 'none', fields };
}

/** Datagrams of a manager, an agent or a trap, of every version; what is encrypted stays closed. */
export const snmpReader: FrameReader = { protocol: 'snmp', explain };
