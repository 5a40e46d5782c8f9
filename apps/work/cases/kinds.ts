import { NotFound } from '@keystead/contracts/problem';
import type { CaseKind } from './kind.ts';
import { change } from './kinds/change.ts';
import { complaint } from './kinds/complaint.ts';
import { deviceFault } from './kinds/device-fault.ts';
import { householdChange } from './kinds/household-change.ts';
import { incident } from './kinds/incident.ts';
import { inspection } from './kinds/inspection.ts';
import { maintenance } from './kinds/maintenance.ts';
import { problemCase } from './kinds/problem.ts';
import { repair } from './kinds/repair.ts';
import { request } from './kinds/request.ts';
import { rightsRequest } from './kinds/rights-request.ts';
import { security } from './kinds/security.ts';
import { supervision } from './kinds/supervision.ts';
import { violation } from './kinds/violation.ts';

export const caseKinds: readonly CaseKind[] = [
  repair,
  deviceFault,
  maintenance,
  inspection,
  incident,
  problemCase,
  change,
  request,
  complaint,
  security,
  supervision,
  householdChange,
  rightsRequest,
  violation,
];

const byId: ReadonlyMap<string, CaseKind> = new Map(caseKinds.map((kind) => [kind.id, kind]));

/** The kind of that id; NotFound for an unknown one. */
export function kindOf(id: string): CaseKind {
  const kind = byId.get(id);
  if (!kind) throw new NotFound({ kind: 'case-kind', id });
  return kind;
}
