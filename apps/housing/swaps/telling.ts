import type { NoticesService } from '@keystead/apps/housing/notices';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import type { Kernel } from '@keystead/kernel/module';
import { noteOf } from './notice.ts';
import * as store from './store.ts';
import { type Swap, type SwapSide, type SwapState, swapCode } from './swap.ts';

type Text = Parameters<NoticesService['tell']>[0]['text'];
interface Telling {
  readonly text: Text;
  /** Who is told: whoever asked is side 1. */
  readonly to: (side: SwapSide, swap: Swap) => boolean;
  /** What stands in the text beside code and name. */
  readonly detail?: 'changeOn' | 'note';
}

const all = (): boolean => true;
const asker = ({ number }: SwapSide): boolean => number === 1;
const mutual = (side: SwapSide, { kind }: Swap): boolean => kind === 'mutual' && asker(side);

/** What households are told at which state; a state that is not here is told nobody. */
const tellings: Partial<Record<SwapState, Telling>> = {
  proposed: { text: 'tenant.swap-proposed', to: (side) => !asker(side) },
  requested: { text: 'tenant.swap-agreed', to: mutual },
  declined: { text: 'tenant.swap-declined', to: asker },
  approved: { text: 'tenant.swap-approved', to: all, detail: 'changeOn' },
  refused: { text: 'tenant.swap-refused', to: all, detail: 'note' },
  scheduled: { text: 'tenant.swap-scheduled', to: all, detail: 'changeOn' },
  done: { text: 'tenant.swap-done', to: all },
  withdrawn: { text: 'tenant.swap-ended', to: all, detail: 'note' },
  cancelled: { text: 'tenant.swap-ended', to: all, detail: 'note' },
  lapsed: { text: 'tenant.swap-lapsed', to: all },
};

interface Told {
  readonly id: string;
  readonly swap: string;
  readonly organisation: string;
  readonly side: number;
  readonly state: SwapState;
}

class HouseholdNotReached extends Error {}

/** Texts to the households of a change of houses: decided in the transaction of the step, sent after it, by the ways there are. */
export function createTelling({
  db,
  jobs,
  log,
  catalogue,
  notices,
}: Pick<Kernel, 'db' | 'jobs' | 'log' | 'catalogue'> & { notices: NoticesService }) {
  async function send({ id, swap: of, organisation, side: number, state }: Told): Promise<void> {
    const reach = systemActor('swaps.tell', organisation as OrganisationId);
    const swap = await db.systemTransaction((tx) => tx.maybe(store.swapById(reach.scope, of)));
    const side = swap?.sides.find((each) => each.number === number);
    const telling = tellings[state];
    // It has gone on since: the text of the state it has now is on its way.
    if (!swap || !side || !telling || swap.state !== state) return;
    const told = await notices.tell({
      ...{ id, organisation, place: swap.place, party: side.household, text: telling.text, title: '' },
      code: swapCode(swap.number),
      detail:
        (telling.detail === 'note' ? noteOf(swap, catalogue.in('zh-CN')) : telling.detail && swap[telling.detail]) ??
        '',
      about: { kind: 'swap', id: swap.id },
    });
    const ways = told?.ways ?? [];
    if (ways.some(({ ok }) => ok)) return;
    log.warn({ swap: of, state, side: number }, 'a household was not told of its change of houses');
    if (ways.some((way) => !way.ok && !way.permanent)) throw new HouseholdNotReached(of);
  }

  const sending = job<Told>({ name: 'swaps.tell', timeout: 120, attempts: 6, run: send });
  jobs.add(sending);

  return {
    sending,
    /** Queues the texts of a state that has just been reached. */
    tell: async (tx: Tx, swap: Swap): Promise<void> => {
      const telling = tellings[swap.state];
      if (!telling) return;
      const { id, organisation, state } = swap;
      for (const side of swap.sides.filter((each) => telling.to(each, swap))) {
        const told = { id: newId(), swap: id, organisation, side: side.number, state };
        await jobs.enqueue(tx, sending, told, { key: `swaps.tell:${id}:${side.number}` });
      }
    },
  };
}

export type TellHouseholds = ReturnType<typeof createTelling>;
