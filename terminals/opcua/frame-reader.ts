import type { FrameExplanation, FrameField, FrameReader } from '@keystead/terminals/port';

/** Kinds of chunk of OPC UA over TCP. */
const kinds: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  HEL: ['问候', 'Hello'],
  ACK: ['确认', 'Acknowledge'],
  ERR: ['错误', 'Error'],
  RHE: ['反向问候', 'Reverse hello'],
  OPN: ['打开安全通道', 'Open secure channel'],
  MSG: ['消息', 'Message'],
  CLO: ['关闭安全通道', 'Close secure channel'],
};
const ends: Readonly<Record<string, string>> = { F: '完整 final', C: '续 continued', A: '中止 aborted' };

const field = (zh: string, en: string, start: number, end: number, value: string): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
});

/** Only the envelope is told: what is within a secure channel is nobody's to read. */
function explain(bytes: Uint8Array): FrameExplanation | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = String.fromCharCode(...bytes.subarray(0, 3));
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  const end = ends[String.fromCharCode(bytes[3] ?? 0)];
  if (!kind || !end) return undefined;
  const size = view.getUint32(4, true);
  const fields = [
    field('类型', 'Type', 0, 3, `${word} ${kind[0]} ${kind[1]}`),
    field('块', 'Chunk', 3, 4, end),
    field('长度', 'Size', 4, 8, String(size)),
  ];
  const secured = word === 'OPN' || word === 'MSG' || word === 'CLO';
  if (secured && bytes.length >= 12)
    fields.push(field('安全通道', 'Secure channel', 8, 12, String(view.getUint32(8, true))));
  const body = secured ? 12 : 8;
  if (bytes.length > body) {
    const text = Buffer.from(bytes.subarray(body, body + 64)).toString('hex');
    fields.push(field('内容', 'Body', body, bytes.length, bytes.length > body + 64 ? `${text}…` : text));
  }
  return { protocol: 'opcua', certainty: size === bytes.length ? 0.95 : 0.5, checksum: 'none', fields };
}

export const opcuaFrameReader: FrameReader = { protocol: 'opcua', explain };
