import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { RecordsService } from '@keystead/data/records';
import { inSubtrees, movePaths, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { checkWords, type MaintenanceDraft, type MaintenanceRow, SignatureUnfit, statementOf } from './record.ts';

export interface MaintenanceParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly agreements: Pick<AgreementsService, 'evidence'>;
  readonly cases: Pick<CasesService, 'get' | 'addEvidenceIn'>;
  readonly records: Pick<RecordsService, 'get'>;
}

const columns = sql.raw(`
  m.id, m.organisation, m.place, m.case_id as "caseId", m.case_code as "caseCode", m.subject, m.at, m.content, m.problems,
  m.actions, m.signature, m.signature_hash as "signatureHash", m.evidence, m.actor, m.actor_name as "actorName",
  m.recorded_at as "recordedAt"`);
const listLimit = 500;

export interface MaintenanceGround {
  readonly row: { readonly code: string; readonly place: string; readonly openedAt: Date };
  readonly subject: string;
  readonly hash: string;
}

/** What a case is about, as records name it. */
export const subjectOf = ([main]: readonly { kind: string; id: string }[]): string =>
  main ? `${main.kind}:${main.id}` : '';

/** Records of maintenance: what was found and done, signed, and provably as it was signed. */
export function createMaintenanceRecords({ db, clock, audit, agreements, cases, records }: MaintenanceParts) {
  /** What is known before the transaction: the case and the file of the signature. */
  async function ground(actor: Actor, draft: MaintenanceDraft): Promise<MaintenanceGround> {
    const { row, subjects } = await cases.get(actor, draft.caseId);
    const file = await records.get(actor, draft.signature);
    if (!file.mediaType.startsWith('image/') || file.subject !== `case:${draft.caseId}`)
      throw new SignatureUnfit({ signature: draft.signature });
    return { row, subject: subjectOf(subjects), hash: file.hash };
  }

  /** Writes it in the caller's transaction; `of` is the case, what it is about, and the hash of the signature. */
  async function writeIn(
    tx: Tx,
    actor: Actor,
    draft: MaintenanceDraft,
    of: MaintenanceGround,
  ): Promise<MaintenanceRow> {
    checkWords(draft, of.row.openedAt, clock.now());
    const recordedAt = clock.now();
    const bare = {
      id: newId(recordedAt.getTime()),
      organisation: actor.scope.organisation,
      place: of.row.place,
      caseId: draft.caseId,
      caseCode: of.row.code,
      subject: of.subject,
      at: draft.at,
      content: draft.content,
      problems: draft.problems,
      actions: draft.actions,
      signature: draft.signature,
      signatureHash: of.hash,
      actor: actor.id,
      actorName: actor.name,
      recordedAt,
    };
    const row: MaintenanceRow = { ...bare, evidence: agreements.evidence.seal(statementOf(bare)) };
    await cases.addEvidenceIn(tx, actor, draft.caseId, {
      record: draft.signature,
      kind: 'signature',
      sha256: of.hash,
      takenAt: draft.at,
    });
    await tx.run(sql`
      insert into maintenance.record (id, organisation, place, case_id, case_code, subject, at, content, problems, actions,
        signature, signature_hash, evidence, actor, actor_name, recorded_at)
      values (${row.id}, ${row.organisation}, ${row.place}, ${row.caseId}, ${row.caseCode}, ${row.subject}, ${row.at},
        ${row.content}, ${row.problems}, ${row.actions}, ${row.signature}, ${row.signatureHash},
        ${JSON.stringify(row.evidence)}, ${row.actor}, ${row.actorName}, ${row.recordedAt})`);
    await audit.add(tx, actor, {
      action: 'maintenance.record',
      subject: `maintenance:${row.id}`,
      place: row.place,
      detail: { case: row.caseCode, subject: row.subject, signature: row.signatureHash },
    });
    return row;
  }

  return {
    writeIn,

    /**
     * Records a maintenance (I-5.2.3-e-3). Throws InputInvalid for each of the fields that is missing, MaintenanceDateWrong,
     * SignatureUnfit, CaseMissing, CaseEnded, RecordMissing.
     */
    write: async (actor: Actor, draft: MaintenanceDraft): Promise<MaintenanceRow & { holds: boolean }> => {
      const of = await ground(actor, draft);
      const row = await db.transaction(actor.scope, (tx) => writeIn(tx, actor, draft, of));
      return { ...row, holds: true };
    },

    /** Records of a case or of what it was about, the newest first, each with whether it is as it was signed. */
    list: async (actor: Actor, of: { caseId?: string; subject?: string }) => {
      const rows = await db.read(
        actor.scope,
        sql<MaintenanceRow>`select ${columns} from maintenance.record m
          where m.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'm.place')}
            ${of.caseId ? sql`and m.case_id = ${of.caseId}` : sql``} ${of.subject ? sql`and m.subject = ${of.subject}` : sql``}
          order by m.at desc, m.id desc limit ${listLimit}`,
      );
      return rows.map((row) => ({ ...row, holds: agreements.evidence.holds(row.evidence, statementOf(row)) }));
    },
  };
}

/** The rows of one organisation below `from` are now below `to`. */
export const movePlaces = async (tx: Tx, organisation: string, from: string, to: string): Promise<void> =>
  void (await movePaths(tx, 'maintenance.record', 'place', organisation, from, to));

export type MaintenanceService = ReturnType<typeof createMaintenanceRecords>;
