import {
  bacnetFrameReader,
  readCovNotification,
  readDatagram,
  readError,
  readIAm,
  readReadMultipleAck,
  readReadPropertyAck,
} from '@keystead/terminals/bacnet';
import {
  homeAssistantFrameReader,
  payloadFor,
  readDiscovery,
  readTemplate,
  wordOf,
} from '@keystead/terminals/homeassistant';
import { faultOf, onvifFrameReader, readEnvelope, readMatches, readProfiles } from '@keystead/terminals/onvif';
import { bytesOfHex, isRefusal } from '@keystead/terminals/port';
import {
  messageTypes,
  metricValue,
  NodeSession,
  readPayload,
  sparkplugFrameReader,
} from '@keystead/terminals/sparkplug';
import type { Decoder } from './decoder.ts';
import { damaged, strange } from './inputs.ts';

const hex = (...frames: string[]): Uint8Array[] => frames.map((frame) => bytesOfHex(frame));
/** An answer, an I-Am through a broadcast device, several properties, a change of value. */
const bacnet = hex(
  '81 0A 00 17 01 00 30 01 0C 0C 00 00 00 05 19 55 3E 44 42 90 99 9A 3F',
  '81 04 00 1E C0 A8 01 0A BA C0 01 08 00 05 01 0C 10 00 C4 02 00 02 57 22 04 00 91 00 21 0F',
  '81 0A 00 1F 01 00 30 01 0E 0C 00 00 00 10 1E 29 55 4E 44 42 90 99 9A 4F 29 67 4E 91 00 4F 1F',
  '81 0A 00 2A 01 04 00 02 0F 01 09 12 1C 02 00 00 04 2C 00 00 00 0A 39 00 4E 09 55 2E 44 42 82 00 00 2F 09 6F 2E 82 04 00 2F 4F',
);
/** A birth and data by alias as Eclipse Tahu writes them; with a data set and a template. */
const metrics = hex(
  '08eaf2f5a8a02b12170a08496e707574732f41100118eaf2f5a8a02b200b70011209100318eaf2f5a8a02b1801',
  '08d2faf5a8a02b1210100218eef9f5a8a02b2009650000b2411211100318d2faf5a8a02b200350faffffff0f1802',
  '08eaf2f5a8a02b123b0a055461626c65100b18eaf2f5a8a02b20108a0126080212016e120176180c180322090a033201610a020801220d0a033201620a0608feffffff0f12330a054d6f746f72100c18eaf2f5a8a02b201392011e0a0131120a0a0372706d200350aa0b12080a026f6e200b700122014d28001801',
);
const announcements = [
  {
    '~': 'tele/plug',
    stat_t: '~/SENSOR',
    cmd_t: '~/cmnd',
    avty_t: '~/LWT',
    val_tpl: "{{ value_json['ENERGY'].Power | float(0) | round(1) }}",
    unit_of_meas: 'W',
    dev: { ids: ['1C'], cns: [['mac', 'dc:4f:22:00:00:1c']], name: 'Plug', mf: 'Sonoff' },
  },
  {
    dev: { ids: 'kitchen' },
    avty: [{ t: 'bridge', val_tpl: '{{ value_json.state }}' }],
    cmps: {
      a: { p: 'light', stat_t: 's', cmd_t: 'c', bri_stat_t: 'b', bri_scl: 100 },
      b: { p: 'cover', stat_t: 's', cmd_t: 'c', pos_t: 'p', set_pos_t: 'sp', set_pos_tpl: '{"p": {{ value }}}' },
      c: { p: 'select', stat_t: 's', cmd_t: 'c', ops: ['auto', 'off'] },
    },
  },
];
const components = ['sensor', 'device', 'switch', 'number', 'lock', 'binary_sensor'];

/** What a camera answers to a probe, and how it lists its profiles. */
const cameras = [
  '<?xml version="1.0"?><e:Envelope xmlns:e="x" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><e:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:1</a:Address></a:EndpointReference><d:Scopes>onvif://www.onvif.org/name/Gate%20east</d:Scopes><d:XAddrs>http://10.0.0.9/onvif</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>',
  '<e:Envelope xmlns:tt="http://www.onvif.org/ver10/schema"><e:Body><trt:GetProfilesResponse><trt:Profiles token="P1"><tt:Name>main</tt:Name><tt:VideoEncoderConfiguration token="E"><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles></trt:GetProfilesResponse></e:Body></e:Envelope>',
].map((text) => Buffer.from(text));

/** Building, plant and home automation, and cameras: BACnet/IP, Sparkplug B, discovery messages with their templates, ONVIF. */
export const automationDecoders: Record<string, () => Decoder> = {
  bacnet: () => ({
    name: 'bacnet',
    input: (chance) => damaged(chance, bacnet),
    decode: (bytes) => {
      const datagram = readDatagram(bytes);
      const inside = datagram.kind === 'message' ? datagram.inside : bytes;
      return [
        bacnetFrameReader.explain(bytes),
        readReadPropertyAck(inside),
        readReadMultipleAck(inside),
        readCovNotification(inside),
        readIAm(inside),
        readError(inside),
      ];
    },
  }),
  homeassistant: () => {
    let turn = 0;
    return {
      name: 'homeassistant',
      input: (chance) => strange(chance, announcements),
      decode: (bytes) => {
        const component = components[turn++ % components.length] ?? 'sensor';
        const text = Buffer.from(bytes).toString('utf8');
        readTemplate(text)?.('{"a": 1}');
        homeAssistantFrameReader.explain(bytes);
        const announced = readDiscovery({ component, object: 'x' }, bytes);
        if (announced === 'gone' || isRefusal(announced)) return announced;
        return announced.faces.map((face) => [wordOf(face, text.slice(0, 200)), payloadFor(face, true)]);
      },
    };
  },
  onvif: () => ({
    name: 'onvif',
    input: (chance) => damaged(chance, cameras),
    decode: (bytes) => {
      const body = readEnvelope(bytes)?.body;
      return [onvifFrameReader.explain(bytes), readMatches(bytes), body && [faultOf(body), readProfiles(body)]];
    },
  }),
  sparkplug: () => {
    const session = new NodeSession();
    let turn = 0;
    return {
      name: 'sparkplug',
      input: (chance) => damaged(chance, metrics),
      decode: (bytes) => {
        sparkplugFrameReader.explain(bytes);
        const payload = readPayload(bytes);
        if (isRefusal(payload)) return payload;
        const type = messageTypes[turn++ % messageTypes.length] ?? 'NDATA';
        const device = type.startsWith('D') ? { device: 'd' } : {};
        const outcome = session.take({ group: 'g', node: 'n', type, ...device }, payload);
        return outcome.metrics.map(({ metric, declared }) => metric.raw && metricValue(metric.raw, declared.type));
      },
    };
  },
};
