import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { ClockRow, Subject } from './row.ts';
import { clockColumns } from './row.ts';

export interface HistoryLine {
  number: number;
  at: Date;
  actor: string;
  actorName: string;
  actorKind: string;
  step: string;
  from: string;
  to: string;
  reason: string | null;
}

export interface ItemLine {
  id: string;
  text: string;
  required: boolean;
  doneAt: Date | null;
  doneBy: string | null;
  note: string | null;
}

export interface CommentLine {
  id: string;
  at: Date;
  actor: string;
  actorName: string;
  internal: boolean;
  text: string;
}

export interface EvidenceLine {
  id: string;
  record: string;
  kind: string;
  note: string | null;
  sha256: string | null;
  takenAt: Date | null;
  longitude: number | null;
  latitude: number | null;
  device: string | null;
  at: Date;
  actorName: string;
}

export interface CostLine {
  id: string;
  kind: string;
  text: string;
  part: string | null;
  quantity: number;
  unitPrice: number;
  amount: number;
  minutes: number | null;
  at: Date;
  actorName: string;
}

export interface LinkLine {
  relation: string;
  targetKind: string;
  target: string;
  /** Code and title when the target is a case the reader may see. */
  code: string | null;
  title: string | null;
  at: Date;
}

/** Everything that hangs on one case; the caller has made sure that the reader may see it. */
export interface CaseContents {
  clocks: ClockRow[];
  subjects: Subject[];
  history: HistoryLine[];
  items: ItemLine[];
  comments: CommentLine[];
  evidence: EvidenceLine[];
  costs: CostLine[];
  links: LinkLine[];
}

/** Reads the file of a case. Internal comments are left out for whoever does not work on cases. */
export async function contentsOf(tx: Tx, scope: Scope, id: string, internal: boolean): Promise<CaseContents> {
  const of = sql`case_id = ${id} and organisation = ${scope.organisation}`;
  return {
    clocks: await tx.all(sql<ClockRow>`select ${clockColumns} from cases.clock k where ${of} order by k.name desc`),
    subjects: await tx.all(
      sql<Subject>`select kind, id, label from cases.subject where ${of} order by main desc, kind, id`,
    ),
    history: await tx.all(sql<HistoryLine>`
      select number, at, actor, actor_name as "actorName", actor_kind as "actorKind", step, from_state as "from", to_state as "to", reason
      from cases.history where ${of} order by number`),
    items: await tx.all(sql<ItemLine>`
      select id, text, required, done_at as "doneAt", done_by as "doneBy", note from cases.item where ${of} order by place_in_list`),
    comments: await tx.all(sql<CommentLine>`
      select id, at, actor, actor_name as "actorName", internal, text from cases.comment
      where ${of} and (${internal} or not internal) order by at, id`),
    evidence: await tx.all(sql<EvidenceLine>`
      select id, record, kind, note, sha256, taken_at as "takenAt", longitude, latitude, device, at, actor_name as "actorName"
      from cases.evidence where ${of} order by at, id`),
    costs: await tx.all(sql<CostLine>`
      select id, kind, text, part, quantity::float8 as quantity, unit_price as "unitPrice", amount, minutes, at, actor_name as "actorName"
      from cases.cost where ${of} order by at, id`),
    links: await tx.all(sql<LinkLine>`
      select l.relation, l.target_kind as "targetKind", l.target, c.code, c.title, l.at
      from cases.link l left join cases.case c on l.target_kind = 'case' and c.id = l.target and ${inSubtrees(scope, 'c.place')}
      where l.case_id = ${id} and l.organisation = ${scope.organisation} order by l.at, l.target`),
  };
}
