import { X509Certificate } from 'node:crypto';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotFound, problem } from '@keystead/contracts/problem';
import { sql } from '@keystead/kernel/db';
import { CertificateUntrusted, checkAuthority, followChain, namesOf } from './certificate-chain.ts';
import { checkCertificateProfile, type ProfileFinding } from './certificate-profile.ts';
import { acceptsCredential, CredentialUnknown, DeviceNotListed, markOfCertificate } from './credential.ts';
import { locked, type ThingDeps } from './service.ts';
import { mustReachAll } from './thing.ts';
import type { DeniedThing } from './verdict.ts';

/** This authority is trusted already. */
export class AuthorityTaken extends problem('authority-taken', 409) {}

export interface AuthorityView {
  id: string;
  name: string;
  subject: string;
  fingerprint: string;
  notAfter: string;
  madeAt: string;
  madeBy: string;
}

interface Trusted {
  id: string;
  organisation: OrganisationId;
  name: string;
  certificate: X509Certificate;
}

const mostAuthorities = 20;
const mostLiveOfOne = 20;
const plainOf = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/**
 * Authorities whose certificates an organisation's devices may show (H-11.2-e). The first time such a certificate is
 * shown it is enrolled as a credential of the thing it names, so that it is listed and ended like every other.
 */
export function createAuthorities(deps: ThingDeps) {
  const { db, clock, audit, changes, models } = deps;
  let trusted: Promise<Trusted[]> | undefined;
  changes.on(({ kind }) => {
    if (kind === 'all' || kind === 'missed') trusted = undefined;
  });

  const all = (): Promise<Trusted[]> => {
    trusted ??= db
      .systemRead(sql<Omit<Trusted, 'certificate'> & { pem: string }>`
        select id, organisation, name, pem from things.device_authority where ended_at is null`)
      .then(
        (rows) => rows.map(({ pem, ...row }) => ({ ...row, certificate: new X509Certificate(pem) })),
        (cause) => {
          trusted = undefined;
          throw cause;
        },
      );
    return trusted;
  };

  /** Trusts an authority from now on. Throws AuthorityInvalid, AuthorityTaken. */
  async function add(actor: Actor, { name, pem }: { name: string; pem: string }): Promise<AuthorityView> {
    mustReachAll(actor);
    const now = clock.now();
    const certificate = checkAuthority(pem, now);
    const { organisation } = actor.scope;
    const fingerprint = plainOf(certificate.fingerprint256);
    const id = newId(now.getTime());
    const subject = certificate.subject.replaceAll('\n', ', ').slice(0, 500);
    await db.transaction(actor.scope, async (tx) => {
      const standing = await tx.all(
        sql<{ fingerprint: string }>`select fingerprint from things.device_authority where ended_at is null`,
      );
      if (standing.length >= mostAuthorities || standing.some((each) => each.fingerprint === fingerprint))
        throw new AuthorityTaken({ limit: mostAuthorities });
      await tx.run(sql`insert into things.device_authority (id, organisation, name, subject, fingerprint, pem, not_after, made_at, made_by)
        values (${id}, ${organisation}, ${name}, ${subject}, ${fingerprint}, ${certificate.toString()}, ${certificate.validToDate}, ${now}, ${actor.name})`);
      await changes.announce(tx, 0, 'all');
      const detail = { name, subject, fingerprint };
      await audit.add(tx, actor, { action: 'thing.authority-add', subject: `authority:${id}`, detail });
    });
    return {
      id,
      name,
      subject,
      fingerprint,
      notAfter: certificate.validToDate.toISOString(),
      madeAt: now.toISOString(),
      madeBy: actor.name,
    };
  }

  /** Ends the trust, and with it every certificate enrolled through it; their sessions are cut. Throws NotFound. */
  async function end(actor: Actor, id: string): Promise<void> {
    mustReachAll(actor);
    const now = clock.now();
    await db.transaction(actor.scope, async (tx) => {
      const touched = await tx.run(
        sql`update things.device_authority set ended_at = ${now} where id = ${id} and ended_at is null`,
      );
      if (touched === 0) throw new NotFound({ id });
      const cut = await tx.all(sql<{ thing: number }>`
        update things.credential set revoked_at = ${now} where authority = ${id} and revoked_at is null returning thing`);
      for (const { thing } of cut) await changes.announce(tx, thing, 'right');
      await changes.announce(tx, 0, 'all');
      const detail = { certificates: cut.length };
      await audit.add(tx, actor, { action: 'thing.authority-end', subject: `authority:${id}`, detail });
    });
  }

  async function list(actor: Actor): Promise<AuthorityView[]> {
    type Raw = Omit<AuthorityView, 'notAfter' | 'madeAt'> & { notAfter: Date; madeAt: Date };
    const rows = await db.read(
      actor.scope,
      sql<Raw>`select id, name, subject, fingerprint, not_after as "notAfter", made_at as "madeAt", made_by as "madeBy"
        from things.device_authority where ended_at is null order by made_at desc limit ${mostAuthorities}`,
    );
    return rows.map((row) => ({ ...row, notAfter: row.notAfter.toISOString(), madeAt: row.madeAt.toISOString() }));
  }

  /** Checks a chain of SM2 certificates before a thing is accepted; the outcome is in the journal. Throws ThingMissing. */
  async function checkProfile(
    actor: Actor,
    thingId: string,
    { chain, roots }: { chain: readonly string[]; roots: readonly string[] },
  ): Promise<ProfileFinding[]> {
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, thingId);
      const model = await models.pick(tx, thing.organisation, thing.family, thing.modelVersion);
      const findings = checkCertificateProfile({ code: thing.code, model }, chain, roots, clock.now());
      await audit.add(tx, actor, {
        action: 'thing.certificate-check',
        subject: `thing:${thing.id}`,
        place: thing.place,
        detail: { number: thing.code, findings },
      });
      return findings;
    });
  }

  /** Undefined = enrolled, ask again; else why not. `chain`: DER, leaf first. */
  async function enrol(chain: readonly Buffer[]): Promise<DeniedThing | undefined> {
    const known = await all();
    if (known.length === 0) return { problem: CredentialUnknown };
    let shown: X509Certificate[];
    try {
      shown = chain.slice(0, 5).map((each) => new X509Certificate(each));
    } catch {
      return { problem: CredentialUnknown };
    }
    const [leaf] = shown;
    if (!leaf) return { problem: CredentialUnknown };
    const now = clock.now();
    const found = followChain(
      shown,
      known.map(({ certificate }) => certificate),
      now,
    );
    if ('fault' in found)
      return found.fault === 'no-authority'
        ? { problem: CredentialUnknown }
        : { problem: CertificateUntrusted, detail: found.fault };
    const authority = known[found.authority];
    return authority ? keep(leaf, authority, now) : { problem: CredentialUnknown };
  }

  async function keep(leaf: X509Certificate, authority: Trusted, now: Date): Promise<DeniedThing | undefined> {
    const { organisation } = authority;
    const names = namesOf(leaf);
    const [thing] = await db.systemRead(sql<{
      number: number;
      id: string;
      code: string;
      place: string;
      family: string;
      version: number;
      live: number;
    }>`
      select t.number, t.id, t.code, t.place, t.family, t.model_version as version,
        (select count(*) from things.credential c where c.thing = t.number and c.authority is not null and c.revoked_at is null) as live
      from things.thing t where t.organisation = ${organisation} and t.code = any(${names}) order by t.number limit 1`);
    if (!thing) return { problem: DeviceNotListed, detail: 'no thing of this name' };
    const model = await models.of(organisation, thing.family, thing.version);
    if (!acceptsCredential(model, 'certificate')) return { problem: CredentialUnknown, detail: 'policy' };
    if (thing.live >= mostLiveOfOne)
      return { problem: CertificateUntrusted, detail: 'too-many-certificates', thing: thing.number };
    const print = plainOf(leaf.fingerprint256);
    const id = newId(now.getTime());
    await db.systemTransaction(async (tx) => {
      const made = await tx.run(sql`
        insert into things.credential (id, organisation, thing, kind, mark, hint, issued_at, issued_by, authority, expires_at)
        values (${id}, ${organisation}, ${thing.number}, 'certificate', ${markOfCertificate(print)}, ${print.slice(-8)}, ${now},
          ${authority.name}, ${authority.id}, ${leaf.validToDate}) on conflict do nothing`);
      await changes.announce(tx, thing.number, 'thing');
      if (made === 0) return;
      await audit.add(tx, systemActor('gateway', organisation), {
        action: 'thing.certificate-enrol',
        subject: `thing:${thing.id}`,
        kind: 'device',
        place: thing.place,
        detail: { number: thing.code, credentialId: id, authority: authority.id },
      });
    });
    return undefined;
  }

  return { add, end, list, enrol, checkProfile };
}

export type Authorities = ReturnType<typeof createAuthorities>;
