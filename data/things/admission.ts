import type { ThingModel } from '@keystead/contracts/thing-model';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import type { Authorities } from './authorities.ts';
import type { Changes } from './changes.ts';
import {
  acceptsCredential,
  CredentialExpired,
  type CredentialKind,
  CredentialRevoked,
  CredentialUnknown,
  DeviceNotListed,
  markOf,
  markOfCertificate,
  maySpeakThroughGateway,
} from './credential.ts';
import type { DeviceSecrets } from './device-secrets.ts';
import type { FirstUse } from './first-use.ts';
import { Lookup } from './lookup.ts';
import type { Models } from './models.ts';
import type { Nonces } from './nonces.ts';
import { fits, isStale, NonceReplayed, SignatureStale, SignatureWrong, type Signed } from './signature.ts';
import { createSigners } from './signers.ts';
import { isGateway } from './thing.ts';
import type { AdmittedThing, DeniedThing, Standing } from './verdict.ts';
import type { Whitelist } from './whitelist.ts';

/** What a device shows; one kind for each class of hardware (H-11.2-d). */
export type Shown =
  | { kind: 'token'; token: string }
  | { kind: 'secret'; username: string; password: string; clientId: string }
  /** `chain`: DER of what was shown, leaf first; without it only a listed fingerprint is known. */
  | { kind: 'certificate'; fingerprint: string; subject: string; chain?: readonly Buffer[] }
  | ({ kind: 'signature' } & Signed);

/** A credential with the thing it belongs to, ready to be judged without another question. */
interface Known {
  /** Undefined for a device behind a gateway. */
  credential: string | undefined;
  kind: CredentialKind;
  username: string | null;
  used: boolean;
  revoked: boolean;
  expires: Date | null;
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
export function createAdmission(deps: {
  db: Db;
  clock: Clock;
  models: Models;
  changes: Changes;
  markKey: () => Promise<Buffer>;
  secrets: DeviceSecrets;
  /** ms by which the clock of a device that signs may be from ours. */
  window: number;
  nonces: Nonces;
  firstUse: FirstUse;
  authorities: Pick<Authorities, 'enrol'>;
}) {
  const { db, clock, models, changes, markKey, window, nonces, firstUse, authorities } = deps;

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
        Standing &
          Pick<Known, 'kind' | 'username' | 'used' | 'revoked' | 'expires'> & { mark: string; credential: string }
      >`
        select encode(c.mark, 'hex') as mark, c.id as credential, c.kind, c.username, c.first_used_at is not null as used,
          c.revoked_at is not null as revoked, c.expires_at as expires, ${standing}
        from things.credential c join things.thing t on t.number = c.thing
        where c.mark = any(${marks.map((mark) => Buffer.from(mark, 'hex'))}::bytea[])`);
      const found = new Map<string, Known>();
      for (const row of rows) {
        const { credential, kind, username, used, revoked, expires, whitelist } = row;
        const owners = [row.number];
        found.set(row.mark, {
          ...{ credential, kind, username, used, revoked, expires, whitelist, owners },
          ...(await admittedOf(row)),
        });
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
          credential: undefined,
          kind: 'token',
          username: null,
          used: true,
          revoked: false,
          expires: null,
          whitelist: row.whitelist,
          owners,
          ...(await admittedOf(row)),
        });
      }
      return found;
    },
  });

  const signers = createSigners({
    db,
    secrets: deps.secrets,
    standing,
    admittedOf: async (row) => (await admittedOf(row)).admitted,
  });

  const listeners = new Set<(thing: number) => void>();
  const tellRevoked = (thing: number) => {
    for (const listen of listeners) listen(thing);
  };
  changes.on(({ thing, kind }) => {
    if (kind === 'shared') return;
    // Whoever was admitted from memory shows what he has again after a time in which nobody could look.
    const doubtful = kind === 'missed' ? new Set([...byMark.owners(), ...byName.owners(), ...signers.owners()]) : [];
    for (const lookup of [byMark, byName, signers]) {
      if (kind === 'all' || kind === 'missed') lookup.clear();
      else lookup.forget(thing);
    }
    if (kind === 'right') tellRevoked(thing);
    for (const each of doubtful) tellRevoked(each);
  });

  async function markShown(shown: Exclude<Shown, { kind: 'signature' }>): Promise<string | undefined> {
    if (shown.kind === 'certificate') {
      const mark = markOfCertificate(shown.fingerprint);
      return mark.length === 32 ? mark.toString('hex') : undefined;
    }
    return markOf(await markKey(), shown.kind === 'token' ? shown.token : shown.password).toString('hex');
  }

  /** Written down before it is let in, so that what hangs on the first use can rely on it. */
  async function use(credential: { used: boolean }, id: string | undefined): Promise<void> {
    if (credential.used || id === undefined) return;
    credential.used = await firstUse.mark(id);
  }

  /** Signed rightly, now, and never before; told apart only to those who hold the secret. */
  async function admitSigned(signed: Signed): Promise<AdmittedThing | DeniedThing> {
    const known = await signers.get(signed.code);
    if (!known) return { problem: CredentialUnknown };
    const signer = known.all.find((each) => fits(each.secret, signed));
    if (!signer) return { problem: SignatureWrong };
    const { thing, model } = signer.admitted;
    if (signer.revoked) return { problem: CredentialRevoked, thing };
    if (signer.whitelist !== 'admitted') return { problem: DeviceNotListed, detail: signer.whitelist, thing };
    if (!acceptsCredential(model, 'signature')) return { problem: CredentialUnknown, detail: 'policy', thing };
    if (isStale(signed.timestamp, clock.now(), window)) return { problem: SignatureStale, thing };
    if (!(await nonces.take(thing, signed.nonce))) return { problem: NonceReplayed, thing };
    await use(signer, signer.credential);
    return signer.admitted;
  }

  /** Who shows this, if it may speak. */
  async function admit(shown: Shown, _peer: string): Promise<AdmittedThing | DeniedThing> {
    if (shown.kind === 'signature') return admitSigned(shown);
    const mark = await markShown(shown);
    let known = mark === undefined ? undefined : await byMark.get(mark);
    if (!known && mark !== undefined && shown.kind === 'certificate' && shown.chain) {
      const denied = await authorities.enrol(shown.chain);
      if (denied) return denied;
      known = await byMark.get(mark);
    }
    if (!known || known.kind !== shown.kind) return { problem: CredentialUnknown };
    if (shown.kind === 'secret' && known.username !== shown.username) return { problem: CredentialUnknown };
    const { thing } = known.admitted;
    if (known.revoked) return { problem: CredentialRevoked, thing };
    if (known.whitelist !== 'admitted') return { problem: DeviceNotListed, detail: known.whitelist, thing };
    if (!acceptsCredential(known.model, known.kind)) return { problem: CredentialUnknown, detail: 'policy', thing };
    if (known.expires && known.expires <= clock.now()) return { problem: CredentialExpired, thing };
    await use(known, known.credential);
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
