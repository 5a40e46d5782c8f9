import type { OrganisationId } from '@keystead/contracts/access';
import type { ProblemClass } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { Whitelist } from './whitelist.ts';

export interface AdmittedThing {
  thing: number;
  id: string;
  code: string;
  organisation: OrganisationId;
  model: ThingModel;
  isGateway: boolean;
  /** Changes this process had heard of when it decided. */
  whitelist: number;
}

export interface DeniedThing {
  problem: ProblemClass;
  detail?: string;
  device?: string;
  thing?: number;
}

/** A thing as the register has it when somebody shows its credential. */
export interface Standing {
  number: number;
  id: string;
  code: string;
  organisation: OrganisationId;
  family: string;
  modelVersion: number;
  whitelist: Whitelist;
}
