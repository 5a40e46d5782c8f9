import { handlingPaper } from '@keystead/apps/housing/handling';
import type { Block, Paper } from '@keystead/kernel/pdf';
import { type ExitLine, exitCode, type Settlement } from './exit.ts';
import type { ExitKind, ViolationGround } from './kinds.ts';

interface AccountFacts {
  readonly exit: ExitLine;
  readonly settlement: Settlement;
  /** Kind of fee → its name. */
  readonly subjects: ReadonlyMap<string, string>;
  readonly at: Date;
}

const kinds: Readonly<Record<ExitKind, string>> = {
  ...{
    voluntary: '主动退出',
    expiry: '到期不续',
    transfer: '换房',
    ineligible: '不再符合保障条件',
    acquired: '取得自有住房',
  },
  ...{ relocation: '征收搬迁', death: '承租人死亡', arrears: '欠费', violation: '违规使用', fraud: '骗取保障' },
};
const grounds: Readonly<Record<ViolationGround, string>> = {
  ...{ sublet: '转租', lend: '转借', swap: '擅自调换', misuse: '改变用途', damage: '损坏', unlawful: '违法活动' },
  idle: '长期闲置',
};
const channels: Readonly<Record<string, string>> = {
  ...{ bank: '银行转账', cash: '现金', wechat: '微信支付', alipay: '支付宝' },
};
const yuan = (fen: number): string =>
  `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
const reading = (thousandths: number): string => (thousandths / 1000).toFixed(3);

/** Rent of days beyond the one to leave by, and how it came about. */
const transitionBlocks = (paid: Settlement['transition']): Block[] =>
  paid
    ? [
        { kind: 'heading', text: '过渡期租金' },
        {
          kind: 'facts',
          rows: [
            ['起止', `${paid.from} 至 ${paid.to}`],
            ['月租金（元）', `市场租金 ${yuan(paid.market)} × ${paid.percent}% = ${yuan(paid.rent)}`],
            ['计收（元）', yuan(paid.charged)],
            ['政策包', paid.policy],
          ],
        },
      ]
    : [];

/** The last account of a lease as both sides put their names under it 退租结算单. */
export function settlementPaper({ exit, settlement, subjects, at }: AccountFacts): Paper {
  const code = exitCode(exit.number);
  const { lines = [], prepaid = 0, deposit, refunded, owed } = settlement;
  const name = (subject: string) => subjects.get(subject) ?? subject;
  const found = exit.inspection;
  const open = lines.reduce((sum, { amount, settled }) => sum + amount - settled, 0);
  return handlingPaper({
    ...{ title: '退租结算单', code, household: exit.householdName, at },
    facts: [
      ['房屋', exit.houseName ?? ''],
      ['合同编号', exit.leaseCode],
      ['退出原因', `${kinds[exit.kind]}${exit.ground ? `（${grounds[exit.ground]}）` : ''}：${exit.reason}`],
      ['最后居住日', found?.lastDay ?? ''],
    ],
    blocks: [
      ...(found && found.usages.length > 0
        ? ([
            { kind: 'heading', text: '表计' },
            {
              kind: 'table',
              head: ['表计', '起数', '止数', '用量', '来源'],
              rows: found.usages.map(({ subject, begin, end, source }) => [
                ...[name(subject), reading(begin), reading(end), reading(end - begin)],
                source === 'telemetry' ? '表计上报' : '人工抄表',
              ]),
              figures: [1, 2, 3],
            },
          ] as const)
        : []),
      { kind: 'heading', text: '费用（元）' },
      {
        kind: 'table',
        head: ['项目', '账期', '应收', '已收', '未收'],
        rows: [
          ...lines.map(({ subject, period, amount, settled, transition }) => [
            ...[
              transition ? `${name(subject)}（过渡期）` : name(subject),
              period,
              yuan(amount),
              yuan(settled),
              yuan(amount - settled),
            ],
          ]),
          ['合计', '', '', '', yuan(open)],
        ],
        widths: [2, 1, 1, 1, 1],
        figures: [2, 3, 4],
      },
      ...transitionBlocks(settlement.transition),
      ...(found && found.damages.length > 0
        ? ([
            { kind: 'heading', text: '损坏赔偿明细（元）' },
            {
              kind: 'table',
              head: ['内容', '金额'],
              rows: found.damages.map(({ text, amount }) => [text, yuan(amount)]),
              widths: [4, 1],
              figures: [1],
            },
          ] as const)
        : []),
      { kind: 'heading', text: '结算（元）' },
      {
        kind: 'table',
        head: ['项目', '金额'],
        rows: [
          ['保证金', yuan(deposit)],
          ['预存', yuan(prepaid)],
          ['未收费用', yuan(-open)],
          [`应退（${channels[settlement.channel] ?? settlement.channel}）`, yuan(refunded)],
          ['仍欠', yuan(owed)],
        ],
        widths: [4, 1],
        figures: [1],
      },
    ],
  });
}
