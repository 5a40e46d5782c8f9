import { randomBytes } from 'node:crypto';
import { type Actor, inScope } from '@keystead/contracts/access';
import { EditConflict, NotAllowed } from '@keystead/contracts/problem';
import { type Query, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import type { MediaServer } from './media/media-server.ts';
import { zlMediaKit } from './media/zlmediakit.ts';
import { MediaAddressInvalid, MediaServerUnset } from './problems.ts';
import type { SettingsDraft, Uplink } from './schemas.ts';

interface Row {
  organisation: string;
  mediaUrl: string | null;
  publicUrl: string | null;
  app: string;
  segment: number;
  retentionDays: number;
  secret: Buffer | null;
  linkKey: Buffer | null;
  middleSlots: string[];
  uplink: Uplink | null;
  uplinkPassword: Buffer | null;
  version: number;
}

const columns = sql`organisation, media_url as "mediaUrl", public_url as "publicUrl", app, segment_s as segment,
  retention_days as "retentionDays", secret, link_key as "linkKey", middle_slots as "middleSlots", uplink,
  uplink_password as "uplinkPassword", version`;
const of = (organisation: string): Query<Row> =>
  sql<Row>`select ${columns} from video.setting where organisation = ${organisation}`;

const usual = {
  mediaUrl: null,
  publicUrl: null,
  app: 'live',
  segment: 3600,
  retentionDays: 30,
  secret: null,
  linkKey: null,
  middleSlots: ['face'],
  uplink: null,
  uplinkPassword: null,
  version: 0,
};

export interface VideoSettings extends Omit<Row, 'secret' | 'linkKey' | 'uplinkPassword'> {
  secretSet: boolean;
  uplinkPasswordSet: boolean;
}

const shown = ({ secret, linkKey: _, uplinkPassword, ...row }: Row): VideoSettings => ({
  ...row,
  secretSet: secret !== null,
  uplinkPasswordSet: uplinkPassword !== null,
});

function check(text: string | null, pointer: string): void {
  if (text === null) return;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw new MediaAddressInvalid({}, [{ pointer, code: 'url' }]);
}

/** What an organisation set for its video; secrets are sealed and never shown. */
export function createSettings({ db, audit, settings }: Pick<Kernel, 'db' | 'audit' | 'settings'>) {
  let opened: Envelope | undefined;
  const envelope = () => {
    opened ??= openEnvelope(settings.DATA_DIR);
    return opened;
  };
  const seal = (name: string, organisation: string, secret: Buffer | string) =>
    envelope().wrap(`video-${name}:${organisation}`, Buffer.from(secret as string));
  const unseal = (name: string, organisation: string, sealed: Buffer | null) =>
    sealed === null ? undefined : envelope().unwrap(`video-${name}:${organisation}`, sealed);

  const read = async (organisation: string): Promise<Row> =>
    (await db.systemRead(of(organisation)))[0] ?? { ...usual, organisation };

  async function save(actor: Actor, expected: number | undefined, draft: SettingsDraft): Promise<VideoSettings> {
    // One media server serves every place: who answers for some of them only does not choose it.
    if (!inScope(actor.scope, '')) throw new NotAllowed();
    check(draft.mediaUrl, '/mediaUrl');
    check(draft.publicUrl, '/publicUrl');
    const { organisation } = actor.scope;
    return db.transaction(actor.scope, async (tx) => {
      const before = (await tx.maybe(sql<Row>`${of(organisation)} for update`)) ?? { ...usual, organisation };
      if (expected !== undefined && expected !== before.version) throw new EditConflict({ version: before.version });
      const kept = (name: string, given: string | null | undefined, old: Buffer | null) =>
        given === undefined ? old : given === null ? null : seal(name, organisation, given);
      const secret = kept('media', draft.secret, before.secret);
      const password = kept('uplink', draft.uplinkPassword, before.uplinkPassword);
      const linkKey = before.linkKey ?? envelope().wrap(`video-link:${organisation}`, randomBytes(32));
      const row = await tx.one(
        sql<Row>`insert into video.setting as s (organisation, media_url, public_url, app, segment_s, retention_days, secret,
            link_key, middle_slots, uplink, uplink_password)
          values (${organisation}, ${draft.mediaUrl}, ${draft.publicUrl}, ${draft.app}, ${draft.segment}, ${draft.retentionDays},
            ${secret}, ${linkKey}, ${draft.middleSlots}, ${draft.uplink === null ? null : JSON.stringify(draft.uplink)}, ${password})
          on conflict (organisation) do update set media_url = excluded.media_url, public_url = excluded.public_url,
            app = excluded.app, segment_s = excluded.segment_s, retention_days = excluded.retention_days,
            secret = excluded.secret, middle_slots = excluded.middle_slots, uplink = excluded.uplink,
            uplink_password = excluded.uplink_password, version = s.version + 1
          returning ${columns}`,
        () => new EditConflict(),
      );
      const { secret: _secret, uplinkPassword: _password, ...told } = draft;
      await audit.add(tx, actor, {
        action: 'video.set',
        subject: `organisation:${organisation}`,
        detail: { ...told, secretChanged: draft.secret !== undefined },
      });
      return shown(row);
    });
  }

  /** The media server of an organisation; MediaServerUnset. */
  function serverOf({ organisation, mediaUrl, secret, app, segment }: Row): MediaServer {
    if (mediaUrl === null) throw new MediaServerUnset();
    const plain = unseal('media', organisation, secret)?.toString('utf8') ?? '';
    return zlMediaKit({ url: mediaUrl, secret: plain, app, segment });
  }

  return {
    get: async (actor: Actor) => shown(await read(actor.scope.organisation)),
    save,
    read,
    serverOf,
    linkKeyOf: ({ organisation, linkKey }: Row) => unseal('link', organisation, linkKey),
    uplinkPasswordOf: ({ organisation, uplinkPassword }: Row) =>
      unseal('uplink', organisation, uplinkPassword)?.toString('utf8'),
    all: () => db.systemRead(sql<Row>`select ${columns} from video.setting`),
  };
}

export type Settings = ReturnType<typeof createSettings>;
export type SettingRow = Row;
