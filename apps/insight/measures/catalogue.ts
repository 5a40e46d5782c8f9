import type { Counting, Domain, Measure, Shape, Source, Span, Unit, Words } from './measure.ts';
import { houses, leases, turnovers } from './sources/houses.ts';
import { charges, electricity } from './sources/money.ts';
import { openWarnings, repairs } from './sources/work.ts';

type Kind = [domain: Domain, grain: string, span: Span, owner: string, sources: string[], source: Source];
type Line = [id: string, unit: Unit, shape: Shape, name: Words, formula: Words, counting: Counting];

const words = (zh: string, en: string): Words => ({ zh, en });
const counted = (among: string, num: string, den = '1'): Counting => ({ among, num, den });
const among = (rows: string, which: string): Counting => counted(rows, `(${which})::int`);
const delivered = `r.state not in ('undelivered', 'disabled')`;
const lettable = `r.state not in ('undelivered', 'disabled', 'maintenance')`;
const house: Kind = ['house', 'house', 'moment', 'stock', ['stock_pub.status', 'agreements_pub.turn'], houses];
const tenant: Kind = ['tenant', 'lease', 'moment', 'leases', ['agreements_pub.turn'], leases];
const fee: Kind = ['fee', 'charge', 'month', 'ledger', ['ledger_pub.charge', 'ledger_pub.settlement'], charges];
const repair: Kind = ['repair', 'case', 'month', 'cases', ['cases_pub.case'], repairs];
const lines: [Kind, Line[]][] = [
  [
    house,
    [
      [
        'homes',
        'home',
        'count',
        words('房源数', 'Homes'),
        words('已交付且未停用的房屋数 |D|', 'delivered homes that are not disabled |D|'),
        counted(delivered, '1'),
      ],
      [
        'vacancy',
        'ratio',
        'rate',
        words('空置率(全口径)', 'Vacancy, all homes'),
        words('|D \\ L| ÷ |D|', '|D \\ L| ÷ |D|'),
        among(delivered, 'not r.let'),
      ],
      [
        'vacancy-lettable',
        'ratio',
        'rate',
        words('空置率(可租口径)', 'Vacancy, lettable homes'),
        words('|D \\ L \\ M| ÷ |D \\ M|', '|D \\ L \\ M| ÷ |D \\ M|'),
        among(lettable, 'not r.let'),
      ],
      [
        'letting',
        'ratio',
        'rate',
        words('出租率', 'Letting rate'),
        words('|L \\ M| ÷ |D \\ M|', '|L \\ M| ÷ |D \\ M|'),
        among(lettable, 'r.let'),
      ],
      [
        'occupancy',
        'ratio',
        'rate',
        words('入住率', 'Occupancy'),
        words('|O| ÷ |D|', '|O| ÷ |D|'),
        among(delivered, `r.state = 'occupied'`),
      ],
    ],
  ],
  [
    ['house', 'turnover', 'month', 'stock', ['stock_pub.status'], turnovers],
    [
      [
        'turnover',
        'day',
        'mean',
        words('平均周转天数', 'Days between tenancies'),
        words('Σ(入住日 − 上次腾退日) ÷ 本月入住套数', 'Σ(moved in − vacated before) ÷ homes moved into this month'),
        counted('true', 'r.days'),
      ],
    ],
  ],
  [
    tenant,
    [
      [
        'tenants',
        'lease',
        'count',
        words('在租户数', 'Tenancies'),
        words('有效合同数', 'leases in force'),
        counted('true', '1'),
      ],
    ],
  ],
  [
    fee,
    [
      [
        'due',
        'fen',
        'sum',
        words('本期应收', 'Due for the month'),
        words('Σ(应收 − 减免),按所属期', 'Σ(amount − waived) of the month'),
        counted('r.of_month', 'r.net', 'r.net'),
      ],
      [
        'collected',
        'fen',
        'sum',
        words('本期实收', 'Collected for the month'),
        words('Σ 截止时已核销,按所属期', 'Σ settled up to the cut-off, of the month'),
        counted('r.of_month', 'r.paid', 'r.net'),
      ],
      [
        'collection',
        'ratio',
        'rate',
        words('收缴率(权责口径)', 'Collection, by month of account'),
        words('Σ 已核销 ÷ Σ(应收 − 减免),按所属期', 'Σ settled ÷ Σ(amount − waived) of the month'),
        counted('r.of_month', 'r.paid', 'r.net'),
      ],
      [
        'collection-contract',
        'ratio',
        'rate',
        words('收缴率(合同口径)', 'Collection, by day due'),
        words('Σ 已核销 ÷ Σ(应收 − 减免),按合同应付日', 'Σ settled ÷ Σ(amount − waived) due in the month'),
        counted('r.due_in_month', 'r.paid', 'r.net'),
      ],
    ],
  ],
  [
    repair,
    [
      [
        'repairs',
        'case',
        'count',
        words('报修件数', 'Repairs'),
        words('本月受理的报修', 'repairs opened this month'),
        counted('r.opened', '1'),
      ],
      [
        'repair-response',
        'second',
        'mean',
        words('报修响应时间', 'Time to respond'),
        words('Σ(接单 − 报修) ÷ 本月接单数', 'Σ(accepted − opened) ÷ accepted this month'),
        counted('r.response is not null', 'r.response'),
      ],
      [
        'repair-resolution',
        'second',
        'mean',
        words('报修完成时间', 'Time to repair'),
        words('Σ(完工 − 报修) ÷ 本月完工数', 'Σ(done − opened) ÷ done this month'),
        counted('r.resolution is not null', 'r.resolution'),
      ],
    ],
  ],
  [
    ['energy', 'usage', 'month', 'billing', ['billing_pub.usage'], electricity],
    [
      [
        'energy',
        'watt-hour',
        'sum',
        words('用电量', 'Electricity'),
        words('Σ 本月电表用量', 'Σ usage of electricity meters of the month'),
        counted('true', 'r.quantity'),
      ],
    ],
  ],
  [
    ['warning', 'alarm', 'moment', 'alarms', ['alarms_pub.alarm'], openWarnings],
    [
      [
        'warnings-open',
        'second',
        'mean',
        words('未闭环预警时长', 'Age of open warnings'),
        words('Σ(截止 − 发生) ÷ 未闭环预警数', 'Σ(cut-off − raised) ÷ warnings not closed'),
        counted('true', 'r.age'),
      ],
    ],
  ],
];

/** Every measure there is, each in its present version. */
export const measures: readonly Measure[] = lines.flatMap(([[domain, grain, span, owner, sources, source], all]) =>
  all.map(([id, unit, shape, name, formula, counting]) => ({
    ...{ id, version: 1, domain, name, formula, unit, shape, span, grain, owner, sources, source, counting },
    dimensions: ['region', 'district', 'project', 'building', 'house', 'day'],
  })),
);

export const measureOf = (id: string): Measure | undefined => measures.find((each) => each.id === id);
