import type { Actor } from '@keystead/contracts/access';
import { localStamp } from '@keystead/contracts/calendar';
import { inSubtrees, sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Paper, renderPaper, sealPaper } from '@keystead/kernel/pdf';
import { yuan } from './contract-paper.ts';
import type { Seals } from './contracts.ts';
import { ReceiptMissing } from './problems.ts';
import type { FeeNames } from './reading.ts';

interface Paid {
  id: string;
  code: string;
  tenant: string;
  lessor: string;
  channel: string;
  reference: string;
  amount: number;
  paidAt: Date;
  at: Date;
  place: string;
}

const channels: Readonly<Record<string, string>> = {
  ...{ cash: '现金', card: '刷卡', transfer: '转账', bank: '银行转账', wechat: '微信支付', alipay: '支付宝' },
};

/** A receipt as a paper: who paid what for which fees of which months; what is left is prepaid. */
export function receiptPaper(
  paid: Paid,
  lines: readonly { name: string; period: string; amount: number }[],
  at: Date,
): Paper {
  const rest = paid.amount - lines.reduce((sum, { amount }) => sum + amount, 0);
  const rows = [
    ...lines.map(({ name, period, amount }) => [name, period, yuan(amount)]),
    ...(rest > 0 ? [['预存', '', yuan(rest)]] : []),
    ['合计', '', yuan(paid.amount)],
  ];
  return {
    title: '缴费收据',
    at,
    language: 'zh-CN',
    foot: `收据 ${paid.id}`,
    seal: { name: paid.lessor, reason: `收据 ${paid.reference}` },
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['缴费人', paid.tenant],
          ['合同编号', paid.code],
          ['收款单位', paid.lessor],
          ['渠道', channels[paid.channel] ?? paid.channel],
          ['交易号', paid.reference],
          ['缴费时间', localStamp(paid.paidAt)],
        ],
      },
      { kind: 'table', head: ['项目', '账期', '金额（元）'], rows, widths: [2, 1, 1], figures: [2] },
      { kind: 'note', text: '本收据由平台签章，不是税务发票或财政票据。' },
    ],
  };
}

type Parts = Pick<Kernel, 'db' | 'clock'> & { feeNames: FeeNames; seals: Seals };

/** Receipts of payments, made from the books each time they are asked for, and sealed. */
export const createReceipts = ({ db, clock, feeNames, seals }: Parts) =>
  /** Throws ReceiptMissing. */
  async function receipt(actor: Actor, payment: string): Promise<{ name: string; content: Buffer }> {
    const [paid] = await db.read(
      actor.scope,
      sql<Paid>`
      select p.id, a.code, t.name as tenant, l.name as lessor, p.channel, p.reference, p.amount, p.paid_at as "paidAt", p.paid_at as at, p.place
      from ledger_pub.payment p join agreements_pub.agreement a on a.id = p.agreement
        join agreements_pub.party t on t.agreement = a.id and t.role = 'tenant'
        join agreements_pub.party l on l.agreement = a.id and l.role = 'lessor'
      where p.id = ${payment} and p.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'p.place')} limit 1`,
    );
    if (!paid) throw new ReceiptMissing({ id: payment });
    const shares = await db.read(
      actor.scope,
      sql<{ subject: string; period: string; amount: number }>`
      select c.subject, c.period, sum(s.amount)::bigint as amount from ledger_pub.payment_share s join ledger_pub.charge c on c.id = s.charge
      where s.payment = ${payment} group by 1, 2 order by 2, 1`,
    );
    const names = await feeNames(actor.scope.organisation);
    const lines = shares.map(({ subject, ...rest }) => ({ ...rest, name: names.get(subject) ?? subject }));
    const { file } = await sealPaper(await renderPaper(receiptPaper(paid, lines, clock.now())), await seals.sealer());
    return { name: `receipt-${paid.reference}.pdf`, content: file };
  };

export type Receipt = ReturnType<typeof createReceipts>;
