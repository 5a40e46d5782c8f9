import type { PolicyInForce } from '@keystead/apps/housing/policy';
import type { RiskService } from '@keystead/apps/housing/risk';
import type { Agreement } from '@keystead/apps/work/agreements';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { ExitKind, ViolationGround } from './kinds.ts';

/** The home has not stood idle as long as the policy asks, by its door and meters; somebody has to say what he found there. */
export class ExitIdleShort extends problem('exit-idle-short', 409) {}

/** What a violation goes by, as it is kept with the exit; `facts` go to the journal. */
export interface Grounds {
  readonly ground: ViolationGround | null;
  readonly finding: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

interface Wish {
  readonly kind: ExitKind;
  readonly ground?: ViolationGround | undefined;
  readonly finding?: string | undefined;
}

/** The ground of a violation is said; idleness is borne out by facts, or by what an officer found. Facts alone order nothing. */
export const createGrounds =
  (risk: Pick<RiskService, 'idleIn'>) =>
  /** Throws InputInvalid without a ground, ExitIdleShort. */
  async (tx: Tx, lease: Agreement, wish: Wish, rules: PolicyInForce): Promise<Grounds> => {
    if (wish.kind !== 'violation') return { ground: null, finding: null, facts: {} };
    const { ground, finding = null } = wish;
    if (ground === undefined) throw new InputInvalid({ in: 'body' }, [{ pointer: '/ground', code: 'required' }]);
    if (ground !== 'idle') return { ground, finding, facts: { ground, finding } };
    const { organisation, place, subject: house, startsOn: leasedOn } = lease;
    const { days, since, limit, policy } = await risk.idleIn(tx, { organisation, place, house, leasedOn });
    if (days < limit && finding === null) throw new ExitIdleShort({ days, limit, months: policy.value });
    return { ground, finding, facts: { ground, finding, idleDays: days, idleSince: since, limit, policy: rules.id } };
  };
