import type { Domain, Measure, RowsQuery, Shape, Span, Unit, Window, Words } from './measure.ts';
import * as houses from './rows/houses.ts';
import * as money from './rows/money.ts';
import * as work from './rows/work.ts';

type Kind = [domain: Domain, grain: string, span: Span, owner: string, sources: string[]];
type Line = [id: string, unit: Unit, shape: Shape, name: Words, formula: Words, rows: (window: Window) => RowsQuery];

const words = (zh: string, en: string): Words => ({ zh, en });
const house: Kind = ['house', 'house', 'moment', 'stock', ['stock_pub.status', 'agreements_pub.standing']];
const tenant: Kind = ['tenant', 'lease', 'moment', 'leases', ['agreements_pub.standing']];
const fee: Kind = [
  'fee',
  'charge',
  'month',
  'ledger',
  ['ledger_pub.charge', 'ledger_pub.issued', 'ledger_pub.settlement'],
];
const repair: Kind = ['repair', 'case', 'month', 'cases', ['cases_pub.case']];
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
        houses.homes,
      ],
      [
        'vacancy',
        'ratio',
        'rate',
        words('空置率(全口径)', 'Vacancy, all homes'),
        words('|D \\ L| ÷ |D|', '|D \\ L| ÷ |D|'),
        houses.vacant,
      ],
      [
        'vacancy-lettable',
        'ratio',
        'rate',
        words('空置率(可租口径)', 'Vacancy, lettable homes'),
        words('|D \\ L \\ M| ÷ |D \\ M|', '|D \\ L \\ M| ÷ |D \\ M|'),
        houses.vacantLettable,
      ],
      [
        'letting',
        'ratio',
        'rate',
        words('出租率', 'Letting rate'),
        words('|L \\ M| ÷ |D \\ M|', '|L \\ M| ÷ |D \\ M|'),
        houses.letLettable,
      ],
      ['occupancy', 'ratio', 'rate', words('入住率', 'Occupancy'), words('|O| ÷ |D|', '|O| ÷ |D|'), houses.occupied],
    ],
  ],
  [
    ['house', 'turnover', 'month', 'stock', ['stock_pub.status']],
    [
      [
        'turnover',
        'day',
        'mean',
        words('平均周转天数', 'Days between tenancies'),
        words('Σ(入住日 − 上次腾退日) ÷ 本月入住套数', 'Σ(moved in − vacated before) ÷ homes moved into this month'),
        houses.turnover,
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
        houses.leases,
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
        money.due,
      ],
      [
        'collected',
        'fen',
        'sum',
        words('本期实收', 'Collected for the month'),
        words('Σ 截止时已核销,按所属期', 'Σ settled up to the cut-off, of the month'),
        money.collected,
      ],
      [
        'collection',
        'ratio',
        'rate',
        words('收缴率(权责口径)', 'Collection, by month of account'),
        words('Σ 已核销 ÷ Σ(应收 − 减免),按所属期', 'Σ settled ÷ Σ(amount − waived) of the month'),
        money.collected,
      ],
      [
        'collection-contract',
        'ratio',
        'rate',
        words('收缴率(合同口径)', 'Collection, by day due'),
        words('Σ 已核销 ÷ Σ(应收 − 减免),按合同应付日', 'Σ settled ÷ Σ(amount − waived) due in the month'),
        money.collectedWhenDue,
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
        work.repairs,
      ],
      [
        'repair-response',
        'second',
        'mean',
        words('报修响应时间', 'Time to respond'),
        words('Σ(接单 − 报修) ÷ 本月接单数', 'Σ(accepted − opened) ÷ accepted this month'),
        work.repairResponse,
      ],
      [
        'repair-resolution',
        'second',
        'mean',
        words('报修完成时间', 'Time to repair'),
        words('Σ(完工 − 报修) ÷ 本月完工数', 'Σ(done − opened) ÷ done this month'),
        work.repairResolution,
      ],
    ],
  ],
  [
    ['energy', 'usage', 'month', 'billing', ['billing_pub.usage']],
    [
      [
        'energy',
        'watt-hour',
        'sum',
        words('用电量', 'Electricity'),
        words('Σ 本月电表用量', 'Σ usage of electricity meters of the month'),
        money.energy,
      ],
    ],
  ],
  [
    ['warning', 'alarm', 'moment', 'alarms', ['alarms_pub.alarm']],
    [
      [
        'warnings-open',
        'second',
        'mean',
        words('未闭环预警时长', 'Age of open warnings'),
        words('Σ(截止 − 发生) ÷ 未闭环预警数', 'Σ(cut-off − raised) ÷ warnings not closed'),
        work.openWarnings,
      ],
    ],
  ],
];

/** Every measure there is, each in its present version. */
export const measures: readonly Measure[] = lines.flatMap(([[domain, grain, span, owner, sources], all]) =>
  all.map(([id, unit, shape, name, formula, rows]) => ({
    ...{ id, version: 1, domain, name, formula, unit, shape, span, grain, owner, sources, rows },
    dimensions: ['region', 'district', 'project', 'building', 'house', 'day'],
  })),
);

export const measureOf = (id: string): Measure | undefined => measures.find((each) => each.id === id);
