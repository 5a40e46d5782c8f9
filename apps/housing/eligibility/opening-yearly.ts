import type { PolicyService } from '@keystead/apps/housing/policy';
import { type Actor, systemActor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { workingDaysAfter } from './deadlines.ts';
import * as store from './yearly-store.ts';

const dayMs = 86_400_000;
const shown = 20;

/** `before` a day, or those that are near by the pack of each place (`undefined`), or near ones before a day. */
export type YearlyWish = string | { readonly near: true; readonly before?: string };

/** Yearly reviews 年审 (H-9.2.2-a): opened for all leases at once, each place by its own pack. */
export function createOpeningYearly({
  db,
  clock,
  audit,
  policy,
}: Pick<Kernel, 'db' | 'clock' | 'audit'> & { policy: PolicyService }) {
  const spanOf = (wish: YearlyWish): store.YearlySpan => ({
    today: localDate(clock.now()),
    before: typeof wish === 'string' ? wish : (wish.before ?? null),
    near: typeof wish !== 'string',
  });

  /** What every pack in force says of them, asked once for all leases. */
  async function rulesOf(tx: Tx, organisation: string): Promise<store.YearlyRule[]> {
    const at = clock.now();
    return (await policy.everywhere(tx, organisation, at)).map(({ place, rules }) => ({
      ...{ place, pack: rules.id, months: rules.value('review-interval-months') },
      near: localDate(new Date(at.getTime() + rules.value('review-before-days') * dayMs)),
      answerBy: workingDaysAfter(at, rules.value('review-answer-days')).toISOString(),
    }));
  }

  const aheadIn = (tx: Tx, actor: Actor, rules: readonly store.YearlyRule[], wish: YearlyWish) =>
    tx.all(store.yearlyAhead(actor.scope, rules, spanOf(wish), shown));

  /** Answers how many were opened and how many leases are left without one after that: none. */
  const openYearly = (actor: Actor, wish: YearlyWish): Promise<{ opened: number; missing: number }> =>
    db.transaction(actor.scope, async (tx) => {
      const rules = await rulesOf(tx, actor.scope.organisation);
      const opened = await tx.all(store.openYearly(actor.scope, rules, spanOf(wish), clock.now()));
      const [left] = await aheadIn(tx, actor, rules, wish);
      if (opened.length > 0 || actor.kind !== 'system')
        await audit.add(tx, actor, {
          action: 'eligibility.open-yearly',
          subject: `organisation:${actor.scope.organisation}`,
          detail: { ...spanOf(wish), opened: opened.length },
        });
      return { opened: opened.length, missing: left?.total ?? 0 };
    });

  return {
    openYearly,

    /** What opening them would open: how many, and the first of them. */
    yearlyAhead: (actor: Actor, wish: YearlyWish) =>
      db.transaction(actor.scope, async (tx) => {
        const rows = await aheadIn(tx, actor, await rulesOf(tx, actor.scope.organisation), wish);
        return { count: rows[0]?.total ?? 0, first: rows.map(({ total: _, ...row }) => row) };
      }),

    /** Reviews that are near: every organisation that lets homes and has no plan for it, as many days ahead as the pack of the place says. */
    openNear: async (isPlanned: (organisation: string) => Promise<boolean> = async () => false): Promise<number> => {
      let opened = 0;
      for (const { organisation } of await db.systemRead(store.lettingOrganisations)) {
        if (await isPlanned(organisation)) continue;
        opened += (await openYearly(systemActor('eligibility.open-near', organisation), { near: true })).opened;
      }
      return opened;
    },
  };
}

export type OpeningYearly = ReturnType<typeof createOpeningYearly>;
