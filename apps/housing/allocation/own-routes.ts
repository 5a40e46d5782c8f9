import { HouseholdMissing } from '@keystead/apps/housing/households';
import type { Actor } from '@keystead/contracts/access';
import { OwnPartyMissing } from '@keystead/data/parties';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { createOwnTurns } from './own.ts';
import { EntryMissing } from './plan.ts';
import { EntryView, entryView, IdText, IntentView, intentView, PlanStateSchema, When } from './schemas.ts';

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Fen = Type.Integer({ description: 'Fen' });
const TurnsView = Type.Object({
  entry: EntryView,
  /** Place on the list of the whole organisation, from 1; null once it waits no more. */
  position: Nullable(Type.Integer()),
  turns: Type.Array(
    Type.Object({
      plan: IdText,
      name: Type.String(),
      state: PlanStateSchema,
      intentUntil: When,
      intent: Nullable(IntentView),
      slotTo: Nullable(When),
      /** It may choose now. */
      open: Type.Boolean(),
      houses: Type.Array(
        Type.Object({
          ...{ id: IdText, name: Type.String(), address: Type.String(), layout: Type.String() },
          ...{ area: Type.Number(), rent: Fen, deposit: Fen, taken: Type.Boolean() },
        }),
      ),
    }),
  ),
});

/** The waiting list as the household on it sees it. */
export const ownTurnRoutes = (turns: ReturnType<typeof createOwnTurns>): MountedRoute[] => [
  route({
    id: 'ownAllocation.turns',
    at: 'GET /turns',
    summary: 'My place on the waiting list, my turn in each open plan, and the houses left to choose from',
    permission: 'own-data:use',
    reply: TurnsView,
    problems: [OwnPartyMissing, HouseholdMissing, EntryMissing],
    run: async ({ actor }: { actor: Actor }) => {
      const found = await turns(actor);
      return {
        entry: entryView(found.entry),
        position: found.position,
        turns: found.turns.map(({ plan, intent, slotTo, open, houses }) => ({
          ...{ plan: plan.id, name: plan.name, state: plan.state, open },
          intentUntil: plan.intentUntil.toISOString(),
          intent: intent && intentView(intent),
          slotTo: slotTo?.toISOString() ?? null,
          houses: houses.map(({ state: _state, ...house }) => ({ ...house })),
        })),
      };
    },
  }),
];
