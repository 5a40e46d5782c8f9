import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Actor, type Scope, systemActor } from '@keystead/contracts/access';
import { firmwareStatement } from '@keystead/contracts/firmware';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import type { RecordsService } from '@keystead/data/records';
import { type Query, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  type FirmwarePackage,
  largestPackage,
  PackageInUse,
  PackageMissing,
  PackageTaken,
  PackageUnfit,
  SignatureWrong,
} from './package.ts';
import { isSignedBy } from './signer.ts';
import { mustReachAll, type Signers } from './signers.ts';

export interface NewPackage {
  title: string;
  version: string;
  models: readonly string[];
  /** Base64. */
  signature: string;
  note: string;
  bytes: Buffer;
}

interface Deps extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  records: Pick<RecordsService, 'put' | 'open'>;
  signers: Pick<Signers, 'list'>;
}

const columns =
  sql.raw(`p.id, p.title, p.version, p.models, p.size, p.hash, p.signature, p.signer, s.name as "signerName", s.algorithm,
  s.fingerprint, s.ended_at is null as trusted, p.record, p.note, p.made_at as "madeAt", p.made_by as "madeBy",
  p.withdrawn_at as "withdrawnAt"`);
const mostListed = 500;

export const packageQuery = (where: ReturnType<typeof sql<unknown>>): Query<FirmwarePackage> => sql<FirmwarePackage>`
  select ${columns} from firmware.package p join firmware.signer s on s.id = p.signer where ${where}`;

const isTaken = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === '23505';

/** Packages of firmware: kept when a trusted key has signed them, and not otherwise (H-6.1-4). */
export function createPackages({ db, clock, audit, records, signers }: Deps) {
  /** Throws SignatureWrong whatever of it was changed, PackageTaken, InputInvalid, NotAllowed. */
  async function add(actor: Actor, wanted: NewPackage): Promise<FirmwarePackage> {
    mustReachAll(actor);
    const { title, version, signature, note, bytes } = wanted;
    const models = [...new Set(wanted.models)].sort();
    if (bytes.length === 0 || bytes.length > largestPackage)
      throw new InputInvalid({ in: 'body', most: largestPackage }, [{ pointer: '', code: 'too-long' }]);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const statement = firmwareStatement({ title, version, models, size: bytes.length, hash });
    const signer = (await signers.list(actor)).find(({ algorithm, publicKey }) =>
      isSignedBy({ algorithm, text: publicKey }, statement, signature),
    );
    const now = clock.now();
    if (!signer) {
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, {
          action: 'firmware.refuse',
          subject: `firmware:${title} ${version}`.slice(0, 120),
          outcome: 'refused',
          detail: { title, version, models, hash },
        }),
      );
      throw new SignatureWrong();
    }
    const id = newId(now.getTime());
    try {
      return await db.transaction(actor.scope, async (tx) => {
        const record = await records.put(tx, actor, {
          name: `${title} ${version}`,
          mediaType: 'application/octet-stream',
          program: true,
          subject: `firmware:${id}`,
          place: '',
          storeLevel: 1,
          retentionYears: 10,
          content: Readable.from([bytes]),
          most: largestPackage,
        });
        await tx.run(sql`insert into firmware.package (id, organisation, title, version, models, size, hash, signature, signer, record, note,
            made_at, made_by)
          values (${id}, ${actor.scope.organisation}, ${title}, ${version}, ${models}::text[], ${bytes.length}, ${hash}, ${signature},
            ${signer.id}, ${record.id}, ${note}, ${now}, ${actor.name})`);
        const detail = { title, version, models, size: bytes.length, hash, signer: signer.fingerprint };
        await audit.add(tx, actor, { action: 'firmware.add', subject: `firmware:${id}`, detail });
        return tx.one(packageQuery(sql`p.id = ${id}`), () => new PackageMissing({ id }));
      });
    } catch (cause) {
      throw isTaken(cause) ? new PackageTaken({ title, version }) : cause;
    }
  }

  const list = (actor: Actor): Promise<FirmwarePackage[]> =>
    db.read(actor.scope, packageQuery(sql`true order by p.made_at desc limit ${mostListed}`));

  /** Throws PackageMissing. */
  async function get(scope: Scope, id: string): Promise<FirmwarePackage> {
    const [found] = await db.read(scope, packageQuery(sql`p.id = ${id}`));
    if (!found) throw new PackageMissing({ id });
    return found;
  }

  /** One that may be offered. Throws PackageMissing, PackageUnfit. */
  async function fit(scope: Scope, id: string): Promise<FirmwarePackage> {
    const found = await get(scope, id);
    if (found.withdrawnAt || !found.trusted) throw new PackageUnfit({ id });
    return found;
  }

  /** Offered no more; what was said of it stays. Throws PackageMissing, PackageInUse, NotAllowed. */
  async function withdraw(actor: Actor, id: string): Promise<void> {
    mustReachAll(actor);
    await db.transaction(actor.scope, async (tx) => {
      const found = await tx.one(packageQuery(sql`p.id = ${id} for update of p`), () => new PackageMissing({ id }));
      const open = await tx.all(
        sql`select 1 from firmware.campaign where package = ${id} and ended_at is null limit 1`,
      );
      if (open.length > 0) throw new PackageInUse({ id });
      if (found.withdrawnAt) return;
      await tx.run(sql`update firmware.package set withdrawn_at = ${clock.now()} where id = ${id}`);
      const detail = { title: found.title, version: found.version };
      await audit.add(tx, actor, { action: 'firmware.withdraw', subject: `firmware:${id}`, detail });
    });
  }

  /** Its bytes, for the gateway; the stream fails when they are not those that were signed. */
  async function content(organisation: string, record: string) {
    const actor = systemActor('firmware', organisation as Scope['organisation']);
    return (await records.open(actor, record)).content;
  }

  return { add, list, get, fit, withdraw, content };
}

export type Packages = ReturnType<typeof createPackages>;
