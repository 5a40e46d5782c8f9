import { createHash } from 'node:crypto';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { problem } from '@keystead/contracts/problem';
import type { RecordsService } from '@keystead/data/records';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { requireOwn } from './own.ts';

/** The bytes are not those that were announced: the upload broke off, and is sent again. */
export class FieldPhotoBroken extends problem('field-photo-broken', 422) {}
/** An entry names a photo that has not come yet: it is sent first. */
export class FieldPhotoAwaited extends problem('field-photo-awaited', 409) {}

export const photoLimit = 8 * 1024 * 1024;
const retentionYears = 5;

export interface PhotoDraft {
  readonly case: string;
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

export interface PhotoParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly cases: Pick<CasesService, 'get'>;
  readonly records: Pick<RecordsService, 'put'>;
}

/** Photos of the field, each kept once however often it is sent. */
export function createPhotos({ db, clock, cases, records }: PhotoParts) {
  const find = (tx: Tx, caseId: string, sha256: string) =>
    tx.maybe(sql<{ record: string }>`select record from field.photo where case_id = ${caseId} and sha256 = ${sha256}`);

  return {
    /** Id of the file of a photo. Throws FieldPhotoAwaited. */
    recordOf: async (tx: Tx, caseId: string, sha256: string): Promise<string> => {
      const found = await find(tx, caseId, sha256);
      if (!found) throw new FieldPhotoAwaited({ sha256 });
      return found.record;
    },

    /** Keeps a photo. Throws FieldPhotoBroken, FieldTaskElsewhere, MediaTypeMismatch, RecordTooLarge. */
    put: async (actor: Actor, draft: PhotoDraft): Promise<{ id: string }> => {
      if (createHash('sha256').update(draft.content).digest('hex') !== draft.sha256)
        throw new FieldPhotoBroken({ sha256: draft.sha256, bytes: draft.content.length });
      const { row } = await cases.get(actor, draft.case);
      requireOwn(actor, row);
      return db.transaction(actor.scope, async (tx) => {
        // Two that send the same photo at once: the second waits and finds it there.
        await tx.run(
          sql`select pg_advisory_xact_lock(hashtextextended(${`field.photo ${draft.case} ${draft.sha256}`}, 0))`,
        );
        const known = await find(tx, draft.case, draft.sha256);
        if (known) return { id: known.record };
        const { id } = await records.put(tx, actor, {
          ...{ name: draft.name, mediaType: draft.mediaType, content: draft.content, most: photoLimit },
          ...{ storeLevel: 3, retentionYears, subject: `case:${draft.case}`, place: row.place },
        });
        await tx.run(sql`
          insert into field.photo (case_id, sha256, organisation, place, record, at)
          values (${draft.case}, ${draft.sha256}, ${row.organisation}, ${row.place}, ${id}, ${clock.now()})`);
        return { id };
      });
    },
  };
}

export type Photos = ReturnType<typeof createPhotos>;
