import { AgreementMissing } from '@keystead/apps/work/agreements';
import {
  CaseEnded,
  CaseFull,
  CaseMissing,
  CaseStepRefused,
  RatingRefused,
  StepIncomplete,
} from '@keystead/apps/work/cases';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { OwnPartyMissing } from '@keystead/data/parties';
import { MediaTypeMismatch, RecordMissing, RecordTooLarge } from '@keystead/data/records';
import { bytesOf, Download, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { type OwnCases, photoLimit } from './own-cases.ts';
import { RenewalNotOpen } from './renewals.ts';
import type { ResidentsService } from './residents.ts';
import * as shape from './schemas.ts';
import { HomeMissing } from './standing.ts';

const permission = 'own-data:use';
const mine = [OwnPartyMissing, CaseMissing];

const telling = ({ repairs }: ResidentsService): MountedRoute[] => [
  route({
    id: 'ownRepairs.list',
    at: 'GET /',
    summary: 'Repairs I asked for, newest first',
    permission,
    query: Type.Object({ open: Type.Optional(Type.Boolean()) }),
    reply: Type.Array(shape.OwnCaseLine),
    problems: [OwnPartyMissing],
    run: async ({ actor, query }) => (await repairs.list(actor, query.open)).map(shape.caseLine),
  }),
  route({
    id: 'ownRepairs.tell',
    at: 'POST /',
    summary: 'Ask for a repair in my house; it is given to a worker at once',
    permission,
    body: shape.RepairBody,
    reply: shape.Ref,
    status: 201,
    problems: [OwnPartyMissing, HomeMissing, RecordMissing, CaseFull],
    run: async ({ actor, body }) => ({ id: await repairs.tell(actor, body) }),
  }),
  route({
    id: 'ownRepairs.putPhoto',
    at: 'POST /photos',
    summary: 'Put in a photo for a repair: its bytes as application/octet-stream',
    permission,
    query: shape.PhotoQuery,
    body: 'bytes',
    bodyLimit: photoLimit,
    reply: shape.Ref,
    status: 201,
    problems: [OwnPartyMissing, HomeMissing, MediaTypeMismatch, RecordTooLarge, InputInvalid],
    run: async ({ actor, query, body }) => {
      const { id } = await repairs.putPhoto(actor, { ...query, content: bytesOf(body) });
      return { id };
    },
  }),
];

interface Named {
  /** Head of the ids: `ownRepairs`. */
  readonly name: 'ownRepairs' | 'ownComplaints';
  /** As summaries call one: `repair`. */
  readonly noun: string;
  readonly own: OwnCases;
}

/** What a resident does with one thing he told of, from looking at it to judging it. */
const following = ({ name, noun, own }: Named): MountedRoute[] => [
  route({
    id: `${name}.get`,
    at: 'GET /:id',
    summary: `One of my ${noun}s: how far it is, who is at it, until when`,
    permission,
    params: shape.Ref,
    reply: shape.OwnCaseFile,
    problems: mine,
    run: async ({ actor, params }) => shape.caseFile(await own.get(actor, params.id)),
  }),
  route({
    id: `${name}.photo`,
    at: 'GET /:id/photos/:record',
    summary: `A photo of one of my ${noun}s`,
    permission,
    params: Type.Object({ id: shape.IdText, record: shape.IdText }),
    problems: [...mine, RecordMissing],
    run: async ({ actor, params }) => {
      const { record, content } = await own.openPhoto(actor, params.id, params.record);
      return new Download(content, record.mediaType, record.name);
    },
  }),
  route({
    id: `${name}.comment`,
    at: 'POST /:id/comments',
    summary: `Say something about one of my ${noun}s`,
    permission,
    params: shape.Ref,
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 1000 }) }),
    problems: [...mine, CaseFull, NotAllowed],
    run: ({ actor, params, body }) => own.comment(actor, params.id, body.text),
  }),
  route({
    id: `${name}.confirm`,
    at: 'POST /:id/confirmation',
    summary: `The ${noun} is settled well`,
    permission,
    params: shape.Ref,
    problems: [...mine, CaseStepRefused, NotAllowed, StepIncomplete],
    run: ({ actor, params }) => own.confirm(actor, params.id),
  }),
  route({
    id: `${name}.reject`,
    at: 'POST /:id/rejection',
    summary: `The ${noun} is not settled yet`,
    permission,
    params: shape.Ref,
    body: shape.ReasonBody,
    problems: [...mine, CaseStepRefused, NotAllowed, StepIncomplete],
    run: ({ actor, params, body }) => own.reject(actor, params.id, body.reason),
  }),
  route({
    id: `${name}.rate`,
    at: 'POST /:id/rating',
    summary: `Rate a ${noun} that is done, 1 to 5`,
    permission,
    params: shape.Ref,
    body: shape.RatingBody,
    problems: [...mine, RatingRefused, CaseEnded],
    run: ({ actor, params, body }) => own.rate(actor, params.id, body.score, body.note),
  }),
];

export const repairRoutes = (service: ResidentsService): MountedRoute[] => [
  ...telling(service),
  ...following({ name: 'ownRepairs', noun: 'repair', own: service.repairs }),
];

/** 投诉: told by the resident, answered by staff, and settled only when he says so. */
export const complaintRoutes = ({ complaints }: ResidentsService): MountedRoute[] => [
  route({
    id: 'ownComplaints.list',
    at: 'GET /',
    summary: 'What I complained of, newest first',
    permission,
    reply: Type.Array(shape.OwnCaseLine),
    problems: [OwnPartyMissing],
    run: async ({ actor }) => (await complaints.list(actor)).map(shape.caseLine),
  }),
  route({
    id: 'ownComplaints.tell',
    at: 'POST /',
    summary: 'Complain about something',
    permission,
    body: shape.ComplaintBody,
    reply: shape.Ref,
    status: 201,
    problems: [OwnPartyMissing, HomeMissing],
    run: async ({ actor, body }) => ({ id: await complaints.tell(actor, { ...body, channel: 'app', photos: [] }) }),
  }),
  ...following({ name: 'ownComplaints', noun: 'complaint', own: complaints }),
];

export const requestRoutes = ({ requests, renewals }: ResidentsService): MountedRoute[] => [
  route({
    id: 'ownRequests.list',
    at: 'GET /',
    summary: 'What I asked for: renewal, exit, swap',
    permission,
    reply: Type.Array(shape.OwnCaseLine),
    problems: [OwnPartyMissing],
    run: async ({ actor }) => (await requests.list(actor)).map(shape.caseLine),
  }),
  route({
    id: 'ownRequests.tell',
    at: 'POST /',
    summary: 'Ask for renewal, exit or another house',
    permission,
    body: shape.RequestBody,
    reply: shape.Ref,
    status: 201,
    problems: [OwnPartyMissing, HomeMissing, RenewalNotOpen],
    run: async ({ actor, body }) => ({
      id:
        body.category === 'renewal'
          ? await renewals.ask(actor, body)
          : await requests.tell(actor, { ...body, channel: 'app', photos: [] }),
    }),
  }),
  route({
    id: 'ownRequests.renewal',
    at: 'GET /renewal',
    summary: 'Whether I may ask for renewal, until when, and how far it is',
    permission,
    reply: shape.RenewalView,
    problems: [OwnPartyMissing, HomeMissing],
    run: ({ actor }) => renewals.stateOf(actor),
  }),
  route({
    id: 'ownRequests.get',
    at: 'GET /:id',
    summary: 'One of my requests',
    permission,
    params: shape.Ref,
    reply: shape.OwnCaseFile,
    problems: mine,
    run: async ({ actor, params }) => shape.caseFile(await requests.get(actor, params.id)),
  }),
];

export const callRoutes = ({ calls }: ResidentsService): MountedRoute[] => [
  route({
    id: 'repairCalls.take',
    at: 'POST /',
    summary: 'Write down a repair a tenant told of by telephone or at the counter',
    permission: 'case:write',
    body: shape.CallBody,
    reply: shape.Ref,
    status: 201,
    problems: [AgreementMissing, NotAllowed],
    run: async ({ actor, body }) => ({ id: await calls.take(actor, body) }),
  }),
];
