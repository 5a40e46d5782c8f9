import {
  type Downlink,
  type Driver,
  type Refusal,
  refuse,
  TopicForbidden,
  type Uplink,
} from '@keystead/terminals/port';
import { type JsonLimits, jsonLimits, readJson } from './json.ts';
import { readAttributes, readEvents, readTelemetry } from './readings.ts';
import {
  readAttributesWanted,
  readCall,
  readGatewayAttributesWanted,
  readGatewayReply,
  readPresence,
  readReply,
} from './requests.ts';
import { type RawTopic, readTopic, topics, type UplinkTopic } from './topics.ts';

/** One MQTT application message. */
export interface MqttMessage {
  topic: string;
  payload: Uint8Array;
}

const forbidden = refuse(TopicForbidden);

function decodeOn(topic: Exclude<UplinkTopic, RawTopic>, value: unknown): Uplink | Refusal {
  switch (topic.use) {
    case 'telemetry':
      return readTelemetry(value, topic.gateway);
    case 'events':
      return readEvents(value, topic.gateway);
    case 'attributes':
      return readAttributes(value, topic.gateway);
    case 'attributes-request':
      return topic.gateway ? readGatewayAttributesWanted(value) : readAttributesWanted(value, topic.request);
    case 'rpc-request':
      return readCall(value, topic.request);
    case 'rpc-response':
      return readReply(value, topic.request);
    case 'rpc':
      return readGatewayReply(value);
    case 'connect':
    case 'disconnect':
      return readPresence(value, topic.use);
  }
}

/** The words in one payload of a topic already read (the caller checks rights between the two steps). */
export function decodePayload(
  topic: Exclude<UplinkTopic, RawTopic>,
  payload: Uint8Array,
  limits: JsonLimits = jsonLimits,
): Uplink | Refusal {
  const json = readJson(payload, limits);
  return 'problem' in json ? json : decodeOn(topic, json.value);
}

function wantedOf(given: Extract<Downlink, { kind: 'attributes-given' }>): Record<string, unknown> {
  const values = { ...given.client, ...given.shared };
  const base = { id: given.request, device: given.device };
  return given.single ? { ...base, value: Object.values(values)[0] } : { ...base, values };
}

function encode(down: Downlink): { topic: string; body: unknown } {
  switch (down.kind) {
    case 'attributes':
      return down.device === undefined
        ? { topic: topics.attributes, body: down.values }
        : { topic: topics.gatewayAttributes, body: { device: down.device, data: down.values } };
    case 'attributes-given':
      return down.device === undefined
        ? { topic: topics.attributesResponse(down.request), body: { client: down.client, shared: down.shared } }
        : { topic: topics.gatewayAttributesResponse, body: wantedOf(down) };
    case 'call': {
      const call = { method: down.method, params: down.params ?? {} };
      return down.device === undefined
        ? { topic: topics.rpcRequest(down.request), body: call }
        : { topic: topics.gatewayRpc, body: { device: down.device, data: { id: down.request, ...call } } };
    }
    case 'reply':
      return { topic: topics.rpcResponse(down.request), body: down.reply ?? null };
    case 'problem': {
      const { problem, detail, pointer, device } = down.refusal;
      return { topic: topics.problems, body: { type: problem.type, about: down.about, detail, pointer, device } };
    }
  }
}

/** The device and gateway API as a driver. */
export const mqttDriver: Driver<MqttMessage> = {
  name: 'mqtt',
  decode: ({ topic, payload }) => {
    const route = readTopic(topic);
    return route && route.use !== 'agent-log' && route.use !== 'firmware-request'
      ? decodePayload(route, payload)
      : forbidden;
  },
  encode: (down) => {
    const { topic, body } = encode(down);
    return { topic, payload: Buffer.from(JSON.stringify(body)) };
  },
};
