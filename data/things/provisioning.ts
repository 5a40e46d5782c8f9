import { randomUUID } from 'node:crypto';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotFound, type ProblemClass, problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import { Value } from 'typebox/value';
import { acceptsCredential, type CredentialKind, markOf, newSecret } from './credential.ts';
import type { Credentials } from './credentials.ts';
import type { ThingIntake } from './intake.ts';
import { CodeText } from './schemas.ts';
import { locked, type Telling, type ThingDeps } from './service.ts';
import { mustReachAll, type Thing } from './thing.ts';
import type { DeniedThing } from './verdict.ts';

/** No such key, not its secret, or it is not open: told alike to whoever asks. */
export class ProvisionKeyUnknown extends problem('provision-key-unknown', 401) {}
/** The key is over: its time, or the number of devices it was made for. */
export class ProvisionKeySpent extends problem('provision-key-spent', 403) {}
/** No thing of this name and type is waiting to be registered. */
export class NotPreregistered extends problem('not-preregistered', 403) {}
/** The thing has a credential already, and has used it or was given it by a person. */
export class AlreadyRegistered extends problem('already-registered', 409) {}

export interface ProvisionKeyView {
  id: string;
  family: string;
  key: string;
  allowNew: boolean;
  enabled: boolean;
  expiresAt: string;
  most: number;
  used: number;
  madeAt: string;
  madeBy: string;
}

export interface ProvisionKeyWish {
  family: string;
  /** Days from now. */
  days: number;
  /** Devices it may register. */
  most: number;
  enabled?: boolean;
  allowNew?: boolean;
}

export interface ProvisionAsked {
  deviceName: string;
  key: string;
  secret: string;
  kind: 'token' | 'secret' | 'signature';
}

export interface ProvisionGiven {
  kind: ProvisionAsked['kind'];
  username: string | null;
  value: string;
}

interface Key {
  id: string;
  organisation: OrganisationId;
  family: string;
  allowNew: boolean;
  expiresAt: Date;
  most: number;
  used: number;
}

const dayMs = 86_400_000;
/** States in which a thing waits for its first word. */
const waitingStates = new Set(['planned', 'purchased', 'stored', 'installed']);

/**
 * Dynamic registration (一型一密, H-11.2-f): the devices of one product share a key that only ever buys each of them a
 * secret of its own, and only while nobody has used that secret yet.
 */
export function createProvisioning(
  deps: ThingDeps & {
    tell: Telling;
    markKey: () => Promise<Buffer>;
    credentials: Pick<Credentials, 'issueMany'>;
    intake: ThingIntake;
  },
) {
  const { db, clock, audit, models, changes, tell, markKey, credentials, intake } = deps;

  /** Makes a key, shut unless said otherwise; its secret is in the answer and nowhere else. Throws ModelMissing. */
  async function makeKey(actor: Actor, wish: ProvisionKeyWish): Promise<ProvisionKeyView & { secret: string }> {
    mustReachAll(actor);
    const now = clock.now();
    const [id, key, secret] = [newId(now.getTime()), `pk-${randomUUID()}`, newSecret()];
    const { family, most, enabled = false, allowNew = false } = wish;
    const expires = new Date(now.getTime() + wish.days * dayMs);
    const mark = markOf(await markKey(), secret);
    await db.transaction(actor.scope, async (tx) => {
      const model = await models.pick(tx, actor.scope.organisation, family);
      if (!acceptsCredential(model, 'token'))
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/family', code: 'credential-kind-refused' }]);
      await tx.run(sql`insert into things.provision_key
        (id, organisation, family, key, mark, allow_new, enabled, expires_at, most, made_at, made_by)
        values (${id}, ${actor.scope.organisation}, ${family}, ${key}, ${mark}, ${allowNew}, ${enabled}, ${expires}, ${most}, ${now}, ${actor.name})`);
      const detail = { family, most, enabled, allowNew, expires: expires.toISOString() };
      await audit.add(tx, actor, { action: 'thing.provision-key', subject: `provision-key:${id}`, detail });
    });
    const times = { expiresAt: expires.toISOString(), madeAt: now.toISOString() };
    return { id, family, key, allowNew, enabled, most, used: 0, madeBy: actor.name, ...times, secret };
  }

  /** Opens or shuts a key. Throws NotFound. */
  async function openKey(actor: Actor, id: string, enabled: boolean): Promise<void> {
    mustReachAll(actor);
    await db.transaction(actor.scope, async (tx) => {
      if ((await tx.run(sql`update things.provision_key set enabled = ${enabled} where id = ${id}`)) === 0)
        throw new NotFound({ id });
      const subject = `provision-key:${id}`;
      await audit.add(tx, actor, { action: 'thing.provision-key-open', subject, detail: { enabled } });
    });
  }

  async function listKeys(actor: Actor): Promise<ProvisionKeyView[]> {
    type Raw = Omit<ProvisionKeyView, 'expiresAt' | 'madeAt'> & { expiresAt: Date; madeAt: Date };
    const rows = await db.read(
      actor.scope,
      sql<Raw>`select id, family, key, allow_new as "allowNew", enabled, expires_at as "expiresAt", most, used,
        made_at as "madeAt", made_by as "madeBy" from things.provision_key order by made_at desc limit 200`,
    );
    return rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString(), madeAt: row.madeAt.toISOString() }));
  }

  /** The thing that waits under this name, its row locked; made when the key allows it. */
  async function waiting(tx: Tx, actor: Actor, key: Key, name: string): Promise<Thing | undefined> {
    const [found] = await tx.all(
      sql<{ id: string }>`select id from things.thing where organisation = ${key.organisation} and code = ${name}`,
    );
    if (found) return locked(tx, actor, found.id);
    if (!key.allowNew || !Value.Check(CodeText, name)) return undefined;
    const draft = { code: name, name, family: key.family, state: 'installed' as const };
    const { ready } = await intake.examine(tx, actor, [{ line: 0, draft }]);
    const [made] = await intake.write(tx, actor, ready, null);
    if (!made) return undefined;
    const thing = await locked(tx, actor, made.id);
    await tell(tx, actor, thing, 'create', { detail: { name, family: key.family, provisionKey: key.id } });
    return thing;
  }

  async function judge(tx: Tx, thing: Thing, key: Key, kind: CredentialKind): Promise<ProblemClass | undefined> {
    if (thing.family !== key.family || !waitingStates.has(thing.state) || thing.whitelist !== 'admitted')
      return NotPreregistered;
    const model = await models.pick(tx, thing.organisation, thing.family, thing.modelVersion);
    if (!acceptsCredential(model, kind)) return NotPreregistered;
    const settled = await tx.all(sql<{ id: string }>`
      select id from things.credential where thing = ${thing.number}
        and (first_used_at is not null or (revoked_at is null and provisioned_by is null)) limit 1`);
    return settled.length > 0 ? AlreadyRegistered : undefined;
  }

  /**
   * Gives a device a secret of its own. Before its first login it may ask again, which ends the secret it was given;
   * after it, never. Every request under a known key is in the journal, the refused ones too.
   */
  async function provision(asked: ProvisionAsked, peer: string): Promise<ProvisionGiven | DeniedThing> {
    const mark = markOf(await markKey(), asked.secret);
    const [found] = await db.systemRead(sql<{ id: string; organisation: OrganisationId }>`
      select id, organisation from things.provision_key where key = ${asked.key} and mark = ${mark} and enabled`);
    if (!found) return { problem: ProvisionKeyUnknown };
    const actor: Actor = { ...systemActor('provisioning', found.organisation), from: peer };
    return db.transaction(actor.scope, async (tx) => {
      const key = await tx.one(
        sql<Key>`select id, organisation, family, allow_new as "allowNew", expires_at as "expiresAt", most, used
          from things.provision_key where id = ${found.id} for update`,
        () => new ProvisionKeyUnknown(),
      );
      const refused = async (kind: ProblemClass, thing?: Thing): Promise<DeniedThing> => {
        await audit.add(tx, actor, {
          action: 'thing.provision',
          subject: thing ? `thing:${thing.id}` : `provision-key:${key.id}`,
          kind: 'device',
          outcome: 'refused',
          place: thing?.place ?? '',
          detail: { number: asked.deviceName, problem: kind.type, key: key.id },
        });
        return { problem: kind, device: asked.deviceName, thing: thing?.number };
      };
      if (key.expiresAt <= clock.now() || key.used >= key.most) return refused(ProvisionKeySpent);
      const thing = await waiting(tx, actor, key, asked.deviceName);
      if (!thing) return refused(NotPreregistered);
      const fault = await judge(tx, thing, key, asked.kind);
      if (fault) return refused(fault, thing);
      return give(tx, actor, key, thing, asked.kind);
    });
  }

  async function give(
    tx: Tx,
    actor: Actor,
    key: Key,
    thing: Thing,
    kind: ProvisionAsked['kind'],
  ): Promise<ProvisionGiven> {
    const voided = await tx.run(
      sql`update things.credential set revoked_at = ${clock.now()} where thing = ${thing.number} and revoked_at is null`,
    );
    const [issued] = await credentials.issueMany(tx, actor, [{ thing, wish: { kind } }], { provisionedBy: key.id });
    if (!issued || issued.value === null) throw new Error('a credential was issued and not returned');
    // Asking again is the same device: it does not use the key up.
    if (voided === 0) await tx.run(sql`update things.provision_key set used = used + 1 where id = ${key.id}`);
    await changes.announce(tx, thing.number, 'right');
    await audit.add(tx, actor, {
      action: 'thing.provision',
      subject: `thing:${thing.id}`,
      kind: 'device',
      place: thing.place,
      detail: { number: thing.code, kind, credentialId: issued.id, voided, key: key.id },
    });
    return { kind, username: issued.username, value: issued.value };
  }

  return { makeKey, openKey, listKeys, provision };
}

export type ThingProvisioning = ReturnType<typeof createProvisioning>;
