import { OrderMissing } from '@keystead/apps/housing/billing';
import { AgreementMissing, AgreementStepRefused, SignedTextChanged } from '@keystead/apps/work/agreements';
import { OwnPartyMissing } from '@keystead/data/parties';
import { type MountedRoute, route, wire } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { payProblems } from './own-bills.ts';
import { SigningCodeWrong } from './own-leases.ts';
import type { ResidentsService } from './residents.ts';
import * as shape from './schemas.ts';
import type { OwnLease } from './standing.ts';

const permission = 'own-data:use';
const leaseRow = ({ place: _place, party: _party, ...rest }: OwnLease) => rest;

export const homeRoutes = ({ home, notices }: ResidentsService): MountedRoute[] => [
  route({
    id: 'ownHome.get',
    at: 'GET /',
    summary: 'My house, what I owe, what I am to sign, what is being mended',
    permission,
    reply: shape.OwnHomeView,
    problems: [OwnPartyMissing],
    run: async ({ actor }) => {
      const found = await home(actor);
      return {
        ...found,
        home: found.home && leaseRow(found.home),
        toSign: found.toSign.map(leaseRow),
        repairs: found.repairs.map(shape.caseLine),
      };
    },
  }),
  route({
    id: 'ownHome.notices',
    at: 'GET /notices',
    summary: 'What I was told, newest first',
    permission,
    reply: Type.Array(shape.NoticeView),
    run: async ({ actor }) =>
      (await notices.messages(actor, { limit: 100 })).items.map(({ id, title, body, createdAt, readAt }) =>
        wire({ id, title, body, createdAt, readAt }),
      ),
  }),
  route({
    id: 'ownHome.readNotices',
    at: 'POST /notices/read',
    summary: 'I have seen all that I was told',
    permission,
    run: async ({ actor }) => void (await notices.markAllRead(actor)),
  }),
];

export const leaseRoutes = ({ leases }: ResidentsService): MountedRoute[] => [
  route({
    id: 'ownLeases.list',
    at: 'GET /',
    summary: 'Leases in which I am the tenant',
    permission,
    reply: Type.Array(shape.OwnLeaseView),
    problems: [OwnPartyMissing],
    run: async ({ actor }) => (await leases.list(actor)).map(leaseRow),
  }),
  route({
    id: 'ownLeases.get',
    at: 'GET /:id',
    summary: 'One of my leases with its wording, fees and signatures',
    permission,
    params: shape.Ref,
    reply: shape.OwnLeaseFileView,
    problems: [OwnPartyMissing, AgreementMissing],
    run: async ({ actor, params }) => {
      const { fees, signatures, ...rest } = await leases.get(actor, params.id);
      const dated = signatures.map((each) => ({ ...each, at: each.at.toISOString() }));
      const { place: _place, party: _party, ...file } = rest;
      return { ...file, fees: fees.map((fee) => ({ ...fee })), signatures: dated };
    },
  }),
  route({
    id: 'ownLeases.sendCode',
    at: 'POST /:id/codes',
    summary: 'Have the code sent that a signature needs',
    permission,
    params: shape.Ref,
    reply: shape.CodeSent,
    rate: 20,
    problems: [OwnPartyMissing, AgreementMissing],
    run: async ({ actor, params }) => ({ seconds: await leases.sendCode(actor, params.id) }),
  }),
  route({
    id: 'ownLeases.sign',
    at: 'POST /:id/signatures',
    summary: 'Sign my lease under the wording I saw, with the code I was sent',
    permission,
    params: shape.Ref,
    body: shape.SignBody,
    rate: 60,
    problems: [OwnPartyMissing, AgreementMissing, SigningCodeWrong, AgreementStepRefused, SignedTextChanged],
    run: ({ actor, params, body }) => leases.sign(actor, params.id, body),
  }),
];

export const billRoutes = ({ bills }: ResidentsService): MountedRoute[] => [
  route({
    id: 'ownBills.list',
    at: 'GET /',
    summary: 'Bills of my leases, the latest first',
    permission,
    query: shape.BillQuery,
    reply: Type.Array(shape.OwnBillView),
    problems: [OwnPartyMissing],
    run: async ({ actor, query }) => (await bills.list(actor, query.state)).map(billRow),
  }),
  route({
    id: 'ownBills.channels',
    at: 'GET /channels',
    summary: 'Ways to pay',
    permission,
    reply: Type.Array(shape.WayToPay),
    run: ({ actor }) => bills.channels(actor),
  }),
  route({
    id: 'ownBills.get',
    at: 'GET /:id',
    summary: 'One of my bills, line by line',
    permission,
    params: shape.Ref,
    reply: shape.OwnBillFile,
    problems: [OwnPartyMissing, ...payProblems],
    run: async ({ actor, params }) => {
      const { lines, ...found } = await bills.get(actor, params.id);
      return {
        ...billRow(found),
        lines: lines.map(({ id, subject, amount, settled, waived, reversed }) => ({
          ...{ id, subject, amount, settled, waived, reversed },
        })),
      };
    },
  }),
  route({
    id: 'ownBills.order',
    at: 'POST /:id/orders',
    summary: 'Open an order for what is owed on my bill, to be paid in the channel',
    permission,
    params: shape.Ref,
    body: shape.OrderBody,
    reply: shape.OrderView,
    status: 201,
    problems: [OwnPartyMissing, ...payProblems],
    run: ({ actor, params, body }) => bills.order(actor, params.id, body.channel),
  }),
  route({
    id: 'ownBills.orderOf',
    at: 'GET /orders/:id',
    summary: 'How far an order of mine got',
    permission,
    params: shape.Ref,
    reply: shape.OrderView,
    problems: [OwnPartyMissing, OrderMissing],
    run: ({ actor, params }) => bills.orderOf(actor, params.id),
  }),
];

type Bill = Awaited<ReturnType<ResidentsService['bills']['list']>>[number];
function billRow({ id, number, period, houseName, dueOn, amount, settled, waived, owed }: Bill) {
  return { id, number, period, houseName, dueOn, amount, settled, waived, owed };
}
