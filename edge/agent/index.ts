export { type Agent, type AgentOptions, agentVersion, openAgent } from './agent.ts';
export type { KindEntry, KindRegistry } from './channels/kind-registry.ts';
export { kinds } from './kinds.ts';
export { type Endpoint, readEndpoint, type Trust } from './platform/endpoint.ts';
export { FirmwareUpdater } from './update/firmware-updater.ts';
export { startSupervised } from './update/starter.ts';
export type { UpdateLine } from './update/update.ts';
export { noUpdater, type UpdateProgress, type Updater } from './updater.ts';
