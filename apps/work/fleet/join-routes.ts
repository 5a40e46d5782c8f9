import { NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { type Doors, DoorsView } from './doors.ts';
import { type JoinToken, JoinTokenMissing, JoinTokenUnknown, stateOf } from './join-token.ts';
import type { Joining } from './joining.ts';
import { IdText, InvitationBody, JoinBody, TokenView } from './schemas.ts';

const tokenView = (token: JoinToken, now: Date) => ({
  id: token.id,
  name: token.name,
  code: token.code,
  placeId: token.placeId,
  state: stateOf(token, now),
  createdAt: token.createdAt.toISOString(),
  createdBy: token.createdBy,
  expiresAt: token.expiresAt.toISOString(),
  usedAt: token.usedAt?.toISOString() ?? null,
  thingId: token.thingId,
});

/** How new agents come in. `now` is the platform's clock. */
export const joinRoutes = (joining: Joining, doors: () => Promise<Doors>, now: () => Date): MountedRoute[] => [
  route({
    id: 'fleet.doors',
    at: 'GET /doors',
    summary: 'Ports and certificate a new agent is told with its token',
    permission: 'fleet:manage',
    reply: DoorsView,
    run: () => doors(),
  }),
  route({
    id: 'fleet.joinTokens',
    at: 'GET /join-tokens',
    summary: 'Invitations for new agents and what became of them',
    permission: 'fleet:manage',
    reply: Type.Array(TokenView),
    run: async ({ actor }) => (await joining.list(actor)).map((token) => tokenView(token, now())),
  }),
  route({
    id: 'fleet.invite',
    at: 'POST /join-tokens',
    summary: 'Make a token one new agent may join with; it is in this answer and nowhere else',
    permission: 'fleet:manage',
    body: InvitationBody,
    reply: Type.Object({ ...TokenView.properties, token: Type.String() }),
    status: 201,
    problems: [PlaceMissing, NotAllowed],
    run: async ({ actor, body, answer }) => {
      answer.header('cache-control', 'no-store');
      const { token, ...row } = await joining.invite(actor, body);
      return { ...tokenView(row, now()), token };
    },
  }),
  route({
    id: 'fleet.uninvite',
    at: 'DELETE /join-tokens/:id',
    summary: 'Take an unused invitation back',
    permission: 'fleet:manage',
    params: Type.Object({ id: IdText }),
    status: 204,
    problems: [JoinTokenMissing],
    run: ({ actor, params }) => joining.revoke(actor, params.id),
  }),
  route({
    id: 'fleet.join',
    at: 'POST /join',
    summary: 'Become an edge agent: a join token for an access token, once',
    open: true,
    body: JoinBody,
    reply: Type.Object({ id: IdText, code: Type.String(), token: Type.String() }),
    status: 201,
    // A whole site may stand behind one address; the tokens cannot be guessed.
    rate: 120,
    problems: [JoinTokenUnknown],
    run: ({ body, facts, answer }) => {
      answer.header('cache-control', 'no-store');
      return joining.join(body.token, body.host, facts.from);
    },
  }),
];
