import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { AutonomyProtected, ThingMissing } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { sheetFile } from '@keystead/kernel/sheet';
import { Type } from 'typebox';
import {
  CommandInputInvalid,
  CommandKeyConflict,
  CommandMissing,
  CommandStepRefused,
  LevelTooLow,
  OwnApproval,
  ReasonMissing,
  ServiceUnknown,
  WindowInvalid,
} from './command.ts';
import { commandView, type createReading } from './reading.ts';
import { RunMissing, type Runs } from './runs.ts';
import {
  BatchInput,
  CalibrationView,
  CommandFilter,
  CommandPage,
  CommandRef,
  CommandView,
  ExportFilter,
  LatencyView,
  PreviewInput,
  PreviewView,
  RunView,
  SendInput,
  StepInput,
} from './schemas.ts';
import type { Sending } from './sending.ts';
import type { createStepping } from './stepping.ts';
import { type createTargets, TargetsChanged } from './targets.ts';

interface Work {
  sending: Sending;
  stepping: ReturnType<typeof createStepping>;
  reading: ReturnType<typeof createReading>;
  targets: ReturnType<typeof createTargets>;
  runs: Runs;
}

const wishProblems = [
  AutonomyProtected,
  ServiceUnknown,
  CommandInputInvalid,
  LevelTooLow,
  ReasonMissing,
  WindowInvalid,
  CommandKeyConflict,
];

/** Commands: sending, trying, looking, agreeing (指令). */
export const commandRoutes = ({ sending, stepping, reading, targets, runs }: Work): MountedRoute[] => [
  route({
    id: 'commands.send',
    at: 'POST /',
    summary: 'Give a thing a command; a dangerous one waits for a second person',
    permission: 'command:send',
    body: SendInput,
    reply: CommandView,
    status: 201,
    rate: 100_000,
    problems: [ThingMissing, ...wishProblems],
    run: async ({ actor, body: { thing, ...wish } }) => commandView(await sending.send(actor, thing, wish)),
  }),
  route({
    id: 'commands.preview',
    at: 'POST /preview',
    summary: 'What would be sent, who would have to agree, which limits hold; nothing is sent',
    permission: 'command:send',
    body: PreviewInput,
    reply: PreviewView,
    problems: [ThingMissing, InputInvalid],
    run: ({ actor, body: { targets: meant, ...wish } }) => targets.preview(actor, meant, wish),
  }),
  route({
    id: 'commands.batch',
    at: 'POST /batches',
    summary: 'The same command to many; tells which could not be sent',
    permission: 'command:send',
    body: BatchInput,
    reply: RunView,
    status: 201,
    problems: [InputInvalid, TargetsChanged],
    run: ({ actor, body: { targets: meant, count, ...wish } }) => runs.batch(actor, meant, wish, count),
  }),
  route({
    id: 'commands.run',
    at: 'GET /runs/:id',
    summary: 'How a batch or scene stands: commands by state, and what was refused',
    permission: 'command:read',
    params: CommandRef,
    reply: RunView,
    problems: [RunMissing],
    run: ({ actor, params }) => runs.get(actor, params.id),
  }),
  route({
    id: 'commands.runs',
    at: 'GET /runs',
    summary: 'The latest batches and runs of scenes',
    permission: 'command:read',
    query: Type.Object({ scene: Type.Optional(Type.String({ format: 'uuid' })) }),
    reply: Type.Object({ items: Type.Array(RunView) }),
    run: async ({ actor, query }) => ({ items: await runs.list(actor, query.scene) }),
  }),
  route({
    id: 'commands.approveRun',
    at: 'POST /runs/:id/approval',
    summary: 'Agree as the second person to all of a batch or scene that waits for it',
    permission: 'command:approve',
    params: CommandRef,
    body: StepInput,
    reply: RunView,
    problems: [RunMissing, OwnApproval, WindowInvalid],
    run: async ({ actor, params, body }) =>
      runs.step(actor, params.id, () => stepping.stepRun(actor, params.id, 'approve', body)),
  }),
  route({
    id: 'commands.refuseRun',
    at: 'POST /runs/:id/refusal',
    summary: 'Refuse as the second person all of a batch or scene that waits for it',
    permission: 'command:approve',
    params: CommandRef,
    body: StepInput,
    reply: RunView,
    problems: [RunMissing, OwnApproval],
    run: async ({ actor, params, body }) =>
      runs.step(actor, params.id, () => stepping.stepRun(actor, params.id, 'refuse', body)),
  }),
  route({
    id: 'commands.list',
    at: 'GET /',
    summary: 'Commands, newest first',
    permission: 'command:read',
    query: CommandFilter,
    reply: CommandPage,
    run: ({ actor, query }) => reading.list(actor, query),
  }),
  route({
    id: 'commands.export',
    at: 'GET /export',
    summary: 'Commands as CSV or XLSX: who, when, old and new value, result; at most 50,000 lines',
    permission: 'command:read',
    query: ExportFilter,
    rate: 20,
    run: async ({ actor, query: { format, ...query }, facts }) =>
      sheetFile(await reading.sheet(actor, query, facts.language), format),
  }),
  route({
    id: 'commands.calibrations',
    at: 'GET /calibrations',
    summary: 'What remote calibrations of a thing found',
    permission: 'command:read',
    query: Type.Object({ thing: Type.String({ format: 'uuid' }) }),
    reply: Type.Object({ items: Type.Array(CalibrationView) }),
    run: async ({ actor, query }) => ({ items: await reading.calibrations(actor, query.thing) }),
  }),
  route({
    id: 'commands.latency',
    at: 'GET /latency',
    summary: 'How long commands of a thing take, and whether that is fit for hard real time',
    permission: 'command:read',
    query: Type.Object({ thing: Type.String({ format: 'uuid' }) }),
    reply: LatencyView,
    run: ({ actor, query }) => reading.latency(actor, query.thing),
  }),
  route({
    id: 'commands.get',
    at: 'GET /:id',
    summary: 'One command with its whole trail',
    permission: 'command:read',
    params: CommandRef,
    reply: CommandView,
    problems: [CommandMissing],
    run: ({ actor, params }) => reading.get(actor, params.id),
  }),
  route({
    id: 'commands.approve',
    at: 'POST /:id/approval',
    summary: 'Agree as the second person, perhaps for a time window only',
    permission: 'command:approve',
    params: CommandRef,
    body: StepInput,
    reply: CommandView,
    problems: [CommandMissing, CommandStepRefused, OwnApproval, WindowInvalid],
    run: async ({ actor, params, body }) => commandView(await stepping.approve(actor, params.id, body)),
  }),
  route({
    id: 'commands.refuse',
    at: 'POST /:id/refusal',
    summary: 'Refuse as the second person',
    permission: 'command:approve',
    params: CommandRef,
    body: StepInput,
    reply: CommandView,
    problems: [CommandMissing, CommandStepRefused, OwnApproval],
    run: async ({ actor, params, body }) => commandView(await stepping.refuse(actor, params.id, body)),
  }),
  route({
    id: 'commands.cancel',
    at: 'POST /:id/cancellation',
    summary: 'Take a command back that has not left yet',
    permission: 'command:send',
    params: CommandRef,
    body: StepInput,
    reply: CommandView,
    problems: [CommandMissing, CommandStepRefused, NotAllowed],
    run: async ({ actor, params, body }) => commandView(await stepping.cancel(actor, params.id, body)),
  }),
  route({
    id: 'commands.submit',
    at: 'POST /:id/submission',
    summary: 'Make a draft one’s own and send it',
    permission: 'command:send',
    params: CommandRef,
    body: StepInput,
    reply: CommandView,
    problems: [CommandMissing, CommandStepRefused, NotAllowed, LevelTooLow, ReasonMissing, ServiceUnknown],
    run: async ({ actor, params, body }) => commandView(await stepping.submit(actor, params.id, body)),
  }),
];
