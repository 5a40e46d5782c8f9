export { pauseBefore } from './backoff.ts';
export { type ClientOptions, MqttClient } from './client.ts';
export { QueueFull } from './outbound.ts';
