import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { Closing } from './closing.ts';
import { PeriodClosed, PeriodNotOver } from './problems.ts';
import { AccountView, ClosingView, IdText, PeriodText, StandingView, VoucherQuery, VoucherView } from './schemas.ts';
import type { LedgerService } from './service.ts';

const closingView = (closing: Closing) => ({ ...closing, at: closing.at.toISOString() });

/** The books: vouchers, accounts, months that are closed. */
export const ledgerRoutes = (ledger: LedgerService): MountedRoute[] => [
  route({
    id: 'ledger.vouchers',
    at: 'GET /vouchers',
    summary: 'Vouchers by month, tenant, contract or bill, the newest first',
    permission: 'ledger:read',
    query: VoucherQuery,
    reply: Type.Array(VoucherView),
    run: async ({ actor, query }) =>
      (await ledger.vouchers(actor, query)).map((row) => ({ ...row, at: row.at.toISOString() })),
  }),
  route({
    id: 'ledger.trialBalance',
    at: 'GET /trial-balance',
    summary: 'Accounts with their sums, and what they come to together',
    permission: 'ledger:read',
    query: Type.Object({ until: Type.Optional(PeriodText) }),
    reply: Type.Object({ accounts: Type.Array(AccountView), imbalance: Type.Integer() }),
    run: async ({ actor, query }) => {
      const accounts = await ledger.trialBalance(actor, query.until);
      return { accounts, imbalance: accounts.reduce((sum, { balance }) => sum + balance, 0) };
    },
  }),
  route({
    id: 'ledger.standing',
    at: 'GET /agreements/:id',
    summary: 'What an agreement owes, has prepaid, and has as a deposit',
    permission: 'ledger:read',
    params: Type.Object({ id: IdText }),
    reply: StandingView,
    run: ({ actor, params }) => ledger.standing(actor, params.id),
  }),
  route({
    id: 'ledger.closings',
    at: 'GET /closings',
    summary: 'Months that are closed',
    permission: 'ledger:read',
    reply: Type.Array(ClosingView),
    run: async ({ actor }) => (await ledger.closings(actor)).map(closingView),
  }),
  route({
    id: 'ledger.close',
    at: 'POST /closings',
    summary: 'Close a month that is over: its vouchers stay as they are',
    permission: 'ledger:close',
    body: Type.Object({ period: PeriodText }),
    reply: ClosingView,
    status: 201,
    problems: [PeriodClosed, PeriodNotOver, InputInvalid, NotAllowed],
    run: async ({ actor, body }) => closingView(await ledger.close(actor, body.period)),
  }),
  route({
    id: 'ledger.prove',
    at: 'GET /closings/:period/proof',
    summary: 'Whether a closed month still holds the vouchers it was closed with',
    permission: 'ledger:read',
    params: Type.Object({ period: PeriodText }),
    reply: Type.Object({ period: Type.String(), closed: Type.Boolean(), holds: Type.Boolean() }),
    problems: [NotAllowed],
    run: async ({ actor, params }) => {
      const proof = await ledger.prove(actor, params.period);
      return { period: params.period, closed: proof !== undefined, holds: proof?.holds ?? false };
    },
  }),
];
