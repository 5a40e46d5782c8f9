import { NotAllowed, NotFound } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { CasesService } from './cases.ts';
import { AssigneeUnknown } from './problems.ts';

const IdText = Type.String({ format: 'uuid' });
const Skills = Type.Array(Type.String({ pattern: '^([a-z][a-z0-9-]{0,39}|\\*)$' }), { maxItems: 40 });
const Most = Type.Integer({ minimum: 1, maximum: 200, description: 'Open cases at once' });
const Days = Type.Integer({ minimum: 1, maximum: 90 });
const Kind = Type.String({ minLength: 1, maxLength: 40 });

/** Whom work is given to by itself. */
export const workerRoutes = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'caseWorkers.list',
    at: 'GET /',
    summary: 'Workers cases are given to by the platform, with what they can do',
    permission: 'case:assign',
    reply: Type.Array(
      Type.Object({ account: IdText, name: Type.String(), skills: Skills, most: Most, load: Type.Integer() }),
    ),
    run: ({ actor }) => cases.workers(actor),
  }),
  route({
    id: 'caseWorkers.set',
    at: 'PUT /:account',
    summary: 'Say what a worker can do and how much he takes at once; without skills he is given nothing',
    permission: 'case:assign',
    params: Type.Object({ account: IdText }),
    body: Type.Object({ skills: Skills, most: Most }),
    problems: [AssigneeUnknown, NotAllowed],
    run: ({ actor, params, body }) => cases.setWorker(actor, params.account, body),
  }),
];

/** How long silence is waited for. */
export const consentRoutes = (cases: CasesService): MountedRoute[] => [
  route({
    id: 'caseConsents.list',
    at: 'GET /',
    summary: 'Days after which work that was done counts as confirmed, by kind',
    permission: 'case:read',
    reply: Type.Array(Type.Object({ kind: Type.String(), days: Type.Number() })),
    run: ({ actor }) => cases.consents(actor),
  }),
  route({
    id: 'caseConsents.set',
    at: 'PUT /:kind',
    summary: 'Set after how many days work that was done counts as confirmed',
    permission: 'system:write',
    params: Type.Object({ kind: Kind }),
    body: Type.Object({ days: Days }),
    problems: [NotFound, NotAllowed],
    run: ({ actor, params, body }) => cases.setConsent(actor, params.kind, body.days),
  }),
];
