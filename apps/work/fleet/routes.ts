import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { ThingMissing } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { AgentMissing, type Agents } from './agents.ts';
import type { Completeness } from './completeness.ts';
import {
  AgentConfigurationInvalid,
  AgentConfigurationMissing,
  type Configurations,
  type ConfigurationVersion,
} from './configurations.ts';
import type { Configure } from './configuring.ts';
import {
  AgentPage,
  AgentView,
  ConfigurationView,
  ConfigurationWish,
  GapQuery,
  GapStatement,
  IdText,
  VersionView,
} from './schemas.ts';

const Ref = Type.Object({ id: IdText });
const documentLimit = 4 * 1024 * 1024;
const versionView = <V extends ConfigurationVersion>({ createdAt, ...row }: V) => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

/** Edge agents, their configurations, and what of their logs is there. */
export const agentRoutes = ({
  agents,
  configurations,
  configure,
  completeness,
}: {
  agents: Agents;
  configurations: Configurations;
  configure: Configure;
  completeness: Completeness;
}): MountedRoute[] => [
  route({
    id: 'fleet.list',
    at: 'GET /',
    summary: 'Edge agents with their load, backlog and how their configuration stands',
    permission: 'fleet:read',
    query: Type.Object({
      text: Type.Optional(Type.String({ maxLength: 100 })),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    reply: AgentPage,
    run: ({ actor, query }) => agents.list(actor, query),
  }),
  route({
    id: 'fleet.get',
    at: 'GET /:id',
    summary: 'One edge agent',
    permission: 'fleet:read',
    params: Ref,
    reply: AgentView,
    problems: [ThingMissing, AgentMissing],
    run: ({ actor, params }) => agents.get(actor, params.id),
  }),
  route({
    id: 'fleet.configuration',
    at: 'GET /:id/configuration',
    summary: 'A configuration of an agent, the newest unless a version is named',
    permission: 'fleet:read',
    params: Ref,
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
    reply: ConfigurationView,
    problems: [ThingMissing, AgentMissing, AgentConfigurationMissing],
    run: async ({ actor, params, query }) => {
      const row = await configurations.get(actor, await agents.find(actor, params.id), query.version);
      if (!row) throw new AgentConfigurationMissing({ version: query.version ?? null });
      return versionView(row);
    },
  }),
  route({
    id: 'fleet.versions',
    at: 'GET /:id/configuration/versions',
    summary: 'Configurations an agent was given, the newest first',
    permission: 'fleet:read',
    params: Ref,
    reply: Type.Array(VersionView),
    problems: [ThingMissing, AgentMissing],
    run: async ({ actor, params }) =>
      (await configurations.versions(actor, await agents.find(actor, params.id))).map(versionView),
  }),
  route({
    id: 'fleet.configure',
    at: 'PUT /:id/configuration',
    summary: 'Give an agent its next configuration; it takes it whole or not at all',
    permission: 'fleet:manage',
    params: Ref,
    body: ConfigurationWish,
    bodyLimit: documentLimit,
    reply: Type.Object({
      version: Type.Integer(),
      devices: Type.Optional(
        Type.Object({
          created: Type.Integer(),
          linked: Type.Integer(),
          known: Type.Integer(),
          refused: Type.Array(Type.Object({ device: Type.String(), type: Type.String() })),
        }),
      ),
    }),
    problems: [ThingMissing, AgentMissing, AgentConfigurationInvalid, EditConflict, NotAllowed],
    run: ({ actor, params, body, facts }) => configure(actor, params.id, { ...body, expected: facts.version }),
  }),
  route({
    id: 'fleet.rollBack',
    at: 'POST /:id/configuration/rollback',
    summary: 'Give an agent an older configuration again, as its newest version',
    permission: 'fleet:manage',
    params: Ref,
    body: Type.Object({
      version: Type.Integer({ minimum: 1 }),
      note: Type.String({ maxLength: 500, default: '' }),
    }),
    reply: Type.Object({ version: Type.Integer() }),
    problems: [ThingMissing, AgentMissing, AgentConfigurationMissing],
    run: async ({ actor, params, body }) => ({
      version: await configurations.rollBack(actor, await agents.find(actor, params.id), body.version, body.note),
    }),
  }),
  route({
    id: 'fleet.gaps',
    at: 'GET /:id/gaps',
    summary: 'What of an agent’s records between two times is missing, or that nothing is',
    permission: 'fleet:read',
    params: Ref,
    query: GapQuery,
    reply: GapStatement,
    problems: [ThingMissing, AgentMissing, InputInvalid],
    run: ({ actor, params, query }) => completeness(actor, params.id, new Date(query.from), new Date(query.to)),
  }),
];
