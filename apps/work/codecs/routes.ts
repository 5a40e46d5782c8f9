import { EditConflict, InputInvalid, Overloaded } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import {
  type Codec,
  CodecInUse,
  CodecMissing,
  CodecNameTaken,
  CodecNeverPublished,
  CodecSamplesFailed,
  CodecSourceInvalid,
  CodecsTooMany,
} from './codec.ts';
import type { Desk } from './desk.ts';
import { FrameAnswer, FrameQuestion } from './frame-schemas.ts';
import { BenchMissing } from './ports.ts';
import {
  CodecDraft,
  CodecFile,
  CodecList,
  CodecRef,
  CodecView,
  NumberInput,
  TrialInput,
  TrialReply,
  VersionDraft,
  VersionRef,
  VersionView,
} from './schemas.ts';
import type { CodecBook } from './service.ts';
import type { Trial } from './trial.ts';

const view = ({ changedAt, ...codec }: Codec) => ({ ...codec, changedAt: changedAt.toISOString() });
const benchProblems = [InputInvalid, BenchMissing, Overloaded];
const writeProblems = [...benchProblems, CodecSourceInvalid, CodecsTooMany];

export const codecRoutes = (book: CodecBook, trial: Trial, desk: Desk): MountedRoute[] => [
  route({
    id: 'codecs.list',
    at: 'GET /',
    summary: 'Codec scripts',
    permission: 'codec:read',
    reply: CodecList,
    run: async ({ actor }) => ({ items: (await book.list(actor)).map(view) }),
  }),
  route({
    id: 'codecs.create',
    at: 'POST /',
    summary: 'Write a codec script: its first version, with sample frames',
    permission: 'codec:write',
    body: CodecDraft,
    bodyLimit: 2 * 1024 * 1024,
    reply: CodecView,
    status: 201,
    problems: [...writeProblems, CodecNameTaken],
    run: async ({ actor, body }) => view(await book.create(actor, body)),
  }),
  route({
    id: 'codecs.frames',
    at: 'POST /frames',
    summary: 'What pasted bytes are: guesses of protocol, decoded parts, checksum, resulting points',
    permission: 'codec:read',
    body: FrameQuestion,
    reply: FrameAnswer,
    problems: [...benchProblems, CodecMissing],
    rate: 120,
    run: ({ actor, body }) => desk.explain(actor, body),
  }),
  route({
    id: 'codecs.trial',
    at: 'POST /trial',
    summary: 'Run a script against sample frames without keeping it',
    permission: 'codec:write',
    body: TrialInput,
    bodyLimit: 2 * 1024 * 1024,
    reply: TrialReply,
    problems: benchProblems,
    rate: 120,
    run: async ({ body }) => {
      const { verdicts, ...result } = await trial.run(body.source, body.samples);
      return {
        ...result,
        verdicts: verdicts.map(({ made, ...rest }) => ({ ...rest, ...(made && { made: { ...made } }) })),
      };
    },
  }),
  route({
    id: 'codecs.get',
    at: 'GET /:id',
    summary: 'One codec script with its versions and what was in force when',
    permission: 'codec:read',
    params: CodecRef,
    reply: CodecFile,
    problems: [CodecMissing],
    run: async ({ actor, params }) => {
      const { codec, versions, publications, users } = await book.file(actor, params.id);
      return {
        ...view(codec),
        versions: versions.map(({ writtenAt, ...line }) => ({ ...line, writtenAt: writtenAt.toISOString() })),
        publications: publications.map(({ at, ...line }) => ({ ...line, at: at.toISOString() })),
        users,
      };
    },
  }),
  route({
    id: 'codecs.version',
    at: 'GET /:id/versions/:number',
    summary: 'Text and sample frames of one version',
    permission: 'codec:read',
    params: VersionRef,
    reply: VersionView,
    problems: [CodecMissing],
    run: async ({ actor, params }) => {
      const { writtenAt, ...version } = await book.version(actor, params.id, params.number);
      return { ...version, writtenAt: writtenAt.toISOString() };
    },
  }),
  route({
    id: 'codecs.write',
    at: 'POST /:id/versions',
    summary: 'Write a new version; If-Match carries the number of the newest',
    permission: 'codec:write',
    params: CodecRef,
    body: VersionDraft,
    bodyLimit: 2 * 1024 * 1024,
    reply: CodecView,
    status: 201,
    problems: [...writeProblems, CodecMissing, EditConflict],
    run: async ({ actor, params, body, facts }) => view(await book.write(actor, params.id, body, facts.version)),
  }),
  route({
    id: 'codecs.publish',
    at: 'POST /:id/publications',
    summary: 'Put a version in force; its sample frames must all pass',
    permission: 'codec:publish',
    params: CodecRef,
    body: NumberInput,
    reply: CodecView,
    problems: [...benchProblems, CodecMissing, CodecSamplesFailed],
    run: async ({ actor, params, body }) => view(await book.publish(actor, params.id, body.number)),
  }),
  route({
    id: 'codecs.rollBack',
    at: 'POST /:id/roll-back',
    summary: 'Go back to a version that was in force before, at once',
    permission: 'codec:publish',
    params: CodecRef,
    body: NumberInput,
    reply: CodecView,
    problems: [CodecMissing, CodecNeverPublished],
    run: async ({ actor, params, body }) => view(await book.rollBack(actor, params.id, body.number)),
  }),
  route({
    id: 'codecs.remove',
    at: 'DELETE /:id',
    summary: 'Delete a codec script that nothing uses, with all its versions',
    permission: 'codec:publish',
    params: CodecRef,
    problems: [CodecMissing, CodecInUse],
    run: ({ actor, params }) => book.remove(actor, params.id),
  }),
];
