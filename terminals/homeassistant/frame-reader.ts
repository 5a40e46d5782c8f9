import { type FrameExplanation, type FrameField, type FrameReader, isRefusal } from '@keystead/terminals/port';
import { readDiscovery } from './discovery.ts';
import type { Face } from './faces.ts';

const [opening, closing] = [0x7b, 0x7d];
/** The topic names the component; a pasted message has none, so its words tell: the first that fits. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/"(cmps|components)"/, 'device'],
  [/"(bri_\w+|brightness_\w+)"/, 'light'],
  [/"(pl_lock|payload_lock|stat_locked|state_locked)"/, 'lock'],
  [/"(pos_t|position_topic|pl_open|payload_open|pl_cls|payload_close)"/, 'cover'],
  [/"(ops|options)"/, 'select'],
  [/"(pl_prs|payload_press)"/, 'button'],
  [/"(min|max)"/, 'number'],
  [/"(cmd_t|command_topic)"/, 'switch'],
  [/"(unit_of_meas\w*|stat_cla|state_class)"/, 'sensor'],
  [/"(pl_on|payload_on)"/, 'binary_sensor'],
];
const shownMost = 200;

function faceText({ id, component, type, unit, stateTopic, commandTopic }: Face): string {
  const ways = [stateTopic && `← ${stateTopic}`, commandTopic && `→ ${commandTopic}`].filter(Boolean).join(' ');
  return `${component} ${id}: ${type}${unit ? ` (${unit})` : ''} ${ways}`.slice(0, 300);
}

/** A discovery message is JSON without a mark: words that only such a message has make it likely. */
function explain(bytes: Uint8Array): FrameExplanation | undefined {
  if (bytes[0] !== opening || bytes.at(-1) !== closing || bytes.length < 20) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  if (!/"(stat_t|state_topic|cmd_t|command_topic|cmps|components)"\s*:/.test(text)) return undefined;
  const component = signs.find(([sign]) => sign.test(text))?.[1] ?? 'sensor';
  const announced = readDiscovery({ component, object: 'x' }, bytes);
  if (announced === 'gone' || isRefusal(announced) || announced.faces.length === 0) return undefined;
  const { device, faces, availability, unread } = announced;
  const field = (zh: string, en: string, value: string): FrameField => ({
    ...{ name: { zh, en }, start: 0, end: bytes.length, value: value.slice(0, 300) },
  });
  const fields = [
    field('设备', 'Device', [device.name, device.manufacturer, device.model, ...device.ids].filter(Boolean).join(', ')),
    ...faces.slice(0, shownMost).map((face) => field('实体', 'Entity', faceText(face))),
    ...availability.witnesses.map(({ topic }) => field('在线主题', 'Availability', topic)),
    ...unread.map((one) => field('未识读', 'Not read', one)),
  ];
  return {
    protocol: 'homeassistant',
    certainty: /"(dev|device)"\s*:/.test(text) ? 0.6 : 0.4,
    checksum: 'none',
    fields,
  };
}

export const homeAssistantFrameReader: FrameReader = { protocol: 'homeassistant', explain };
