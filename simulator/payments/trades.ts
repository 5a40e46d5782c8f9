import { randomBytes } from 'node:crypto';

export type Kind = 'wechat' | 'alipay';

/** An order as a channel keeps it. */
export interface Trade {
  readonly kind: Kind;
  /** The merchant's number. */
  readonly number: string;
  /** Minor units. */
  readonly amount: number;
  readonly title: string;
  readonly notify: string;
  state: 'open' | 'paid' | 'closed';
  /** The channel's number of the payment. */
  transaction: string;
  paidAt: number;
  refunds: Map<string, { amount: number; at: number }>;
}

/** Everything a channel was asked for and what payers did with it; the truth its callbacks, answers and files tell of. */
export class Trades {
  readonly #all = new Map<string, Trade>();

  find(kind: Kind, number: string): Trade | undefined {
    return this.#all.get(`${kind} ${number}`);
  }

  /** The same number asked for again is the same order. */
  open(kind: Kind, wish: Pick<Trade, 'number' | 'amount' | 'title' | 'notify'>): Trade {
    const known = this.find(kind, wish.number);
    if (known) return known;
    const trade: Trade = { kind, ...wish, state: 'open', transaction: '', paidAt: 0, refunds: new Map() };
    this.#all.set(`${kind} ${wish.number}`, trade);
    return trade;
  }

  /** False when it cannot be paid any more. */
  pay(trade: Trade, now: number): boolean {
    if (trade.state !== 'open') return false;
    const prefix = trade.kind === 'wechat' ? '42000' : '20260';
    Object.assign(trade, { state: 'paid', transaction: `${prefix}${randomBytes(10).toString('hex')}`, paidAt: now });
    return true;
  }

  /** Answers how much went back under this number, undefined when more is asked for than is left. */
  refund(trade: Trade, number: string, amount: number, now: number): number | undefined {
    const known = trade.refunds.get(number);
    if (known) return known.amount === amount ? amount : undefined;
    const left = trade.amount - [...trade.refunds.values()].reduce((sum, each) => sum + each.amount, 0);
    if (trade.state !== 'paid' || amount > left) return undefined;
    trade.refunds.set(number, { amount, at: now });
    return amount;
  }

  /** Paid orders of a channel. */
  paid(kind: Kind): Trade[] {
    return [...this.#all.values()].filter((trade) => trade.kind === kind && trade.state === 'paid');
  }
}
