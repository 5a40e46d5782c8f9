import {
  type FrameExplanation,
  type FrameField,
  type FrameReader,
  hexOf,
  type Reading,
} from '@keystead/terminals/port';
import { type Apdu, confirmed, readApdu, unconfirmed } from './frame/apdu.ts';
import { bvlcFunctions, readBvlc } from './frame/bvlc.ts';
import { abortText, errorText, objectText, propertyText, rejectText } from './frame/names.ts';
import { readNpdu } from './frame/npdu.ts';
import {
  type ReadResult,
  readCovNotification,
  readError,
  readIAm,
  readReadMultipleAck,
  readReadPropertyAck,
} from './frame/services.ts';

const field = (zh: string, en: string, start: number, end: number, value: string): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
});

const functionNames = new Map(Object.entries(bvlcFunctions).map(([name, code]) => [code as number, name]));
const serviceNames = {
  request: new Map(Object.entries(confirmed).map(([name, number]) => [number as number, name])),
  unconfirmed: new Map(Object.entries(unconfirmed).map(([name, number]) => [number as number, name])),
};

const serviceName = (apdu: Apdu): string => {
  if (!('service' in apdu)) return '';
  const names = serviceNames[apdu.kind === 'unconfirmed' ? 'unconfirmed' : 'request'];
  return names.get(apdu.service) ?? `service ${apdu.service}`;
};

type Values = Record<string, unknown>;

function valuesOf(results: readonly (Omit<ReadResult, 'object'> & { object: ReadResult['object'] })[]): Values {
  return Object.fromEntries(
    results.map(({ object, property, index, values, error }) => [
      `${objectText(object)} ${propertyText(property)}${index === undefined ? '' : `[${index}]`}`,
      error === undefined ? (values?.length === 1 ? values[0]?.value : values?.map(({ value }) => value)) : error,
    ]),
  );
}

/** What is told, by object and property; undefined when nothing is, or it cannot be read. */
function toldIn(apdu: Apdu, inside: Uint8Array): Values | undefined {
  if (apdu.kind === 'complex-ack' && !apdu.isSegmented) {
    const single = apdu.service === confirmed.readProperty ? readReadPropertyAck(inside) : undefined;
    const results = apdu.service === confirmed.readMultiple ? readReadMultipleAck(inside) : single && [single];
    return results && valuesOf(results);
  }
  const isNotice =
    (apdu.kind === 'unconfirmed' && apdu.service === unconfirmed.covNotification) ||
    (apdu.kind === 'request' && apdu.service === confirmed.covNotification && !apdu.isSegmented);
  const notice = isNotice ? readCovNotification(inside) : undefined;
  return notice && valuesOf(notice.values.map((value) => ({ ...value, object: notice.object })));
}

function bodyFields(apdu: Apdu, bytes: Uint8Array): { fields: FrameField[]; values?: Values } {
  if (apdu.kind === 'reject' || apdu.kind === 'abort') {
    const text = apdu.kind === 'reject' ? rejectText(apdu.reason) : abortText(apdu.reason);
    return { fields: [field('原因', 'Reason', bytes.length - 1, bytes.length, text)] };
  }
  if (!('start' in apdu) || apdu.start >= bytes.length) return { fields: [] };
  const inside = bytes.subarray(apdu.start);
  const whole = (zh: string, en: string, value: string) => field(zh, en, apdu.start, bytes.length, value.slice(0, 500));
  if (apdu.kind === 'error') return { fields: [whole('错误', 'Error', errorText(readError(inside)))] };
  const iAm = apdu.kind === 'unconfirmed' && apdu.service === unconfirmed.iAm ? readIAm(inside) : undefined;
  if (iAm) return { fields: [whole('设备', 'Device', `${iAm.device}, vendor ${iAm.vendor}`)] };
  const values = toldIn(apdu, inside);
  if (!values) return { fields: [whole('内容', 'Content', hexOf(inside))] };
  return { fields: [whole('数值', 'Values', JSON.stringify(values))], values };
}

/** The mark, the length and three layers one in another make it nearly certain. */
function explain(bytes: Uint8Array): FrameExplanation | undefined {
  const length = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  if (bytes[0] !== 0x81 || length < 4 || length > bytes.length) return undefined;
  const frame = bytes.subarray(0, length);
  const bvlc = readBvlc(frame);
  if (!bvlc) return undefined;
  const name = functionNames.get(bvlc.function);
  const fields = [
    field('类型', 'Type', 0, 1, 'BACnet/IP'),
    field('功能', 'Function', 1, 2, name ?? `0x${bvlc.function.toString(16)}`),
    field('长度', 'Length', 2, 4, String(length)),
  ];
  const said = (certainty: number, more: Partial<FrameExplanation> = {}): FrameExplanation => ({
    ...{ protocol: 'bacnet', certainty, checksum: 'none', fields },
    ...more,
  });
  if (bvlc.result !== undefined) fields.push(field('结果', 'Result', 4, 6, String(bvlc.result)));
  if (bvlc.origin) fields.push(field('来源', 'Origin', 4, 10, `${bvlc.origin.host}:${bvlc.origin.port}`));
  if (bvlc.start === undefined) return said(name === undefined ? 0.2 : 0.6);
  const npdu = readNpdu(frame, bvlc.start);
  if (!npdu) return said(0.3);
  fields.push(
    field('网络层', 'Network layer', bvlc.start, npdu.start, npdu.source ? `net ${npdu.source.network}` : ''),
  );
  const apdu = npdu.isNetworkMessage ? undefined : readApdu(frame, npdu.start);
  if (!apdu) return said(0.5);
  const behind = 'start' in apdu ? Math.min(apdu.start, length) : length;
  fields.push(field('报文', 'Message', npdu.start, behind, `${apdu.kind} ${serviceName(apdu)}`.trim()));
  const body = bodyFields(apdu, frame);
  fields.push(...body.fields);
  const reading: Reading | undefined = body.values && { values: body.values };
  return said(0.9, reading && { uplink: { kind: 'readings', readings: [reading] } });
}

export const bacnetFrameReader: FrameReader = { protocol: 'bacnet', explain };
