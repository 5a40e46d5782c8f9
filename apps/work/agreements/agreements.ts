import type { Actor } from '@keystead/contracts/access';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { openSigner, type Signer } from '@keystead/kernel/security/audit';
import type { Agreement } from './agreement.ts';
import { createFees } from './fees.ts';
import { createHistory } from './history.ts';
import type { AgreementKind } from './kind.ts';
import { AgreementMissing } from './problems.ts';
import { type AgreementFollower, createAgreementWork } from './service.ts';
import { createSigning, type Evidence } from './signing.ts';
import * as store from './store.ts';
import { createWatch } from './watch.ts';

/** Agreements of every kind; the modules that know a kind register it and say what its terms mean. */
export function createAgreements(kernel: Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox' | 'settings'>) {
  const kinds = new Map<string, AgreementKind>();
  const followers = new Map<string, AgreementFollower>();
  const parts = { ...kernel, kinds, followers };
  const work = createAgreementWork(parts);
  let known: Signer | undefined;
  const signer = (): Signer => {
    known ??= openSigner(kernel.settings.DATA_DIR);
    return known;
  };

  async function get(actor: Actor, id: string): Promise<Agreement> {
    const [found] = await kernel.db.read(actor.scope, store.byId(actor.scope, id));
    if (!found) throw new AgreementMissing({ id });
    return found;
  }
  // What hangs on it is read once it is known to be within the actor's reach.
  const after = async <Row>(actor: Actor, id: string, query: Parameters<typeof kernel.db.read<Row>>[1]) => {
    await get(actor, id);
    return kernel.db.read(actor.scope, query);
  };

  return {
    ...work,
    ...createSigning({ ...parts, ...work, signer }),
    /** Statements other modules keep as evidence, under the same seal as signatures of agreements. */
    evidence: {
      seal: (statement: string): Evidence => ({ statement, seal: signer().sign(statement) }),
      /** Whether it is what was sealed; `statement` is what the reader makes of the facts as they stand now. */
      holds: (evidence: Evidence, statement: string): boolean =>
        evidence.statement === statement && signer().verify(evidence.statement, evidence.seal),
    },
    setFee: createFees({ ...parts, ...work }),
    pass: createWatch({ ...parts, ...work }),
    importHistory: createHistory(kinds),
    register: (kind: AgreementKind): void => void kinds.set(kind.name, kind),
    /** What must happen with every step of a kind, in the same transaction: one follower, the module of the kind. */
    follow: (kind: string, follower: AgreementFollower): void => void followers.set(kind, follower),
    kind: (name: string): AgreementKind | undefined => kinds.get(name),
    get,
    lock: (tx: Tx, actor: Actor, id: string) => store.lock(tx, actor.scope, id),
    list: (actor: Actor, filter: store.AgreementFilter) =>
      kernel.db.read(actor.scope, store.listed(actor.scope, filter)),
    versions: (actor: Actor, id: string) => after(actor, id, store.versionsOf(id)),
    fees: (actor: Actor, id: string) => after(actor, id, store.feesOf(id)),
    feeChanges: (actor: Actor, id: string) => after(actor, id, store.feeChangesOf(id)),
    /** For bill runs: agreements that touch a span of days, with their fees. */
    billable: (tx: Tx, organisation: string, asked: Parameters<typeof store.billable>[1]) =>
      tx.all(store.billable(organisation, asked)),
  };
}

export type AgreementsService = ReturnType<typeof createAgreements>;
