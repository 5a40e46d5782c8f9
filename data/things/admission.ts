import type { OrganisationId } from '@keystead/contracts/access';
import { type ProblemClass, problem } from '@keystead/contracts/problem';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { type Db, sql } from '@keystead/kernel/db';
import type { Changes } from './changes.ts';
import {
  acceptsCredential,
  type CredentialKind,
  markOf,
  markOfCertificate,
  maySpeakThroughGateway,
} from './credential.ts';
import { Lookup } from './lookup.ts';
import type { Models } from './models.ts';
import { isGateway } from './thing.ts';
import type { Whitelist } from './whitelist.ts';

/** The same stable types the terminal layer refuses with. */
export class CredentialUnknown extends problem('credential-unknown', 401) {}
export class CredentialRevoked extends problem('credential-revoked', 401) {}
export class DeviceNotListed extends problem('device-not-listed', 403) {}

/** What a device shows; one kind for each class of hardware (H-11.2-d). */
export type Shown =
  | { kind: 'token'; token: string }
  | { kind: 'secret'; username: string; password: string; clientId: string }
  | { kind: 'certificate'; fingerprint: string; subject: string };

export interface AdmittedThing {
  thing: number;
  id: string;
  code: string;
  organisation: OrganisationId;
  model: ThingModel;
  isGateway: boolean;
  /** Changes this process had heard of when it decided. */
  whitelist: number;
}

export interface DeniedThing {
  problem: ProblemClass;
  detail?: string;
  device?: string;
  thing?: number;
}

interface Standing {
  number: number;
  id: string;
  code: string;
  organisation: OrganisationId;
  family: string;
  modelVersion: number;
  whitelist: Whitelist;
}

/** A credential with the thing it belongs to, ready to be judged without another question. */
interface Known {
  kind: CredentialKind;
  username: string | null;
  revoked: boolean;
  whitelist: Whitelist;
  owners: readonly number[];
  model: ThingModel;
  admitted: AdmittedThing;
}

const standing = sql`t.number, t.id, t.code, t.organisation, t.family, t.model_version as "modelVersion", t.whitelist`;
const most = 200_000;

/**
 * Who is this device, may it speak? Answers come from memory; what changes anywhere is forgotten within a quarter of a
 * second, and gateways are told whose rights changed (H-11.2-g-2). Credentials asked at one moment are looked up
 * together, so a whole community may reconnect at once.
 */
export function createAdmission(deps: { db: Db; models: Models; changes: Changes; markKey: () => Promise<Buffer> }) {
  const { db, models, changes, markKey } = deps;

  async function admittedOf(row: Standing): Promise<{ model: ThingModel; admitted: AdmittedThing }> {
    const model = await models.of(row.organisation, row.family, row.modelVersion);
    const { number, id, code, organisation } = row;
    const admitted = {
      thing: number,
      id,
      code,
      organisation,
      model,
      isGateway: isGateway(model),
      whitelist: changes.heard(),
    };
    return { model, admitted };
  }

  const byMark = new Lookup<Known>({
    most,
    ownersOf: (known) => known.owners,
    load: async (marks) => {
      const rows = await db.systemRead(sql<
        Standing & { mark: string; kind: CredentialKind; username: string | null; revoked: boolean }
      >`
        select encode(c.mark, 'hex') as mark, c.kind, c.username, c.revoked_at is not null as revoked, ${standing}
        from things.credential c join things.thing t on t.number = c.thing
        where c.mark = any(${marks.map((mark) => Buffer.from(mark, 'hex'))}::bytea[])`);
      const found = new Map<string, Known>();
      for (const row of rows) {
        const { kind, username, revoked, whitelist } = row;
        found.set(row.mark, { kind, username, revoked, whitelist, owners: [row.number], ...(await admittedOf(row)) });
      }
      return found;
    },
  });

  const byName = new Lookup<Known>({
    most,
    ownersOf: (known) => known.owners,
    load: async (keys) => {
      const asked = keys.map((key) => ({
        key,
        gateway: Number(key.slice(0, key.indexOf(' '))),
        name: key.slice(key.indexOf(' ') + 1),
      }));
      const rows = await db.systemRead(sql<Standing & { key: string; gateway: number }>`
        select distinct on (a.key) a.key, a.gateway, ${standing}
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a(key text, gateway bigint, name text)
        join things.relation r on r.source = a.gateway and r.kind = 'contains'
        join things.thing t on t.number = r.target and (t.code = a.name or t.name = a.name)
        order by a.key, (t.code = a.name) desc, t.number`);
      const found = new Map<string, Known>();
      for (const row of rows) {
        const owners = [row.number, row.gateway];
        found.set(row.key, {
          kind: 'token',
          username: null,
          revoked: false,
          whitelist: row.whitelist,
          owners,
          ...(await admittedOf(row)),
        });
      }
      return found;
    },
  });

  const listeners = new Set<(thing: number) => void>();
  const tellRevoked = (thing: number) => {
    for (const listen of listeners) listen(thing);
  };
  changes.on(({ thing, kind }) => {
    if (kind === 'shared') return;
    // Whoever was admitted from memory shows what he has again after a time in which nobody could look.
    const doubtful = kind === 'missed' ? new Set([...byMark.owners(), ...byName.owners()]) : [];
    for (const lookup of [byMark, byName]) {
      if (kind === 'all' || kind === 'missed') lookup.clear();
      else lookup.forget(thing);
    }
    if (kind === 'right') tellRevoked(thing);
    for (const each of doubtful) tellRevoked(each);
  });

  async function markShown(shown: Shown): Promise<string | undefined> {
    if (shown.kind === 'certificate') {
      const mark = markOfCertificate(shown.fingerprint);
      return mark.length === 32 ? mark.toString('hex') : undefined;
    }
    return markOf(await markKey(), shown.kind === 'token' ? shown.token : shown.password).toString('hex');
  }

  /** Who shows this, if it may speak. */
  async function admit(shown: Shown, _peer: string): Promise<AdmittedThing | DeniedThing> {
    const mark = await markShown(shown);
    const known = mark === undefined ? undefined : await byMark.get(mark);
    if (!known || known.kind !== shown.kind) return { problem: CredentialUnknown };
    if (shown.kind === 'secret' && known.username !== shown.username) return { problem: CredentialUnknown };
    const { thing } = known.admitted;
    if (known.revoked) return { problem: CredentialRevoked, thing };
    if (known.whitelist !== 'admitted') return { problem: DeviceNotListed, detail: known.whitelist, thing };
    if (!acceptsCredential(known.model, known.kind)) return { problem: CredentialUnknown, detail: 'policy', thing };
    return known.admitted;
  }

  /** A device behind a gateway: one the gateway contains, by code or name. Others are refused (H-11.2-g-1). */
  async function child(gateway: { thing: number }, name: string): Promise<AdmittedThing | DeniedThing> {
    if (name.length === 0 || name.length > 200) return { problem: DeviceNotListed };
    const known = await byName.get(`${gateway.thing} ${name}`);
    if (!known) return { problem: DeviceNotListed, device: name };
    const { thing } = known.admitted;
    if (known.whitelist !== 'admitted')
      return { problem: DeviceNotListed, detail: known.whitelist, device: name, thing };
    if (!maySpeakThroughGateway(known.model))
      return { problem: DeviceNotListed, detail: 'policy', device: name, thing };
    return known.admitted;
  }

  return {
    admit,
    child,
    /** Calls back with each thing that lost its right, or whose rights changed. */
    onRevoked: (listen: (thing: number) => void): (() => void) => {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
  };
}

export type ThingAdmission = ReturnType<typeof createAdmission>;
