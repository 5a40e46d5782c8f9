import type { Actor } from '@keystead/contracts/access';
import type { RecordsService } from '@keystead/data/records';
import type { Kernel } from '@keystead/kernel/module';
import { Type } from 'typebox';
import { Text } from './schemas.ts';

/** Largest photo. */
export const photoLimit = 20 * 1024 * 1024;

export const PhotoQuery = Type.Object({
  name: Text(255),
  mediaType: Type.String({ pattern: '^image/[\\w.+-]+$', maxLength: 120 }),
});

export interface Photo {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** Photos of a house that changes hands, kept before the step that names them. */
export const createPhotos = ({ db, records }: Pick<Kernel, 'db'> & { records: RecordsService }) => ({
  /** `subject` is kind and id, such as `exit:…`. Throws MediaTypeMismatch, RecordTooLarge. */
  putPhoto: (actor: Actor, subject: string, place: string, photo: Photo) => {
    const labels = { storeLevel: 3, retentionYears: 5, most: photoLimit } as const;
    return db.transaction(actor.scope, (tx) => records.put(tx, actor, { ...photo, ...labels, subject, place }));
  },
});
