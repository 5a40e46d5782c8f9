import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route, wire } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { MediaServerFailed } from './media/media-server.ts';
import { type Pointing, presetActs, ways } from './pointing.ts';
import { CameraMissing, MediaServerUnset, RecorderMissing } from './problems.ts';
import type { Recorders } from './recorders.ts';
import { CameraRef, ChannelList, ChannelRef, IdText, LinkView, RecorderList, WhileQuery, whileIn } from './schemas.ts';

const Asked = Type.Object({ command: IdText });
const longestPlayback = 86_400_000;
const at = ({ id, channel }: { id: string; channel: string }) => ({ recorder: id, channel });

/** Recorders, their channels, and what a channel is asked for. */
export const recorderRoutes = (recorders: Recorders, pointing: Pointing): MountedRoute[] => [
  route({
    id: 'video.recorders',
    at: 'GET /recorders',
    summary: 'Recorders and video platforms below this one',
    permission: 'video:read',
    reply: RecorderList,
    run: ({ actor }) => recorders.list(actor),
  }),
  route({
    id: 'video.channels',
    at: 'GET /recorders/:id/channels',
    summary: 'Channels of a recorder, as it told them last',
    permission: 'video:read',
    params: CameraRef,
    reply: ChannelList,
    problems: [RecorderMissing],
    run: async ({ actor, params }) => (await recorders.channels(actor, params.id)).map((line) => wire(line)),
  }),
  route({
    id: 'video.askChannels',
    at: 'POST /recorders/:id/channels',
    summary: 'Ask a recorder for its channels',
    permission: 'video:manage',
    params: CameraRef,
    reply: Asked,
    status: 202,
    problems: [RecorderMissing, NotAllowed],
    run: ({ actor, params }) => recorders.refresh(actor, params.id),
  }),
  route({
    id: 'video.assignChannel',
    at: 'PUT /recorders/:id/channels/:channel',
    summary: 'Say which camera a channel shows',
    permission: 'video:manage',
    params: ChannelRef,
    body: Type.Object({ camera: Type.Union([IdText, Type.Null()]) }),
    status: 204,
    problems: [RecorderMissing, CameraMissing],
    run: ({ actor, params, body }) => recorders.assign(actor, params.id, params.channel, body.camera),
  }),
  route({
    id: 'video.move',
    at: 'POST /recorders/:id/channels/:channel/move',
    summary: 'Turn or zoom a camera for a moment',
    permission: 'video:watch',
    params: ChannelRef,
    body: Type.Object({
      ways: Type.Array(Type.Enum([...ways]), { minItems: 1, maxItems: 3, uniqueItems: true }),
      speed: Type.Integer({ minimum: 1, maximum: 255, default: 64 }),
      /** ms until it stops. */
      lasts: Type.Integer({ minimum: 100, maximum: 10_000, default: 500 }),
    }),
    reply: Asked,
    status: 202,
    problems: [RecorderMissing, NotAllowed],
    run: ({ actor, params, body }) => pointing.move(actor, at(params), body),
  }),
  route({
    id: 'video.preset',
    at: 'POST /recorders/:id/channels/:channel/preset',
    summary: 'Keep, call or forget a place a camera looks at',
    permission: 'video:watch',
    params: ChannelRef,
    body: Type.Object({
      act: Type.Enum([...presetActs]),
      number: Type.Integer({ minimum: 1, maximum: 255 }),
    }),
    reply: Asked,
    status: 202,
    problems: [RecorderMissing, NotAllowed],
    run: ({ actor, params, body }) => pointing.preset(actor, at(params), body),
  }),
  route({
    id: 'video.playRecorded',
    at: 'POST /recorders/:id/channels/:channel/playback',
    summary: 'Ask the recorder itself for what it kept of a while, with a link to it',
    permission: 'video:watch',
    params: ChannelRef,
    body: WhileQuery,
    reply: Type.Object({ ...Asked.properties, ...LinkView.properties }),
    status: 202,
    problems: [RecorderMissing, NotAllowed, MediaServerUnset, MediaServerFailed, InputInvalid],
    rate: 60,
    run: ({ actor, params, body }) => {
      const { from, to } = whileIn(body, 'body', longestPlayback);
      return pointing.playback(actor, at(params), from, to);
    },
  }),
  route({
    id: 'video.endPlayback',
    at: 'POST /recorders/:id/playback-end',
    summary: 'End what a recorder plays',
    permission: 'video:watch',
    params: CameraRef,
    body: Type.Object({ stream: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: Asked,
    status: 202,
    problems: [RecorderMissing, NotAllowed],
    run: ({ actor, params, body }) => pointing.endPlayback(actor, params.id, body.stream),
  }),
];
