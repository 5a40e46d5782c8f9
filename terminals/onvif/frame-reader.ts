import type { FrameExplanation, FrameField, FrameReader } from '@keystead/terminals/port';
import { readMatches } from './discovery.ts';
import { faultOf, readEnvelope } from './soap.ts';

const opening = 0x3c;
const ours = /onvif\.org|schemas\.xmlsoap\.org\/ws\/2005\/04\/discovery/;

/** A SOAP message that names ONVIF: which operation, what went wrong, who was found. */
function explain(bytes: Uint8Array): FrameExplanation | undefined {
  if (bytes[0] !== opening || bytes.length < 60) return undefined;
  const read = readEnvelope(bytes);
  if (!read || !ours.test(Buffer.from(bytes).toString('utf8'))) return undefined;
  const field = (zh: string, en: string, value: string): FrameField => ({
    ...{ name: { zh, en }, start: 0, end: bytes.length, value: value.slice(0, 300) },
  });
  const fields = [
    field(
      '操作',
      'Operation',
      Object.keys(read.body)
        .filter((name) => !name.startsWith('@'))
        .join(', '),
    ),
  ];
  const fault = faultOf(read.body);
  if (fault !== undefined) fields.push(field('错误', 'Fault', fault));
  for (const { endpoint, addresses, name, hardware } of readMatches(bytes))
    fields.push(field('摄像机', 'Camera', [name, hardware, endpoint, ...addresses].filter(Boolean).join(', ')));
  return { protocol: 'onvif', certainty: 0.6, checksum: 'none', fields };
}

export const onvifFrameReader: FrameReader = { protocol: 'onvif', explain };
