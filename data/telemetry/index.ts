export type { FollowerOptions } from './follower.ts';
export type { LatestPoint, LatestPoints } from './latest-values.ts';
export { telemetry } from './module.ts';
export type { ShownValue } from './reading.ts';
export type { TelemetryService } from './service.ts';
