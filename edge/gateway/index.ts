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
  GatewayPorts,
  Heard,
  Intake,
  Misbehaviour,
  PendingCommand,
  Provisioned,
  Provisioning,
  ProvisionRequest,
  Ranges,
  RefusalRow,
  RefusalSink,
} from './ports.ts';
