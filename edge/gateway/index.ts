export type { GatewayCounters, GatewayGauges } from './counters.ts';
export { type Gateway, type GatewayAddresses, type GatewayOptions, openGateway } from './gateway.ts';
export { type GatewayLimits, gatewayLimits } from './limits.ts';
export type {
  Admission,
  Admitted,
  Attributes,
  AttributesGiven,
  Commands,
  CommittedRange,
  Contact,
  Credential,
  Denied,
  Firmware,
  GatewayPorts,
  Heard,
  Intake,
  Misbehaviour,
  OfferedFirmware,
  PendingCommand,
  Provisioned,
  Provisioning,
  ProvisionRequest,
  Ranges,
  RefusalRow,
  RefusalSink,
} from './ports.ts';
