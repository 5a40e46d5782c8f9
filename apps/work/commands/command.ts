import type { OrganisationId } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { ReadBack, Service } from '@keystead/contracts/thing-model';
import { isSecretName } from '@keystead/kernel/security/audit';

export const commandStates = [
  'drafted',
  'awaiting-approval',
  'approved',
  'queued',
  'sent',
  'acknowledged',
  'verified',
  'refused',
  'expired',
  'failed',
  'cancelled',
] as const;
export type CommandState = (typeof commandStates)[number];

export const origins = ['person', 'key', 'rule', 'scene', 'plan', 'model'] as const;
export type Origin = (typeof origins)[number];
export type Risk = Service['risk'];

/** What a device must show for the command to be verified. */
export interface WantedReading {
  property: string;
  value: string | number | boolean;
  tolerance: number;
  /** Seconds from the acknowledgement. */
  within: number;
}

/** One command as it is stored. */
export interface CommandRow {
  id: string;
  /** Number of the call on the wire. */
  number: number;
  organisation: OrganisationId;
  place: string;
  thing: number;
  thing_id: string;
  thing_code: string;
  thing_name: string;
  family: string;
  kind: 'service' | 'desired';
  method: string;
  method_name: { zh: string; en: string };
  /** What of the input may be seen. */
  input: unknown;
  /** The whole of it when it holds secrets, until the command has ended. */
  sealed: Buffer | null;
  before: unknown;
  risk: Risk;
  urgent: boolean;
  repeatable: boolean;
  origin: Origin;
  origin_id: string | null;
  chain: string[];
  requester: string;
  requester_name: string;
  reason: string;
  key: string | null;
  group_id: string | null;
  group_order: number;
  state: CommandState;
  failure: string | null;
  reply: unknown;
  read_back: WantedReading | null;
  record: string | null;
  deadline_s: number;
  answer_s: number;
  window_from: Date | null;
  window_until: Date | null;
  approver: string | null;
  approver_name: string | null;
  approval_note: string | null;
  created_at: Date;
  approved_at: Date | null;
  queued_at: Date | null;
  deadline: Date | null;
  sent_at: Date | null;
  sends: number;
  sender: string | null;
  broken_at: Date | null;
  acknowledged_at: Date | null;
  seen_at: Date | null;
  ended_at: Date | null;
  due: Date | null;
}

export class CommandMissing extends problem('command-missing', 404) {}
/** The model of the thing has no such service. */
export class ServiceUnknown extends problem('service-unknown', 404) {}
/** The input breaks the service's schema or limits; each fault with its pointer. */
export class CommandInputInvalid extends problem('command-input-invalid', 422) {}
/** The actor's level does not reach that of the service (I-5.2.2.3-d). */
export class LevelTooLow extends problem('command-level-too-low', 403) {}
/** The same key was used for another command. */
export class CommandKeyConflict extends problem('command-key-conflict', 409) {}
/** The command is no longer, or not yet, in a state where this can be done. */
export class CommandStepRefused extends problem('command-step-refused', 409) {}
/** Nobody approves what he asked for himself, and no rule or machine approves at all. */
export class OwnApproval extends problem('command-own-approval', 403) {}
/** A dangerous command needs a reason. */
export class ReasonMissing extends problem('command-reason-missing', 422) {}
/** The window lies in the past, ends before it begins, or is longer than a week. */
export class WindowInvalid extends problem('command-window-invalid', 422) {}

export const isEnded = (row: Pick<CommandRow, 'ended_at'>): boolean => row.ended_at !== null;

export type CommandStep = 'submit' | 'approve' | 'refuse' | 'cancel';

const allowed: Readonly<Record<CommandStep, readonly CommandState[]>> = {
  submit: ['drafted'],
  approve: ['awaiting-approval'],
  refuse: ['awaiting-approval'],
  cancel: ['drafted', 'awaiting-approval', 'approved', 'queued'],
};

/** Throws CommandStepRefused when people can no longer do this. What is on its way cannot be taken back. */
export function checkStep(row: Pick<CommandRow, 'state'>, step: CommandStep): void {
  if (!allowed[step].includes(row.state)) throw new CommandStepRefused({ step, state: row.state });
}

/** Who may agree: a person, not the one who asked. Throws OwnApproval. */
export function checkApprover(row: Pick<CommandRow, 'requester'>, actor: { kind: string; id: string }): void {
  if (actor.kind !== 'user' && actor.kind !== 'key') throw new OwnApproval({ by: actor.kind });
  if (actor.id === row.requester) throw new OwnApproval();
}

/** Levels of those who send: 1 reads and sets within limits, 2 moves machines, 3 touches life and property. */
const levelOfRisk: Readonly<Record<Risk, 1 | 2 | 3>> = { read: 1, normal: 1, dangerous: 2, vital: 3 };
const permissionOfLevel = { 1: 'command:send', 2: 'command:send-dangerous', 3: 'command:send-vital' } as const;

export const levelOf = (service: Pick<Service, 'risk' | 'level'>): 1 | 2 | 3 =>
  service.level ?? levelOfRisk[service.risk];

export const permissionFor = (service: Pick<Service, 'risk' | 'level'>): string => permissionOfLevel[levelOf(service)];

/** An emergency waits for nobody. */
export function needsApproval(service: Pick<Service, 'risk' | 'urgent' | 'approval'>): boolean {
  if (service.urgent) return false;
  if (service.approval !== undefined) return service.approval === 'second-person';
  return service.risk === 'dangerous' || service.risk === 'vital';
}

/** What has to be seen afterwards; undefined when the service tells nothing, or its input has no such field. */
export function wantedReading(readBack: ReadBack | undefined, input: unknown): WantedReading | null {
  if (readBack === undefined) return null;
  const { property, tolerance = 0, within, from } = readBack;
  // What a device shows afterwards is no secret; a secret is not kept in clear to be looked for.
  if (from !== undefined && isSecretName(from)) return null;
  const given = from === undefined ? readBack.value : (input as Readonly<Record<string, unknown>> | undefined)?.[from];
  if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') return null;
  return { property, value: given, tolerance, within };
}
