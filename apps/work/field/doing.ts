import type { CasesService } from '@keystead/apps/work/cases';
import { CaseStepRefused } from '@keystead/apps/work/cases';
import { type MaintenanceService, subjectOf } from '@keystead/apps/work/maintenance';
import type { PlansService } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Translate } from '@keystead/kernel/i18n';
import type { ClockMark, FieldAct, Said } from './entry.ts';
import { requireOwn } from './own.ts';
import type { Photos } from './photos.ts';

/** The code that was scanned is not on anything the task is about. */
export class FieldCodeStrange extends problem('field-code-strange', 422) {}

export interface DoingParts {
  readonly cases: Pick<CasesService, 'lockIn' | 'takeIn' | 'addEvidenceIn' | 'addCostIn' | 'tickIn' | 'commentIn'>;
  readonly plans: Pick<PlansService, 'readIn'>;
  readonly maintenance: Pick<MaintenanceService, 'writeIn'>;
  readonly photos: Photos;
  readonly t: Translate;
}

type CaseFile = Awaited<ReturnType<CasesService['get']>>;

/** Carries out what an entry says, in the transaction that keeps the entry. */
export function createDoing({ cases, plans, maintenance, photos, t }: DoingParts) {
  interface Ground {
    readonly tx: Tx;
    readonly actor: Actor;
    readonly said: Said;
    readonly file: CaseFile;
    /** When it was done, where the clock of the phone can be believed. */
    readonly takenAt: Date | undefined;
  }

  const proofOf = ({ said, takenAt }: Ground, sha256: string) => ({
    sha256,
    device: said.device,
    ...(takenAt ? { takenAt } : {}),
    ...(said.longitude === undefined ? {} : { longitude: said.longitude }),
    ...(said.latitude === undefined ? {} : { latitude: said.latitude }),
  });

  async function show(on: Ground, sha256: string, kind: 'photo' | 'signature', note?: string): Promise<void> {
    const { tx, actor, said } = on;
    const record = await photos.recordOf(tx, said.case, sha256);
    await cases.addEvidenceIn(tx, actor, said.case, {
      record,
      kind,
      ...(note ? { note } : {}),
      ...proofOf(on, sha256),
    });
  }

  async function start({ tx, actor, said }: Ground): Promise<void> {
    try {
      await tx.savepoint(() => cases.takeIn(tx, actor, said.case, 'start', {}));
    } catch (cause) {
      // Some kinds are accepted before they are begun; and what waits is resumed.
      if (!(cause instanceof CaseStepRefused)) throw cause;
      const possible = Array.isArray(cause.data.possible) ? cause.data.possible : [];
      if (cause.data.state === 'in-progress') return;
      if (possible.includes('resume')) return cases.takeIn(tx, actor, said.case, 'resume', {});
      await cases.takeIn(tx, actor, said.case, 'accept', {});
      await cases.takeIn(tx, actor, said.case, 'start', {});
    }
  }

  async function scan({ tx, actor, said, file }: Ground, code: string): Promise<void> {
    const about = file.subjects.map(({ id }) => id);
    const found = await tx.maybe(sql<{ code: string }>`
      select code from things_pub.thing where id::text = any(${about}) and code = ${code}
      union all select code from places_pub.place where id::text = any(${about}) and code = ${code} limit 1`);
    if (!found) throw new FieldCodeStrange({ code });
    await cases.commentIn(tx, actor, said.case, t('field.scanned', { code }));
  }

  async function finish(on: Ground, act: Extract<FieldAct, { kind: 'finish' }>): Promise<void> {
    const { tx, actor, said, file, takenAt } = on;
    if (act.signature && file.row.kind === 'maintenance') {
      const draft = {
        caseId: said.case,
        at: takenAt ?? file.row.openedAt,
        content: act.note,
        problems: act.problems ?? '',
        actions: act.actions ?? '',
        signature: await photos.recordOf(tx, said.case, act.signature),
      };
      await maintenance.writeIn(tx, actor, draft, {
        row: file.row,
        subject: subjectOf(file.subjects),
        hash: act.signature,
      });
    } else if (act.signature) await show(on, act.signature, 'signature');
    await cases.takeIn(tx, actor, said.case, 'finish', { note: act.note });
  }

  async function read(on: Ground, act: Extract<FieldAct, { kind: 'read' }>): Promise<void> {
    const { tx, actor, said, takenAt } = on;
    const { kind: _kind, round, photo, ...reading } = act;
    const record = photo ? await photos.recordOf(tx, said.case, photo) : undefined;
    const { sha256: _hash, ...proof } = proofOf(on, photo ?? '');
    await plans.readIn(
      tx,
      actor,
      round,
      { ...reading, ...proof, ...(takenAt ? { takenAt } : {}), ...(record ? { record } : {}) },
      photo,
    );
  }

  /**
   * Throws FieldTaskElsewhere, FieldPhotoAwaited, and whatever the module says that the act belongs to.
   */
  return async (tx: Tx, actor: Actor, said: Said, file: CaseFile, marks: readonly ClockMark[]): Promise<void> => {
    requireOwn(actor, (await cases.lockIn(tx, actor, said.case)).row);
    const believed = !marks.includes('clock-ahead') && !marks.includes('before-task');
    const on: Ground = { tx, actor, said, file, takenAt: believed ? new Date(said.at) : undefined };
    const { act } = said;
    if (act.kind === 'start') return start(on);
    if (act.kind === 'scan') return scan(on, act.code);
    if (act.kind === 'read') return read(on, act);
    if (act.kind === 'tick') return cases.tickIn(tx, actor, said.case, act.item, true, act.note);
    if (act.kind === 'photo') return show(on, act.photo, 'photo', act.note);
    if (act.kind === 'note') return cases.commentIn(tx, actor, said.case, act.text);
    if (act.kind === 'part')
      return cases.addCostIn(tx, actor, said.case, {
        ...{ kind: 'part', text: '', stock: act.part, quantity: act.quantity, unitPrice: 0 },
      });
    return finish(on, act);
  };
}

export type Doing = ReturnType<typeof createDoing>;
