import { StatementUnreadable } from '../problems.ts';
import { fen, shanghai } from './channel.ts';

/** One payment as a channel's or bank's file states it. */
export interface StatedLine {
  /** The channel's number of the payment. */
  readonly reference: string;
  /** Our number or the code of the lease, when the file has one. */
  readonly number: string;
  /** Minor units; negative for money that went back. */
  readonly amount: number;
  readonly at: Date;
  readonly note: string;
}

const mostLines = 200_000;

/** Fields of a line of comma separated values, quotes honoured. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const match of line.matchAll(pattern)) fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
  return fields;
}

interface Form {
  /** Names of columns by what they hold; the header line is the one that has them all. */
  readonly reference: string;
  readonly number: string;
  readonly amount: string;
  readonly at: string;
  readonly note: string;
  /** Rows that are payments. */
  readonly paid?: { column: string; value: string };
  /** Rows of money that went back, and where its amount stands. */
  readonly back?: { value: string; amount: string };
}

const forms: Readonly<Record<string, Form>> = {
  wechat: {
    ...{ at: '交易时间', reference: '微信订单号', number: '商户订单号', amount: '应结订单金额', note: '商品名称' },
    paid: { column: '交易状态', value: 'SUCCESS' },
    back: { value: 'REFUND', amount: '退款金额' },
  },
  alipay: {
    ...{ at: '完成时间', reference: '支付宝交易号', number: '商户订单号', amount: '订单金额（元）', note: '商品名称' },
    paid: { column: '业务类型', value: '交易' },
    back: { value: '退款', amount: '订单金额（元）' },
  },
  bank: { at: '交易时间', reference: '流水号', number: '合同编号', amount: '贷方金额', note: '摘要' },
};

/**
 * Reads a statement: a header line with the columns of its form, then a line each. Fields may begin with a back quote (as
 * WeChat writes them) or end with tabs (as Alipay does). Throws StatementUnreadable naming the line.
 */
export function readStatement(kind: string, text: string): StatedLine[] {
  const form = forms[kind];
  if (!form) throw new StatementUnreadable({ kind });
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.length > mostLines) throw new StatementUnreadable({ lines: lines.length, most: mostLines });
  const clean = (field: string): string => field.replace(/^`/, '').trim();
  const wanted = [form.at, form.reference, form.number, form.amount];
  const head = lines.findIndex((line) => {
    const names = fieldsOf(line).map(clean);
    return wanted.every((name) => names.includes(name));
  });
  if (head === -1) throw new StatementUnreadable({ missing: wanted });
  const names = fieldsOf(lines[head] ?? '').map(clean);
  const found: StatedLine[] = [];
  for (const [index, line] of lines.slice(head + 1).entries()) {
    const fields = fieldsOf(line).map(clean);
    const of = (name: string): string => fields[names.indexOf(name)] ?? '';
    // A summary follows the payments; it has other columns.
    if (line.trim() === '' || line.startsWith('#') || of(form.at).startsWith('总')) break;
    const kind = form.paid && of(form.paid.column);
    const back = form.back && kind === form.back.value ? form.back : undefined;
    if (form.paid && kind !== form.paid.value && !back) continue;
    const [gross, at] = [fen(of(back?.amount ?? form.amount)), shanghai(of(form.at))];
    const amount = back && gross !== undefined ? -Math.abs(gross) : gross;
    if (amount === undefined || !at || of(form.reference) === '')
      throw new StatementUnreadable({ line: head + index + 2 });
    found.push({ reference: of(form.reference), number: of(form.number), amount, at, note: of(form.note) });
  }
  return found;
}
