import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { RecordMissing } from '@keystead/data/records';
import { type MountedRoute, route, wire } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { Cameras } from './cameras.ts';
import { MediaServerFailed } from './media/media-server.ts';
import type { NightLight } from './night-light.ts';
import { CameraMissing, CameraNameTaken, CameraNotEntered, MediaServerUnset, RecordingMissing } from './problems.ts';
import type { Gap } from './recording.ts';
import {
  CameraPage,
  CameraQuery,
  CameraRef,
  CameraView,
  CheckBody,
  CheckLineView,
  EntryBody,
  IdText,
  ItemRef,
  LinkView,
  NightLightBody,
  PlaybackView,
  RecordingsView,
  ResultsView,
  StateView,
  WhileQuery,
  whileIn,
} from './schemas.ts';
import type { CameraLine } from './store.ts';
import type { Watching } from './watching.ts';

const timeText = (ms: number) => new Date(ms).toISOString();
const gapView = ({ from, to }: Gap) => ({ from: timeText(from), to: timeText(to) });
const longest = 32 * 86_400_000;
const longestPlayback = 86_400_000;

export const cameraRoutes = (cameras: Cameras, watching: Watching, nightLight: NightLight): MountedRoute[] => {
  const view = ({ since: _, gaps, ...line }: CameraLine) => ({
    ...wire(line),
    gaps: gaps.map(gapView),
    lines: cameras.lines,
  });
  return [
    route({
      id: 'video.cameras',
      at: 'GET /cameras',
      summary: 'Cameras with how they, their recordings and their checklist stand',
      permission: 'video:read',
      query: CameraQuery,
      reply: CameraPage,
      problems: [InputInvalid],
      run: async ({ actor, query }) => {
        const { items, ...rest } = await cameras.list(actor, query);
        return { items: items.map(view), ...rest };
      },
    }),
    route({
      id: 'video.camera',
      at: 'GET /cameras/:id',
      summary: 'One camera',
      permission: 'video:read',
      params: CameraRef,
      reply: CameraView,
      problems: [CameraMissing],
      run: async ({ actor, params }) => view(await cameras.get(actor, params.id)),
    }),
    route({
      id: 'video.enterCamera',
      at: 'PUT /cameras/:id',
      summary: 'Say how the media server calls a camera, and whether the platform above sees it',
      permission: 'video:manage',
      params: CameraRef,
      body: EntryBody,
      reply: CameraView,
      problems: [CameraMissing, CameraNameTaken, EditConflict],
      run: async ({ actor, params, body, facts }) => view(await cameras.enter(actor, params.id, facts.version, body)),
    }),
    route({
      id: 'video.checklist',
      at: 'GET /cameras/:id/checklist',
      summary: 'Site checklist of a camera, with what is missing',
      permission: 'video:read',
      params: CameraRef,
      reply: Type.Array(CheckLineView),
      problems: [CameraMissing],
      run: async ({ actor, params }) => (await cameras.checklist(actor, params.id)).map((line) => wire(line)),
    }),
    route({
      id: 'video.check',
      at: 'PUT /cameras/:id/checklist/:item',
      summary: 'Fill one line of the site checklist, with the file that shows it',
      permission: 'video:manage',
      params: ItemRef,
      body: CheckBody,
      status: 204,
      problems: [CameraMissing, RecordMissing],
      run: ({ actor, params, body }) => cameras.fill(actor, params.id, params.item, body),
    }),
    route({
      id: 'video.live',
      at: 'GET /cameras/:id/live',
      summary: 'A link to the live picture, for this person and two minutes',
      permission: 'video:watch',
      params: CameraRef,
      reply: LinkView,
      problems: [CameraMissing, CameraNotEntered, MediaServerUnset],
      rate: 120,
      run: ({ actor, params }) => watching.live(actor, params.id),
    }),
    route({
      id: 'video.state',
      at: 'GET /cameras/:id/stream',
      summary: 'Whether the stream of a camera is there, and who watches',
      permission: 'video:read',
      params: CameraRef,
      reply: StateView,
      problems: [CameraMissing, CameraNotEntered, MediaServerUnset, MediaServerFailed],
      run: ({ actor, params }) => watching.state(actor, params.id),
    }),
    route({
      id: 'video.recordings',
      at: 'GET /cameras/:id/recordings',
      summary: 'Recorded files of a while, a link to each, and where there are none',
      permission: 'video:watch',
      params: CameraRef,
      query: WhileQuery,
      reply: RecordingsView,
      problems: [CameraMissing, CameraNotEntered, MediaServerUnset, MediaServerFailed, InputInvalid],
      rate: 60,
      run: async ({ actor, params, query }) => {
        const { from, to } = whileIn(query, 'querystring', longest);
        const { spans, gaps } = await watching.recordings(actor, params.id, from, to);
        return { spans: spans.map((span) => ({ ...span, ...gapView(span) })), gaps: gaps.map(gapView) };
      },
    }),
    route({
      id: 'video.playback',
      at: 'GET /cameras/:id/playback',
      summary: 'Links to what the media server recorded of a while, from its first second on',
      permission: 'video:watch',
      params: CameraRef,
      query: WhileQuery,
      reply: PlaybackView,
      problems: [
        ...[CameraMissing, CameraNotEntered, MediaServerUnset, MediaServerFailed, InputInvalid, RecordingMissing],
      ],
      rate: 120,
      run: async ({ actor, params, query }) => {
        const { from, to } = whileIn(query, 'querystring', longestPlayback);
        const pieces = await watching.playback(actor, params.id, from, to);
        return { pieces: pieces.map((piece) => ({ ...piece, ...gapView(piece) })) };
      },
    }),
    route({
      id: 'video.results',
      at: 'GET /cameras/:id/results',
      summary: 'Whether results of each algorithm come from a camera',
      permission: 'video:read',
      params: CameraRef,
      reply: ResultsView,
      problems: [CameraMissing],
      run: async ({ actor, params }) => {
        await cameras.get(actor, params.id);
        return (await cameras.results(actor, params.id)).map(({ thing: _, ...line }) => wire(line));
      },
    }),
    route({
      id: 'video.nightLight',
      at: 'POST /cameras/:id/night-light',
      summary: 'Let motion before a camera turn a light on at night: writes a linkage rule',
      permission: 'command:rule',
      params: CameraRef,
      body: NightLightBody,
      reply: Type.Object({ linkage: IdText }),
      status: 201,
      problems: [CameraMissing, NotAllowed],
      run: ({ actor, params, body }) => nightLight(actor, params.id, body),
    }),
  ];
};
