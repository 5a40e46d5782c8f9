import { type Actor, inScope } from '@keystead/contracts/access';
import type { StoreLevel, TransferLevel } from '@keystead/contracts/labels';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing, type PlacesService } from '@keystead/data/places';
import type { Db } from '@keystead/kernel/db';
import { bytesOf, Download, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  MediaTypeMismatch,
  RecordGone,
  RecordHeld,
  RecordMissing,
  RecordTooLarge,
  RecordUnlabelled,
} from './record.ts';
import { RecordView, recordView } from './schemas.ts';
import type { RecordsService } from './service.ts';

const Ref = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Subject = Type.String({ minLength: 3, maxLength: 140 });
/** Largest file over HTTP; modules may put larger ones in themselves. */
const uploadLimit = 50 * 1024 * 1024;

export interface RecordRouteParts {
  db: Db;
  records: RecordsService;
  places: Pick<PlacesService, 'pathOf'>;
}

const putting = ({ db, records, places }: RecordRouteParts): MountedRoute[] => [
  route({
    id: 'records.put',
    at: 'POST /',
    summary: 'Put a file in: its bytes as application/octet-stream, its labels in the query',
    permission: 'record:write',
    query: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 255 }),
      mediaType: Type.String({ pattern: '^[\\w.+-]+/[\\w.+-]+$', maxLength: 120 }),
      subject: Subject,
      storeLevel: Type.Optional(Type.Integer()),
      transferLevel: Type.Optional(Type.Integer()),
      retentionYears: Type.Integer({ minimum: 1, maximum: 100, default: 5 }),
      place: Type.Optional(Type.String({ format: 'uuid', description: 'id of the place it belongs to' })),
    }),
    body: 'bytes',
    bodyLimit: uploadLimit,
    reply: RecordView,
    status: 201,
    problems: [RecordUnlabelled, MediaTypeMismatch, RecordTooLarge, PlaceMissing, NotAllowed, InputInvalid],
    run: async ({ actor, query, body }) => {
      const content = bytesOf(body);
      return db.transaction(actor.scope, async (tx) => {
        const place = query.place ? await places.pathOf(tx, actor.scope.organisation, query.place) : topOf(actor);
        const { name, mediaType, subject, retentionYears } = query;
        // The service refuses what is no level, also when there is none.
        const storeLevel = query.storeLevel as StoreLevel;
        const transferLevel = query.transferLevel as TransferLevel | undefined;
        const labels = { name, mediaType, subject, retentionYears, storeLevel, transferLevel, place };
        const record = await records.put(tx, actor, { ...labels, content, most: uploadLimit });
        return recordView(record);
      });
    },
  }),
];

/** Where a file without a place belongs: the organisation, or the one subtree the actor answers for. */
function topOf({ scope }: Actor): string {
  const [first = ''] = scope.subtrees;
  return inScope(scope, '') ? '' : first;
}

const keeping = ({ records }: RecordRouteParts): MountedRoute[] => [
  route({
    id: 'records.list',
    at: 'GET /',
    summary: 'Files of a subject, newest first',
    permission: 'record:read',
    query: Type.Object({
      subject: Subject,
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ format: 'uuid' })),
    }),
    reply: Type.Object({ items: Type.Array(RecordView), next: Type.Union([Type.String(), Type.Null()]) }),
    run: async ({ actor, query }) => {
      const { items, next } = await records.list(actor, query);
      return { items: items.map(recordView), next };
    },
  }),
  route({
    id: 'records.get',
    at: 'GET /:id',
    summary: 'What is known of a file',
    permission: 'record:read',
    params: Ref,
    reply: RecordView,
    problems: [RecordMissing, RecordGone],
    run: async ({ actor, params }) => recordView(await records.get(actor, params.id)),
  }),
  route({
    id: 'records.open',
    at: 'GET /:id/content',
    summary: 'The file itself; of level 3 each look is journaled with its purpose',
    permission: 'record:read',
    params: Ref,
    query: Type.Object({ purpose: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }),
    problems: [RecordMissing, RecordGone],
    run: async ({ actor, params, query }) => {
      const { record, content } = await records.open(actor, params.id, query.purpose);
      return new Download(content, record.mediaType, record.name);
    },
  }),
  route({
    id: 'records.remove',
    at: 'DELETE /:id',
    summary: 'Make a file unreadable for good',
    permission: 'record:write',
    params: Ref,
    problems: [RecordMissing, RecordGone, RecordHeld],
    run: ({ actor, params }) => records.remove(actor, params.id),
  }),
  route({
    id: 'records.hold',
    at: 'PUT /:id/legal-hold',
    summary: 'Put a file under legal hold, or take it off',
    permission: 'record:hold',
    params: Ref,
    body: Type.Object({ held: Type.Boolean(), reason: Type.String({ minLength: 1, maxLength: 500 }) }),
    reply: RecordView,
    problems: [RecordMissing, RecordGone],
    run: async ({ actor, params, body }) => recordView(await records.hold(actor, params.id, body.held, body.reason)),
  }),
];

export const recordRoutes = (parts: RecordRouteParts): MountedRoute[] => [...putting(parts), ...keeping(parts)];
