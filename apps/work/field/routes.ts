import { CaseMissing } from '@keystead/apps/work/cases';
import { InputInvalid } from '@keystead/contracts/problem';
import { MediaTypeMismatch, RecordTooLarge } from '@keystead/data/records';
import { bytesOf, type MountedRoute, route } from '@keystead/kernel/http';
import type { Catalogue } from '@keystead/kernel/i18n';
import { FieldDeviceMissing, FieldDevicesFull, FieldDeviceTaken } from './devices.ts';
import { FieldChainBroken, FieldSignatureWrong } from './entry.ts';
import { FieldTaskElsewhere } from './own.ts';
import { FieldPhotoAwaited, FieldPhotoBroken, photoLimit } from './photos.ts';
import * as shape from './schemas.ts';
import type { FieldService } from './setup.ts';

const permission = 'case:handle';

/** The phone of whoever works out there: everything here is about what is his own. */
const ownRoutes = (field: FieldService, say: (language: 'zh-CN' | 'en') => shape.Say): MountedRoute[] => [
  route({
    id: 'field.tasks',
    at: 'GET /tasks',
    summary: 'What I have to do out there today, in the order of the way, with all it takes to do it offline',
    permission,
    reply: shape.TasksView,
    run: async ({ actor }) => {
      const { at, tasks, codes } = await field.tasks(actor);
      const parts = (await field.parts(actor)).map(({ id, code, name, unit, stock }) => ({
        id,
        code,
        name,
        unit,
        stock,
      }));
      return { at: at.toISOString(), tasks: tasks.map((each) => shape.taskView(each, codes)), parts };
    },
  }),
  route({
    id: 'field.registerDevice',
    at: 'PUT /devices/:id',
    summary: 'Register my phone with the key its entries are signed with; again changes nothing',
    permission,
    params: shape.DeviceRef,
    body: shape.DeviceBody,
    reply: shape.DeviceView,
    problems: [FieldDeviceTaken, FieldDevicesFull, InputInvalid],
    run: async ({ actor, params, body }) =>
      shape.deviceView(await field.devices.register(actor, { ...params, ...body })),
  }),
  route({
    id: 'field.putPhoto',
    at: 'PUT /photos/:sha256',
    summary: 'Send a photo of one of my tasks, known by the hash of its bytes; again changes nothing',
    permission,
    params: shape.PhotoRef,
    query: shape.PhotoQuery,
    body: 'bytes',
    bodyLimit: photoLimit,
    reply: shape.DeviceRef,
    problems: [CaseMissing, FieldPhotoBroken, FieldTaskElsewhere, MediaTypeMismatch, RecordTooLarge, InputInvalid],
    run: async ({ actor, params, query, body }) => {
      return field.photos.put(actor, { ...query, ...params, content: bytesOf(body) });
    },
  }),
  route({
    id: 'field.takeEntries',
    at: 'POST /devices/:id/entries',
    summary: 'Send what was said on my phone, in order; what was taken before is answered as it was then',
    permission,
    params: shape.DeviceRef,
    body: shape.EntriesBody,
    reply: shape.TakenView,
    problems: [FieldDeviceMissing, FieldChainBroken, FieldSignatureWrong, FieldPhotoAwaited, InputInvalid],
    run: async ({ actor, params, body, facts }) => ({
      items: (await field.ledger.take(actor, params.id, body.entries)).map((row) =>
        shape.takenView(row, say(facts.language)),
      ),
    }),
  }),
];

const deskRoutes = (field: FieldService, say: (language: 'zh-CN' | 'en') => shape.Say): MountedRoute[] => [
  route({
    id: 'field.ofCase',
    at: 'GET /cases/:id/entries',
    summary: 'What was said of a case out in the field, when and where, and whether the chains of the phones hold',
    permission: 'case:read',
    params: shape.DeviceRef,
    reply: shape.CaseEntriesView,
    problems: [CaseMissing],
    run: async ({ actor, params, facts }) => {
      const { rows, chains } = await field.ledger.ofCase(actor, params.id);
      return { items: rows.map((row) => shape.caseEntryView(row, say(facts.language))), chains };
    },
  }),
];

export function fieldRoutes(field: FieldService, catalogue: Catalogue): MountedRoute[] {
  const say =
    (language: 'zh-CN' | 'en'): shape.Say =>
    ({ type, data }) =>
      catalogue.in(language)(`problem.${type}`, data);
  return [...ownRoutes(field, say), ...deskRoutes(field, say)];
}
