import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { AutonomyProtected, ModelMissing, ThingMissing } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { CommandInputInvalid, LevelTooLow, ServiceUnknown } from './command.ts';
import type { Desired } from './desired.ts';
import { LinkageInput } from './linkage-rule.ts';
import { type LinkageTrial, TrialInput, TrialView } from './linkage-trial.ts';
import { LinkageMissing, type Linkages, LinkageView } from './linkages.ts';
import { type RunEnergy, RunEnergyView } from './run-energy.ts';
import { RunMissing, type Runs } from './runs.ts';
import { SceneInput, SceneMissing, SceneNameTaken, type Scenes, SceneView } from './scenes.ts';
import { CommandRef, RunView } from './schemas.ts';
import { SecretNotKept } from './secret.ts';

const stepProblems = [
  ...[ThingMissing, AutonomyProtected, ServiceUnknown, CommandInputInvalid, LevelTooLow, NotAllowed, SecretNotKept],
];

export const sceneRoutes = (scenes: Scenes, runs: Runs): MountedRoute[] => [
  route({
    id: 'scenes.list',
    at: 'GET /',
    summary: 'Scenes',
    permission: 'command:read',
    reply: Type.Object({ items: Type.Array(SceneView) }),
    run: async ({ actor }) => ({ items: await scenes.list(actor) }),
  }),
  route({
    id: 'scenes.create',
    at: 'POST /',
    summary: 'Write a scene: commands in an order',
    permission: 'command:scene',
    body: SceneInput,
    reply: SceneView,
    status: 201,
    problems: [...stepProblems, SceneNameTaken],
    run: ({ actor, body }) => scenes.create(actor, body),
  }),
  route({
    id: 'scenes.get',
    at: 'GET /:id',
    summary: 'One scene',
    permission: 'command:read',
    params: CommandRef,
    reply: SceneView,
    problems: [SceneMissing],
    run: ({ actor, params }) => scenes.get(actor, params.id),
  }),
  route({
    id: 'scenes.update',
    at: 'PUT /:id',
    summary: 'Change a scene',
    permission: 'command:scene',
    params: CommandRef,
    body: SceneInput,
    reply: SceneView,
    problems: [...stepProblems, SceneMissing, SceneNameTaken, EditConflict],
    run: ({ actor, params, body, facts }) => scenes.update(actor, params.id, body, facts.version),
  }),
  route({
    id: 'scenes.remove',
    at: 'DELETE /:id',
    summary: 'Remove a scene',
    permission: 'command:scene',
    params: CommandRef,
    problems: [SceneMissing],
    run: ({ actor, params }) => scenes.remove(actor, params.id),
  }),
  route({
    id: 'scenes.run',
    at: 'POST /:id/runs',
    summary: 'Run a scene; what fails is told, the rest goes on',
    permission: 'command:send',
    params: CommandRef,
    body: Type.Object({
      reason: Type.Optional(Type.String({ maxLength: 1000 })),
      key: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    }),
    reply: RunView,
    status: 201,
    problems: [SceneMissing],
    run: async ({ actor, params, body }) => runs.get(actor, await scenes.run(actor, params.id, body)),
  }),
];

export const energyRoutes = (energy: RunEnergy): MountedRoute[] => [
  route({
    id: 'commands.runEnergy',
    at: 'GET /runs/:id/energy',
    summary: 'What the things of a run used before it and after it, by their own counters',
    permission: 'command:read',
    params: CommandRef,
    query: Type.Object({ hours: Type.Integer({ minimum: 1, maximum: 168, default: 24 }) }),
    reply: RunEnergyView,
    problems: [RunMissing],
    run: ({ actor, params, query }) => energy(actor, params.id, query.hours),
  }),
];

export const linkageRoutes = (linkages: Linkages, trial: LinkageTrial): MountedRoute[] => [
  route({
    id: 'linkages.list',
    at: 'GET /',
    summary: 'Rules that give commands',
    permission: 'command:read',
    reply: Type.Object({ items: Type.Array(LinkageView) }),
    run: async ({ actor }) => ({ items: await linkages.list(actor) }),
  }),
  route({
    id: 'linkages.create',
    at: 'POST /',
    summary: 'Write a rule that gives a command or runs a scene on an alarm or event',
    permission: 'command:rule',
    body: LinkageInput,
    reply: LinkageView,
    status: 201,
    problems: [...stepProblems, SceneMissing, ModelMissing, InputInvalid],
    run: ({ actor, body }) => linkages.create(actor, body),
  }),
  route({
    id: 'linkages.try',
    at: 'POST /trial',
    summary: 'What a rule would do if its trigger happened to a thing; nothing is sent or stored',
    permission: 'command:rule',
    body: TrialInput,
    reply: TrialView,
    problems: [...stepProblems, SceneMissing, ModelMissing, InputInvalid],
    run: ({ actor, body }) => trial(actor, body),
  }),
  route({
    id: 'linkages.update',
    at: 'PUT /:id',
    summary: 'Change a rule that gives commands',
    permission: 'command:rule',
    params: CommandRef,
    body: LinkageInput,
    reply: LinkageView,
    problems: [...stepProblems, SceneMissing, ModelMissing, InputInvalid, LinkageMissing, EditConflict],
    run: ({ actor, params, body, facts }) => linkages.update(actor, params.id, body, facts.version),
  }),
  route({
    id: 'linkages.remove',
    at: 'DELETE /:id',
    summary: 'Remove a rule that gives commands',
    permission: 'command:rule',
    params: CommandRef,
    problems: [LinkageMissing],
    run: ({ actor, params }) => linkages.remove(actor, params.id),
  }),
];

const Values = Type.Record(Type.String(), Type.Unknown());
const ShadowView = Type.Object({
  /** Of the desired side; for If-Match. */
  version: Type.Integer(),
  desired: Values,
  reported: Values,
  /** Keys whose reported value is not the desired one. */
  delta: Type.Array(Type.String()),
});

export const desiredRoutes = (desired: Desired): MountedRoute[] => [
  route({
    id: 'things.desired',
    at: 'GET /:id/desired',
    summary: 'What a thing should be, what it says it is, and the difference',
    permission: 'thing:read',
    params: CommandRef,
    reply: ShadowView,
    problems: [ThingMissing],
    run: ({ actor, params }) => desired.get(actor, params.id),
  }),
  route({
    id: 'things.desire',
    at: 'PUT /:id/desired',
    summary: 'Set what a thing should be; null takes a key away',
    permission: 'command:send',
    params: CommandRef,
    body: Values,
    reply: ShadowView,
    problems: [ThingMissing, EditConflict, AutonomyProtected, InputInvalid],
    run: ({ actor, params, body, facts }) => desired.put(actor, params.id, body, facts.version),
  }),
];
