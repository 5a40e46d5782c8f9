import type { AlarmsService } from '@keystead/apps/work/alarms';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { brokenLines, digestOf } from './digest.ts';
import { pointText } from './making.ts';
import {
  type Definition,
  keeps,
  OccurrenceMissing,
  type Point,
  PointRead,
  PointUnfounded,
  RoundBackDated,
  RoundClosed,
} from './plan.ts';
import type { Files } from './ports.ts';
import { type OccurrenceRow, occurrenceColumns, type ReadingRow, readingColumns } from './row.ts';

export interface RoundParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  cases: Pick<CasesService, 'tickTextIn' | 'addEvidenceIn'>;
  alarms: Pick<AlarmsService, 'raise' | 'clear'>;
  files: Files | undefined;
}

/** What a person reads at a point. */
export interface ReadingDraft {
  readonly point: number;
  readonly value?: number;
  readonly passed?: boolean;
  readonly note?: string;
  /** Id of a photo. */
  readonly record?: string;
  /** When it was taken, on the clock of the phone; between the giving out and now. */
  readonly takenAt?: Date;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly device?: string;
}

/** Clocks of phones and ours differ by so much without meaning anything. */
const skew = 5 * 60_000;

/** A point that is out of its limits, whichever round found it. */
const pointRule = (plan: string, point: number): string => `platform:round-point:${plan}:${point}`;

const editionOf = (occurrence: Pick<OccurrenceRow, 'plan' | 'edition'>) => sql<{
  definition: Definition;
  name: string;
  code: string;
}>`
  select e.definition, e.name, e.code from plans.edition e
  where e.plan = ${occurrence.plan} and e.number = ${occurrence.edition}`;

/** The rounds themselves: what was read where and when, in a ledger that is only added to (H-9.2.3-b). */
export function createRounds({ db, clock, audit, cases, alarms, files }: RoundParts) {
  async function lock(tx: Tx, actor: Actor, id: string): Promise<OccurrenceRow> {
    return tx.one(
      sql<OccurrenceRow>`select ${occurrenceColumns} from plans.occurrence o
        where o.id = ${id} and o.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'o.place')} for update`,
      () => new OccurrenceMissing({ id }),
    );
  }

  async function judge(
    tx: Tx,
    of: OccurrenceRow,
    plan: { name: string; code: string },
    point: Point,
    line: ReadingRow,
  ) {
    const finding = {
      organisation: of.organisation,
      rule: pointRule(of.plan, line.point),
      subject: { kind: of.subjectKind, id: of.subject, code: plan.code, name: of.subjectLabel },
      eventTime: line.takenAt ?? line.at,
      readings: { value: line.value, low: point.low, high: point.high, round: of.id },
    };
    if (line.passed) return alarms.clear(tx, finding);
    const said = line.value === null ? '' : ` ${line.value}${point.unit ?? ''}`;
    return alarms.raise(tx, {
      ...finding,
      place: of.place,
      title: {
        zh: `巡检超限：${of.subjectLabel} ${point.text}${said}`,
        en: `Round out of limit: ${of.subjectLabel} ${point.text}${said}`,
      },
      severity: 3,
      transferLevel: 2,
    });
  }

  const linesOf = (id: string) =>
    sql<ReadingRow>`select ${readingColumns} from plans.reading r where r.occurrence = ${id} order by r.at, r.point`;

  /**
   * Writes one point of a round: value, photo, place and time, chained to the line before it. Throws OccurrenceMissing,
   * RoundClosed, PointRead, PointUnfounded (what the point asks for is not there), RoundBackDated, the problem of records.
   */
  async function read(actor: Actor, id: string, draft: ReadingDraft): Promise<ReadingRow> {
    const sha256 = draft.record ? await files?.hashOf(actor, draft.record) : undefined;
    return db.transaction(actor.scope, (tx) => readIn(tx, actor, id, draft, sha256));
  }

  /** The same in the caller's transaction; `sha256` is the hash of the photo as the store of files knows it. */
  async function readIn(
    tx: Tx,
    actor: Actor,
    id: string,
    draft: ReadingDraft,
    sha256: string | undefined,
  ): Promise<ReadingRow> {
    const of = await lock(tx, actor, id);
    if (of.state !== 'open') throw new RoundClosed({ id, state: of.state });
    const plan = await tx.one(editionOf(of), () => new OccurrenceMissing({ id }));
    const point = plan.definition.points[draft.point - 1];
    if (!point) throw new PointUnfounded({ point: draft.point }, [{ pointer: '/point', code: 'unknown' }]);
    const at = clock.now();
    const { takenAt } = draft;
    if (takenAt && (takenAt.getTime() < of.madeAt.getTime() - skew || takenAt.getTime() > at.getTime() + skew))
      throw new RoundBackDated({ id, takenAt: takenAt.toISOString() });
    const measured = point.low !== undefined || point.high !== undefined;
    if (measured && draft.value === undefined)
      throw new PointUnfounded({ point: draft.point }, [{ pointer: '/value', code: 'required' }]);
    if (point.photo && !draft.record)
      throw new PointUnfounded({ point: draft.point }, [{ pointer: '/record', code: 'required' }]);
    const lines = await tx.all(linesOf(id));
    if (lines.some((line) => line.point === draft.point)) throw new PointRead({ id, point: draft.point });
    const bare = {
      point: draft.point,
      // Lines have an order of their own, also those of one instant.
      at: new Date(Math.max(at.getTime(), (lines.at(-1)?.at.getTime() ?? 0) + 1)),
      actor: actor.id,
      actorName: actor.name,
      value: draft.value ?? null,
      passed: keeps(point, draft.value, draft.passed),
      note: draft.note ?? null,
      record: draft.record ?? null,
      sha256: sha256 ?? null,
      takenAt: takenAt ?? null,
      longitude: draft.longitude ?? null,
      latitude: draft.latitude ?? null,
      device: draft.device ?? null,
      former: lines.at(-1)?.digest ?? '',
    };
    const line: ReadingRow = { ...bare, digest: digestOf(id, bare) };
    await tx.run(sql`
        insert into plans.reading (occurrence, organisation, place, point, at, actor, actor_name, value, passed, note, record,
          sha256, taken_at, longitude, latitude, device, former, digest)
        values (${id}, ${of.organisation}, ${of.place}, ${line.point}, ${line.at}, ${line.actor}, ${line.actorName}, ${line.value},
          ${line.passed}, ${line.note}, ${line.record}, ${line.sha256}, ${line.takenAt}, ${line.longitude}, ${line.latitude},
          ${line.device}, ${line.former}, ${line.digest})`);
    await judge(tx, of, plan, point, line);
    if (of.caseId) await fileWithCase(tx, actor, of.caseId, point, line);
    await audit.add(tx, actor, {
      action: 'round.read',
      subject: `round:${id}`,
      place: of.place,
      detail: { point: line.point, value: line.value, passed: line.passed, digest: line.digest },
    });
    return line;
  }

  async function fileWithCase(tx: Tx, actor: Actor, caseId: string, point: Point, line: ReadingRow): Promise<void> {
    const said = line.value === null ? line.note : `${line.value}${point.unit ?? ''}`;
    await cases.tickTextIn(tx, actor, caseId, pointText(line.point - 1, point.text), said ?? undefined);
    if (!line.record) return;
    await cases.addEvidenceIn(tx, actor, caseId, {
      record: line.record,
      kind: 'photo',
      note: pointText(line.point - 1, point.text),
      ...(line.sha256 ? { sha256: line.sha256 } : {}),
      ...(line.takenAt ? { takenAt: line.takenAt } : {}),
      ...(line.longitude === null ? {} : { longitude: line.longitude }),
      ...(line.latitude === null ? {} : { latitude: line.latitude }),
      ...(line.device ? { device: line.device } : {}),
    });
  }

  return {
    read,
    readIn,

    /** A round with its points, what was read, and the numbers of lines that are no longer as they were written. */
    round: async (actor: Actor, id: string) => {
      const [occurrence] = await db.read(
        actor.scope,
        sql<OccurrenceRow>`select ${occurrenceColumns} from plans.occurrence o where o.id = ${id} and ${inSubtrees(actor.scope, 'o.place')}`,
      );
      if (!occurrence) throw new OccurrenceMissing({ id });
      const [[plan], readings] = await Promise.all([
        db.read(actor.scope, editionOf(occurrence)),
        db.read(actor.scope, linesOf(id)),
      ]);
      if (!plan) throw new OccurrenceMissing({ id });
      return {
        occurrence,
        name: plan.name,
        code: plan.code,
        definition: plan.definition,
        readings,
        broken: brokenLines(id, readings),
      };
    },
  };
}
