export {
  type AgentLogHead,
  type AgentLogPart,
  type DroppedRecords,
  type LogRecord,
  type RecordText,
  readAgentLog,
  writeAgentLog,
  writeRecord,
} from './agent-log.ts';
export { decodePayload, type MqttMessage, mqttDriver } from './driver.ts';
export { isObject, type JsonLimits, jsonLimits, readJson, within } from './json.ts';
export { readAttributes, readEvents, readTelemetry } from './readings.ts';
export { readAttributesWanted, readCall } from './requests.ts';
export {
  type FirmwareTopic,
  isGatewayFilter,
  readFilter,
  readTopic,
  type Subscription,
  topics,
  type UplinkTopic,
} from './topics.ts';
