export {
  type AgentConfiguration,
  AgentConfigurationSchema,
  type ChannelConfiguration,
  ChannelConfigurationSchema,
  type CodecSetup,
  type DeviceSetup,
  type Door,
  type LocalCall,
  type LocalResponse,
  type OpcuaExposure,
  type ReportPolicy,
} from './configuration.ts';
export { configurationFaults } from './configuration-faults.ts';
export {
  DoorBook,
  type DoorDecision,
  type DoorGrant,
  type DoorGrants,
  DoorGrantsSchema,
  isKeyKind,
  isSigned,
  type KeyKind,
  type KeyShown,
  keyKinds,
  signedText,
} from './grants.ts';
export { edgeAgentModel } from './model.ts';
export { type SequenceRange, SequenceRanges } from './sequence-ranges.ts';
export type { AgentLoad, AgentStatus } from './status.ts';
