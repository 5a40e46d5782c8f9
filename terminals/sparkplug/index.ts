export { sparkplugChannel } from './channel.ts';
export { sparkplugFrameReader } from './frame-reader.ts';
export { type Declared, NodeSession, type Outcome } from './node-session.ts';
export { type Metric, type Payload, readPayload } from './payload.ts';
export { translate } from './readings.ts';
export { SparkplugDevice, SparkplugSettings } from './settings.ts';
export { type MessageType, messageTypes, readTopic, type SparkplugTopic } from './topics.ts';
export { metricValue } from './values.ts';
export { type WrittenMetric, writePayload } from './writing.ts';
