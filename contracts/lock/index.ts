export {
  biometricMeans,
  decideOpening,
  grantedMeans,
  grantFaults,
  type HeldGrants,
  type KeyShownOutside,
  type LockGrant,
  LockGrantSchema,
  type LockMeans,
  lockMeans,
  type OpeningDecision,
  type RefusedFor,
} from './grant.ts';
export {
  type GrantInLock,
  type LockInput,
  type LockService,
  type LockState,
  lockLogDays,
  lockModelGaps,
  lockProperties,
  lockServices,
  wrongCodesBeforeAlarm,
} from './interface.ts';
export { LockMemory } from './memory.ts';
export { type LockEvent, LockLog, type LockRecord, lockEvents, lockRecordOf } from './record.ts';
