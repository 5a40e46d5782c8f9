/** What a topic is for, seen from the device that publishes on it. */
export type UplinkTopic =
  | { use: 'telemetry' | 'attributes' | 'events'; gateway: boolean }
  | { use: 'attributes-request' | 'rpc-request' | 'rpc-response'; gateway: false; request: number }
  | { use: 'attributes-request' | 'rpc'; gateway: true }
  | { use: 'connect' | 'disconnect'; gateway: true }
  | RawTopic;

/** Topics whose payload is not read as JSON words. */
export type RawTopic = AgentTopic | FirmwareTopic;

/**
 * Part of the firmware offered to the device; the payload is the size of a part in bytes. A gateway asks for a device
 * behind it by `{device, size}`: ours, since ThingsBoard has no form for that.
 */
export type FirmwareTopic = { use: 'firmware-request'; gateway: boolean; request: number; chunk: number };

/** Numbered records of an edge agent: read by `readAgentLog`, since no other word carries the numbers. */
export type AgentTopic = { use: 'agent-log'; gateway: true };

const device = 'v1/devices/me/';
const gateway = 'v1/gateway/';
const agentUp = 'v1/agent/up';

const fixed = new Map<string, UplinkTopic>([
  [`${device}telemetry`, { use: 'telemetry', gateway: false }],
  [`${device}attributes`, { use: 'attributes', gateway: false }],
  [`${device}events`, { use: 'events', gateway: false }],
  [`${gateway}telemetry`, { use: 'telemetry', gateway: true }],
  [`${gateway}attributes`, { use: 'attributes', gateway: true }],
  [`${gateway}events`, { use: 'events', gateway: true }],
  [`${gateway}connect`, { use: 'connect', gateway: true }],
  [`${gateway}disconnect`, { use: 'disconnect', gateway: true }],
  [`${gateway}attributes/request`, { use: 'attributes-request', gateway: true }],
  [`${gateway}rpc`, { use: 'rpc', gateway: true }],
  [agentUp, { use: 'agent-log', gateway: true }],
]);

const numbered = [
  [`${device}attributes/request/`, 'attributes-request'],
  [`${device}rpc/request/`, 'rpc-request'],
  [`${device}rpc/response/`, 'rpc-response'],
] as const;

const requestNumber = /^(0|[1-9]\d{0,9})$/;
const firmwarePrefix = 'v2/fw/request/';
const gatewayFirmware = `${gateway}fw/request/`;
const firmwareTail = /^(0|[1-9]\d{0,9})\/chunk\/(0|[1-9]\d{0,8})$/;

function readFirmwareTopic(tail: string, isGateway: boolean): FirmwareTopic | undefined {
  const parts = firmwareTail.exec(tail);
  return parts
    ? { use: 'firmware-request', gateway: isGateway, request: Number(parts[1]), chunk: Number(parts[2]) }
    : undefined;
}

/** The meaning of a topic a device published on; undefined = not a topic of the device API. */
export function readTopic(topic: string): UplinkTopic | undefined {
  const known = fixed.get(topic);
  if (known) return known;
  if (topic.startsWith(firmwarePrefix)) return readFirmwareTopic(topic.slice(firmwarePrefix.length), false);
  if (topic.startsWith(gatewayFirmware)) return readFirmwareTopic(topic.slice(gatewayFirmware.length), true);
  for (const [prefix, use] of numbered) {
    if (!topic.startsWith(prefix)) continue;
    const tail = topic.slice(prefix.length);
    return requestNumber.test(tail) ? { use, gateway: false, request: Number(tail) } : undefined;
  }
  return undefined;
}

export const topics = {
  attributes: `${device}attributes`,
  attributesResponse: (request: number) => `${device}attributes/response/${request}`,
  rpcRequest: (request: number) => `${device}rpc/request/${request}`,
  rpcResponse: (request: number) => `${device}rpc/response/${request}`,
  problems: `${device}problems`,
  gatewayAttributes: `${gateway}attributes`,
  gatewayAttributesResponse: `${gateway}attributes/response`,
  gatewayRpc: `${gateway}rpc`,
  agentUp,
  firmwareRequest: (request: number, chunk: number) => `${firmwarePrefix}${request}/chunk/${chunk}`,
  gatewayFirmwareRequest: (request: number, chunk: number) => `${gatewayFirmware}${request}/chunk/${chunk}`,
  firmwareResponse: (request: number, chunk: number) => `v2/fw/response/${request}/chunk/${chunk}`,
  firmwareError: 'v2/fw/error',
} as const;

/** What a device is told when it subscribes to a filter. */
export type Subscription =
  | 'attributes'
  | 'attributes-response'
  | 'rpc-request'
  | 'rpc-response'
  | 'problems'
  | 'firmware-response'
  | 'firmware-error'
  | 'gateway-attributes'
  | 'gateway-attributes-response'
  | 'gateway-rpc';

const filters = new Map<string, Subscription>([
  [topics.attributes, 'attributes'],
  [`${device}attributes/response/+`, 'attributes-response'],
  [`${device}rpc/request/+`, 'rpc-request'],
  [`${device}rpc/response/+`, 'rpc-response'],
  [topics.problems, 'problems'],
  ['v2/fw/response/+/chunk/+', 'firmware-response'],
  [topics.firmwareError, 'firmware-error'],
  [topics.gatewayAttributes, 'gateway-attributes'],
  [topics.gatewayAttributesResponse, 'gateway-attributes-response'],
  [topics.gatewayRpc, 'gateway-rpc'],
]);

/** The meaning of a topic filter; undefined = not one a device may listen to. Wider wildcards are not given. */
export function readFilter(filter: string): Subscription | undefined {
  return filters.get(filter);
}

/** Topics and filters of gateways; the rest belongs to every device. */
export const isGatewayFilter = (subscription: Subscription): boolean => subscription.startsWith('gateway-');
