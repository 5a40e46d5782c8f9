import type { Agreement, Version } from '@keystead/apps/work/agreements';
import { localDate } from '@keystead/contracts/calendar';
import type { Block, Paper } from '@keystead/kernel/pdf';
import { fill, type Template } from './template.ts';

export interface SignedBy {
  readonly role: string;
  readonly name: string;
  readonly at: string;
  readonly identityCheck: string;
  readonly consent: string;
}

export interface ContractFacts {
  readonly agreement: Pick<Agreement, 'code' | 'parties'>;
  readonly version: Pick<Version, 'startsOn' | 'endsOn' | 'terms' | 'fees' | 'digest' | 'number'>;
  readonly template: Template;
  /** Address of the house. */
  readonly house: string;
  /** Code of the lease it follows. */
  readonly previous: string;
  readonly feeNames: ReadonlyMap<string, string>;
  readonly signed: readonly SignedBy[];
  readonly at: Date;
}

export const yuan = (fen: number): string =>
  `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;

const checks: Readonly<Record<string, string>> = {
  counter: '柜台核验证件',
  code: '短信验证码',
  face: '人脸核身',
  account: '实名账户登录',
};
const roles: Readonly<Record<string, string>> = { tenant: '承租人', lessor: '出租人' };

const basisText = (basis: Readonly<Record<string, unknown>>): string => {
  const amount = typeof basis.amount === 'number' ? yuan(basis.amount) : '';
  if (basis.kind === 'metered') return '按表计量，执行公布价格';
  if (basis.kind === 'once') return `${amount} 元，一次性`;
  const months = typeof basis.months === 'number' && basis.months > 1 ? `每 ${basis.months} 个月` : '每月';
  return `${amount} 元，${months}`;
};

/** The text of a lease as a paper: clauses filled in, fees, and who signed when and how. */
export function contractPaper(facts: ContractFacts): Paper {
  const { agreement, version, template, signed } = facts;
  const party = (role: string) => agreement.parties.find((each) => each.role === role)?.name ?? '';
  const amountOf = (subject: string): string => {
    const amount = version.fees.find((fee) => fee.subject === subject)?.basis.amount;
    return typeof amount === 'number' ? yuan(amount) : '';
  };
  const terms = Object.entries(version.terms).filter(([, value]) => ['string', 'number'].includes(typeof value));
  const values: Record<string, string> = {
    ...{ code: agreement.code, tenant: party('tenant'), lessor: party('lessor'), house: facts.house },
    ...{ startsOn: version.startsOn, endsOn: version.endsOn, rent: amountOf('rent'), deposit: amountOf('deposit') },
    ...{ previous: facts.previous, today: localDate(facts.at) },
    ...Object.fromEntries(terms.map(([name, value]) => [`terms.${name}`, String(value)])),
  };
  const clauses = template.clauses.flatMap(({ heading, text }): Block[] => [
    { kind: 'heading', text: heading },
    { kind: 'text', text: fill(text, values) },
  ]);
  const fees = version.fees.map(({ subject, basis, startsOn }) => [
    ...[facts.feeNames.get(subject) ?? subject, basisText(basis), startsOn],
  ]);
  const signatures: Block[] =
    signed.length === 0
      ? [{ kind: 'note', text: '本文本供签署前阅读，尚未签署。' }]
      : [
          {
            kind: 'table',
            head: ['签署方', '姓名（名称）', '签署时间', '身份核验', '意思表示'],
            rows: signed.map(({ role, name, at, identityCheck, consent }) => [
              ...[roles[role] ?? role, name, at, checks[identityCheck] ?? identityCheck, consent],
            ]),
            widths: [1, 1.5, 2, 1.5, 2],
          },
        ];
  return {
    title: template.title,
    at: facts.at,
    language: 'zh-CN',
    foot: `${agreement.code} · 文本 ${template.kind}-${template.number}`,
    ...(signed.length > 0 ? { seal: { name: party('lessor'), reason: `租赁合同 ${agreement.code}` } } : {}),
    blocks: [
      ...clauses,
      { kind: 'heading', text: '收费项目' },
      { kind: 'table', head: ['项目', '标准', '起算日'], rows: fees },
      { kind: 'heading', text: '签署' },
      ...signatures,
      { kind: 'note', text: `合同内容摘要（SHA-256）：${version.digest}` },
    ],
  };
}
