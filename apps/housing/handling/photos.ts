import type { Actor } from '@keystead/contracts/access';
import { InputInvalid, type ProblemClass } from '@keystead/contracts/problem';
import { MediaTypeMismatch, type RecordsService, RecordTooLarge } from '@keystead/data/records';
import { bytesOf, type MountedRoute, route } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { Type } from 'typebox';
import { IdText, Text } from './schemas.ts';

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

interface Word {
  readonly id: string;
  readonly summary: string;
  readonly permission: string;
  readonly problems: readonly ProblemClass[];
}

/** `POST /:id/photos` for staff: the bytes of a photo, kept with one handling. */
export const photoRoute = (
  { problems, ...word }: Word,
  put: (actor: Actor, id: string, photo: Photo) => Promise<{ id: string }>,
): MountedRoute =>
  route({
    ...word,
    at: 'POST /:id/photos',
    params: Type.Object({ id: IdText }),
    query: PhotoQuery,
    body: 'bytes',
    bodyLimit: photoLimit,
    reply: Type.Object({ id: IdText }),
    status: 201,
    problems: [...problems, MediaTypeMismatch, RecordTooLarge, InputInvalid],
    run: async ({ actor, params, query, body }) => ({
      id: (await put(actor, params.id, { ...query, content: bytesOf(body) })).id,
    }),
  });
