import { measureCatalogue } from '@keystead/apps/insight/measures';
import { type TSchema, Type } from 'typebox';

interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface Column {
  /** Name of the field in the export. */
  readonly code: string;
  readonly label: Words;
  readonly measure: string;
  /** The figure is divided by it … */
  readonly divide: number;
  /** … and shown with so many decimals. */
  readonly decimals: number;
}

/** A cell as it stands in every form of the report; null = nothing to tell. */
export type CellText = string | null;
export interface ReportBody {
  readonly month: string;
  readonly rows: readonly { code: string; name: string; cells: readonly CellText[] }[];
  readonly total: readonly CellText[];
}

export interface Template {
  readonly id: string;
  readonly region: Words;
  readonly name: Words;
  readonly columns: readonly Column[];
  /** The form the region asks for, and how a report is put into it. */
  readonly schema: TSchema;
  readonly exported: (body: ReportBody) => unknown;
}

const column = (
  code: string,
  measure: string,
  more: Partial<Pick<Column, 'divide' | 'decimals' | 'label'>> = {},
): Column => {
  const found = measureCatalogue.find(({ id }) => id === measure);
  if (!found) throw new Error(`no measure is named ${measure}`);
  const percent = found.unit === 'ratio';
  return {
    ...{ code, measure, divide: percent ? 0.01 : 1, decimals: percent ? 2 : 0 },
    label: percent ? { zh: `${found.name.zh}(%)`, en: `${found.name.en} (%)` } : found.name,
    ...more,
  };
};

const yuan = (code: string, measure: string, zh: string, en: string): Column =>
  column(code, measure, { divide: 100, decimals: 2, label: { zh: `${zh}(元)`, en: `${en} (CNY)` } });
const hours = (code: string, measure: string, zh: string, en: string): Column =>
  column(code, measure, { divide: 3600, decimals: 1, label: { zh: `${zh}(小时)`, en: `${en} (h)` } });

const numberOf = (text: CellText): number | null => (text === null ? null : Number(text));
const fieldsOf = (columns: readonly Column[], cells: readonly CellText[], as: (text: CellText) => unknown) =>
  Object.fromEntries(columns.map(({ code }, n) => [code, as(cells[n] ?? null)]));

const Percent = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Money = Type.Number({ minimum: 0 });
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const strict = { additionalProperties: false };

const eastern: Column[] = [
  column('homes', 'homes'),
  column('vacancyRate', 'vacancy'),
  column('occupancyRate', 'occupancy'),
  yuan('rentDue', 'due', '本期应收', 'Due for the month'),
  yuan('rentCollected', 'collected', '本期实收', 'Collected for the month'),
  column('collectionRate', 'collection'),
  hours('repairResponse', 'repair-response', '报修响应时间', 'Time to respond'),
];
const EasternLine = Type.Object(
  {
    ...{ code: Type.String(), name: Type.String(), homes: Count, vacancyRate: Percent, occupancyRate: Percent },
    ...{ rentDue: Money, rentCollected: Money, collectionRate: Percent },
    repairResponse: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  },
  strict,
);

const western: Column[] = [
  column('房源总数', 'homes'),
  column('在租户数', 'tenants'),
  column('空置率', 'vacancy-lettable'),
  column('收缴率', 'collection-contract'),
  column('报修件数', 'repairs'),
  column('用电量', 'energy', { divide: 1000, decimals: 1, label: { zh: '用电量(千瓦时)', en: 'Electricity (kWh)' } }),
];
const Decimal = (places: number) => Type.String({ pattern: `^(\\d+${places > 0 ? `\\.\\d{${places}}` : ''}|/)$` });
const WesternLine = Type.Object(
  {
    ...{
      区划代码: Type.String(),
      区划名称: Type.String(),
      房源总数: Decimal(0),
      在租户数: Decimal(0),
      空置率: Decimal(2),
    },
    ...{ 收缴率: Decimal(2), 报修件数: Decimal(0), 用电量: Decimal(1) },
  },
  strict,
);

/** Forms of two regions, as samples: one takes numbers under English names, the other texts under Chinese ones. */
export const templates: readonly Template[] = [
  {
    id: 'eastern-monthly',
    region: { zh: '东部样例市', en: 'Eastern sample city' },
    name: { zh: '公租房运营月报', en: 'Monthly report of public rental housing' },
    columns: eastern,
    schema: Type.Object(
      {
        form: Type.Literal('eastern-monthly/1'),
        month: Month,
        districts: Type.Array(EasternLine, { maxItems: 1000 }),
        total: EasternLine,
      },
      strict,
    ),
    exported: ({ month, rows, total }) => ({
      ...{ form: 'eastern-monthly/1', month },
      districts: rows.map(({ code, name, cells }) => ({ code, name, ...fieldsOf(eastern, cells, numberOf) })),
      total: { code: '', name: '', ...fieldsOf(eastern, total, numberOf) },
    }),
  },
  {
    id: 'western-supervision',
    region: { zh: '西部样例省', en: 'Western sample province' },
    name: { zh: '公租房监管报表', en: 'Supervision table of public rental housing' },
    columns: western,
    schema: Type.Object({ 报表期: Month, 数据: Type.Array(WesternLine, { maxItems: 1001 }) }, strict),
    exported: ({ month, rows, total }) => ({
      报表期: month,
      数据: [...rows, { code: '000000', name: '合计', cells: total }].map(({ code, name, cells }) => ({
        ...{ 区划代码: code, 区划名称: name },
        ...fieldsOf(western, cells, (text) => text ?? '/'),
      })),
    }),
  },
];

export const templateOf = (id: string): Template | undefined => templates.find((each) => each.id === id);

/** How a figure stands in a report. The one place where it becomes text: every form of the report shows the same. */
export function cellText({ divide, decimals }: Pick<Column, 'divide' | 'decimals'>, figure: number | null): CellText {
  return figure === null ? null : (figure / divide).toFixed(decimals);
}
