import { type Actor, inScope } from '@keystead/contracts/access';
import { type FieldError, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import type { Measured } from './lifecycle.ts';

/** One value that is measured with a tool before a device goes into service (I-5.2.3-c). */
export interface CommissioningPoint {
  readonly item: string;
  readonly unit?: string;
  readonly low?: number;
  readonly high?: number;
  /** Tool it is measured with. */
  readonly tool?: string;
}

export interface CommissioningList {
  readonly family: string;
  readonly points: readonly CommissioningPoint[];
  readonly changedBy: string;
}

const limited = ({ low, high }: CommissioningPoint): boolean => low !== undefined || high !== undefined;
const decimal = /^[+-]?\d+(\.\d+)?$/;

/**
 * What a test lacks against the list of its family: each point measured, each number within its limits. Who tested does not
 * decide that a number is good enough.
 */
export function testFaults(points: readonly CommissioningPoint[], measured: readonly Measured[]): FieldError[] {
  return points.flatMap((point): FieldError[] => {
    const { item, low, high } = point;
    const at = measured.findIndex((each) => each.item === item);
    const said = measured[at]?.value.trim();
    if (said === undefined || said === '') return [{ pointer: '/evidence/measured', code: 'required', detail: item }];
    if (!limited(point)) return [];
    const pointer = `/evidence/measured/${at}/value`;
    if (!decimal.test(said)) return [{ pointer, code: 'number', detail: item }];
    const value = Number(said);
    const kept = (low === undefined || value >= low) && (high === undefined || value <= high);
    return kept ? [] : [{ pointer, code: 'out-of-limits', detail: item }];
  });
}

/** Lists of what is measured at commissioning, by family. */
export function createCommissioning({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  const pointsOf = async (tx: Tx, organisation: string, family: string): Promise<readonly CommissioningPoint[]> => {
    const found = await tx.maybe(sql<CommissioningList>`
      select family, points, changed_by as "changedBy" from things.commissioning
      where organisation = ${organisation} and family = ${family}`);
    return found?.points ?? [];
  };

  return {
    pointsOf,

    list: (actor: Actor): Promise<CommissioningList[]> =>
      db.read(
        actor.scope,
        sql<CommissioningList>`select family, points, changed_by as "changedBy" from things.commissioning
          where organisation = ${actor.scope.organisation} order by family`,
      ),

    /** Sets the list of a family for tests from now on; an empty one takes it away. Throws InputInvalid, NotAllowed below the organisation. */
    set: (actor: Actor, family: string, points: readonly CommissioningPoint[]): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
        const faults = points.flatMap(({ item, low, high }, at): FieldError[] => [
          ...(low !== undefined && high !== undefined && low > high
            ? [{ pointer: `/points/${at}/low`, code: 'above-high' }]
            : []),
          ...(points.findIndex((each) => each.item === item) < at
            ? [{ pointer: `/points/${at}/item`, code: 'duplicate' }]
            : []),
        ]);
        if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
        const { organisation } = actor.scope;
        const before = await pointsOf(tx, organisation, family);
        await tx.run(
          points.length === 0
            ? sql`delete from things.commissioning where organisation = ${organisation} and family = ${family}`
            : sql`insert into things.commissioning (organisation, family, points, changed_at, changed_by)
                values (${organisation}, ${family}, ${JSON.stringify(points)}, ${clock.now()}, ${actor.name})
                on conflict (organisation, family) do update set points = excluded.points,
                  changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        );
        await audit.add(tx, actor, {
          action: 'commissioning.set',
          subject: `family:${family}`,
          detail: { from: before.length, to: points.length },
        });
      }),
  };
}

export type Commissioning = ReturnType<typeof createCommissioning>;
