import type { HandlingFilter, StepTaken } from '@keystead/apps/housing/handling';
import { problem } from '@keystead/contracts/problem';

export const processStates = ['allocated', 'contract', 'checked-in', 'cancelled'] as const;
export type ProcessState = (typeof processStates)[number];

/** One way of a household into a house 入住办理: 配租 → 合同 → 入住 under one id. */
export interface Process {
  readonly id: string;
  readonly number: number;
  readonly organisation: string;
  readonly place: string;
  readonly household: string;
  readonly householdName: string;
  readonly house: string;
  readonly plan: string | null;
  readonly state: ProcessState;
  readonly lease: string | null;
  readonly openedAt: Date;
  readonly contractAt: Date | null;
  readonly checkedInAt: Date | null;
  /** When the household will come for its keys. */
  readonly appointmentAt: Date | null;
  readonly version: number;
}

/** As the list shows it: its house by name, its lease as it stands. */
export interface ProcessLine extends Process {
  readonly houseName: string | null;
  readonly leaseCode: string | null;
  readonly leaseState: string | null;
}

/** `on`: those whose household comes for its keys that day. */
export type ProcessFilter = HandlingFilter<ProcessState>;
export type ProcessStep = StepTaken<ProcessState>;

/** What is handed over with the keys. */
export interface HandoverWish {
  /** Fee subject of each meter → reading in thousandths of its unit. */
  readonly readings: Readonly<Record<string, number>>;
  readonly furniture: readonly { item: string; count: number; condition: string }[];
  /** Ids of photos kept as records. */
  readonly photos: readonly string[];
}

export interface Handover extends HandoverWish {
  readonly id: string;
  readonly at: Date;
  readonly actorName: string;
}

export class ProcessMissing extends problem('move-in-missing', 404) {}
/** The step before it is not done yet, or it is done already. */
export class ProcessStepRefused extends problem('move-in-step-refused', 409) {}
/** Nobody said yet who lets the houses of this organisation. */
export class LessorMissing extends problem('lessor-missing', 409) {}
/** The household or the house is on its way already. */
export class ProcessOpen extends problem('move-in-open', 409) {}

export const processCode = (number: number): string => `RZ${String(number).padStart(8, '0')}`;
