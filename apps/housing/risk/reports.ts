import { createHash } from 'node:crypto';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import type { RecordsService } from '@keystead/data/records';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';

export const reportKinds = ['sublet', 'lend', 'swap', 'idle', 'arrears', 'misuse', 'fraud'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** No violation case of that id in view. */
export class ReportMissing extends problem('violation-report-missing', 404) {}

export interface EvidenceFile {
  readonly name: string;
  readonly mediaType: string;
  /** SHA-256 as the phone measured it when it took the picture; hexadecimal. */
  readonly sha256: string;
  readonly takenAt: Date;
  readonly longitude: number;
  readonly latitude: number;
  readonly content: Buffer;
}

export interface EvidenceLine {
  readonly id: string;
  readonly record: string;
  readonly mediaType: string;
  readonly claimed: string;
  readonly arrived: string;
  /** What arrived is not what was measured when it was taken. */
  readonly altered: boolean;
  readonly takenAt: Date;
  readonly longitude: number;
  readonly latitude: number;
  readonly handedInAt: Date;
  readonly handedInBy: string;
}

interface Parts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly cases: Pick<CasesService, 'openIn' | 'addEvidenceIn'>;
  readonly records: Pick<RecordsService, 'put'>;
}

export const evidenceLimit = 64 * 1024 * 1024;
const retentionYears = 5;
/** The clock of a phone may be a little ahead. */
const aheadMs = 300_000;

const titles: Readonly<Record<ReportKind, string>> = {
  sublet: '转租线索',
  lend: '转借线索',
  swap: '擅自调换线索',
  idle: '空置线索',
  arrears: '欠租线索',
  misuse: '改变用途线索',
  fraud: '骗租线索',
};

/** Evidence on line (H-9.2.3-c): a report opens a violation case; pictures come with hash, time and place. */
export function createReports({ db, clock, audit, cases, records }: Parts) {
  const caseOf = (actor: Actor, id: string) => sql<{ id: string; place: string }>`
    select e.id, e.place from cases_pub.case e where e.id = ${id} and e.kind = 'violation'
      and e.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'e.place')}`;

  return {
    /** Opens the case; throws PlaceMissing, NotAllowed. */
    report: (actor: Actor, draft: { kind: ReportKind; placeId: string; note: string }) =>
      db.transaction(actor.scope, async (tx) => {
        const home = await tx.maybe(sql<{ name: string }>`
          select name from places_pub.place where id = ${draft.placeId} and organisation = ${actor.scope.organisation}`);
        const row = await cases.openIn(tx, actor, {
          kind: 'violation',
          title: [titles[draft.kind], ...(home ? [home.name] : [])].join('：'),
          description: draft.note,
          category: draft.kind,
          placeId: draft.placeId,
          subjects: [{ kind: 'place', id: draft.placeId, label: home?.name ?? titles[draft.kind] }],
          source: 'person',
        });
        return { id: row.id, code: row.code };
      }),

    /** Keeps a file with what the phone says of it. One that was altered on its way is kept too, and marked. */
    addEvidence: async (actor: Actor, id: string, file: EvidenceFile): Promise<EvidenceLine> => {
      const now = clock.now();
      if (file.takenAt.getTime() > now.getTime() + aheadMs)
        throw new InputInvalid({ in: 'querystring' }, [{ pointer: '/takenAt', code: 'future' }]);
      return db.transaction(actor.scope, async (tx) => {
        const found = await tx.one(caseOf(actor, id), () => new ReportMissing({ id }));
        const { content, sha256, name, mediaType, takenAt, longitude, latitude } = file;
        const arrived = createHash('sha256').update(content).digest('hex');
        const labels = { storeLevel: 3, retentionYears, subject: `case:${id}`, place: found.place } as const;
        const record = await records.put(tx, actor, { name, mediaType, content, most: evidenceLimit, ...labels });
        const line: EvidenceLine = {
          ...{ id: newId(now.getTime()), record: record.id, mediaType, claimed: sha256.toLowerCase(), arrived },
          ...{ altered: sha256.toLowerCase() !== arrived, takenAt, longitude, latitude },
          ...{ handedInAt: now, handedInBy: actor.name },
        };
        await tx.run(sql`insert into risk.evidence (id, organisation, place, case_id, record, media_type, claimed, arrived, altered, taken_at,
            longitude, latitude, handed_in_at, handed_in_by)
          values (${line.id}, ${actor.scope.organisation}, ${found.place}, ${id}, ${line.record}, ${mediaType}, ${line.claimed}, ${arrived},
            ${line.altered}, ${takenAt}, ${longitude}, ${latitude}, ${now}, ${actor.name})`);
        await cases.addEvidenceIn(tx, actor, id, {
          ...{ record: line.record, kind: mediaType.startsWith('video/') ? 'video' : 'photo', sha256: arrived },
          ...{ takenAt, longitude, latitude, ...(line.altered ? { note: '与拍摄时的哈希不一致' } : {}) },
        });
        const detail = { record: line.record, altered: line.altered };
        await audit.add(tx, actor, { action: 'violation.evidence', subject: `case:${id}`, place: found.place, detail });
        return line;
      });
    },

    evidence: (actor: Actor, id: string): Promise<EvidenceLine[]> =>
      db.transaction(actor.scope, async (tx) => {
        await tx.one(caseOf(actor, id), () => new ReportMissing({ id }));
        return tx.all(sql<EvidenceLine>`select id, record, media_type as "mediaType", claimed, arrived, altered, taken_at as "takenAt",
          longitude, latitude, handed_in_at as "handedInAt", handed_in_by as "handedInBy"
          from risk.evidence where case_id = ${id} order by handed_in_at, id limit 500`);
      }),
  };
}

export type Reports = ReturnType<typeof createReports>;
