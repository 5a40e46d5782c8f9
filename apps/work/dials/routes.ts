import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { MediaTypeMismatch, RecordTooLarge, RecordUnlabelled } from '@keystead/data/records';
import { ThingMissing } from '@keystead/data/things';
import { bytesOf, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import {
  DialAgrees,
  DialCheckMissing,
  DialCheckReviewed,
  DialOwnPhoto,
  DialPhotoUnfit,
  DialTimeWrong,
  DialUnreadable,
  DialWithoutRegister,
} from './check.ts';
import { CheckView, checkView, DialText, IdText, Moment, StateText, VerdictText } from './schemas.ts';
import { type DialsService, largestPhoto } from './service.ts';

const Ref = Type.Object({ id: IdText });

export const dialRoutes = (dials: DialsService): MountedRoute[] => [
  route({
    id: 'dials.list',
    at: 'GET /',
    summary: 'Photographed dials beside the registers of their meters, newest first',
    permission: 'telemetry:read',
    query: Type.Object({
      thing: Type.Optional(IdText),
      state: Type.Optional(StateText),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(IdText),
    }),
    reply: Type.Object({ items: Type.Array(CheckView), next: Type.Union([Type.String(), Type.Null()]) }),
    run: async ({ actor, query }) => {
      const { items, next } = await dials.list(actor, query);
      return { items: items.map((item) => checkView(item, actor.id)), next };
    },
  }),
  route({
    id: 'dials.get',
    at: 'GET /:id',
    summary: 'One photographed dial',
    permission: 'telemetry:read',
    params: Ref,
    reply: CheckView,
    problems: [DialCheckMissing],
    run: async ({ actor, params }) => checkView(await dials.get(actor, params.id), actor.id),
  }),
  route({
    id: 'dials.keep',
    at: 'POST /',
    summary: 'Keep the photo of a dial: its bytes as application/octet-stream, meter and digits in the query',
    permission: 'dial:write',
    query: Type.Object({
      thing: IdText,
      property: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      dial: DialText,
      takenAt: Moment,
      name: Type.String({ minLength: 1, maxLength: 255 }),
      mediaType: Type.String({ pattern: '^image/[\\w.+-]+$', maxLength: 120 }),
    }),
    body: 'bytes',
    bodyLimit: largestPhoto,
    reply: CheckView,
    status: 201,
    problems: [
      ...[ThingMissing, InputInvalid, NotAllowed, MediaTypeMismatch, RecordTooLarge, RecordUnlabelled],
      ...[DialWithoutRegister, DialTimeWrong, DialUnreadable, DialPhotoUnfit],
    ],
    run: async ({ actor, query: { takenAt, ...draft }, body }) => {
      const content = bytesOf(body);
      return checkView(await dials.keep(actor, { ...draft, takenAt: new Date(takenAt), content }), actor.id);
    },
  }),
  route({
    id: 'dials.review',
    at: 'POST /:id/review',
    summary:
      'Say what is right: the register, the dial (the register is put right by it), or that the photo is unreadable',
    permission: 'dial:review',
    params: Ref,
    body: Type.Object({
      verdict: VerdictText,
      dial: Type.Optional(DialText),
      note: Type.String({ maxLength: 500, default: '' }),
    }),
    reply: CheckView,
    problems: [
      ...[DialCheckMissing, DialCheckReviewed, DialUnreadable, DialOwnPhoto, DialAgrees],
      ...[ThingMissing, NotAllowed],
    ],
    run: async ({ actor, params, body }) => checkView(await dials.review(actor, params.id, body), actor.id),
  }),
];
