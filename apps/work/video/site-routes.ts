import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import { PlaceMissing } from '@keystead/data/places';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { MediaAddressInvalid } from './problems.ts';
import { HookBody, SettingsBody, SettingsView, SiteBody, SiteRef, SiteView } from './schemas.ts';
import type { Settings, VideoSettings } from './settings.ts';
import type { Sites } from './sites.ts';
import type { Watching } from './watching.ts';

const settingsView = ({ organisation: _, ...settings }: VideoSettings) => settings;
const tokenIn = (params: string | undefined) => new URLSearchParams(params ?? '').get('token') ?? '';

/** What ZLMediaKit takes for an answer: 0 lets in. */
const verdict = (well: boolean) => (well ? { code: 0, msg: 'success' } : { code: -1, msg: 'refused' });

export const siteRoutes = (settings: Settings, sites: Sites, watching: Watching): MountedRoute[] => [
  route({
    id: 'video.settings',
    at: 'GET /settings',
    summary: 'Media server, retention, algorithms and the platform above',
    permission: 'video:manage',
    reply: SettingsView,
    run: async ({ actor }) => settingsView(await settings.get(actor)),
  }),
  route({
    id: 'video.set',
    at: 'PUT /settings',
    summary: 'Set the media server, retention, algorithms and the platform above',
    permission: 'video:manage',
    body: SettingsBody,
    reply: SettingsView,
    problems: [MediaAddressInvalid, EditConflict, NotAllowed],
    run: async ({ actor, body, facts }) => settingsView(await settings.save(actor, facts.version, body)),
  }),
  route({
    id: 'video.site',
    at: 'GET /sites/:place',
    summary: 'Algorithms of a community, by its size',
    permission: 'video:read',
    params: SiteRef,
    reply: SiteView,
    problems: [PlaceMissing],
    run: ({ actor, params }) => sites.get(actor, params.place),
  }),
  route({
    id: 'video.setSite',
    at: 'PUT /sites/:place',
    summary: 'Say how many households a community has, and which algorithms differ from what that asks for',
    permission: 'video:manage',
    params: SiteRef,
    body: SiteBody,
    reply: SiteView,
    problems: [PlaceMissing, EditConflict],
    run: ({ actor, params, body, facts }) => sites.set(actor, params.place, facts.version, body),
  }),
  route({
    id: 'video.playHook',
    at: 'POST /hooks/play',
    summary: 'The media server asks whether a live link holds',
    open: true,
    body: HookBody,
    rate: 6000,
    run: async ({ body: { app = '', stream = '', params } }) =>
      verdict(await watching.admits(`/${app}/${stream}`, tokenIn(params))),
  }),
  route({
    id: 'video.fileHook',
    at: 'POST /hooks/file',
    summary: 'The media server asks whether a link to a recorded file holds',
    open: true,
    body: HookBody,
    rate: 6000,
    run: async ({ body: { path = '', params } }) => {
      const well = await watching.admits(path, tokenIn(params));
      return { ...verdict(well), err: well ? '' : 'refused', path: '', second: 600 };
    },
  }),
];
