import type { RowFault } from '@keystead/data/places';
import type { Group } from './dossier.ts';

type Parse = 'text' | 'number' | 'integer' | 'money' | 'list' | 'date';

/** Where the value of a column goes: to the row itself, to the place, or to a group of the dossier. */
type Target = 'row' | 'place' | Group;

export interface Column {
  readonly key: string;
  readonly zh: string;
  readonly target: Target;
  /** Name of the entry there, when it is not the key. */
  readonly entry?: string;
  readonly parse: Parse;
  readonly required?: boolean;
}

/** Columns of the sheet of houses, as they are exported, offered as a template and read. Money in yuan, as people write it. */
export const columns: readonly Column[] = [
  { key: 'project', zh: '项目编码路径', target: 'row', parse: 'text', required: true },
  { key: 'building', zh: '楼栋', target: 'row', parse: 'text', required: true },
  { key: 'unit', zh: '单元', target: 'row', parse: 'text' },
  { key: 'floor', zh: '楼层', target: 'row', parse: 'text' },
  { key: 'code', zh: '房号', target: 'row', parse: 'text', required: true },
  { key: 'name', zh: '名称', target: 'row', parse: 'text' },
  { key: 'tags', zh: '标签', target: 'row', parse: 'list' },
  { key: 'state', zh: '状态', target: 'row', parse: 'text' },
  { key: 'since', zh: '状态起始日', target: 'row', parse: 'date' },
  { key: 'floorArea', zh: '建筑面积', target: 'place', parse: 'number' },
  { key: 'usableArea', zh: '使用面积', target: 'place', parse: 'number' },
  { key: 'layout', zh: '户型', target: 'place', parse: 'text' },
  { key: 'rooms', zh: '居室数', target: 'place', parse: 'integer' },
  { key: 'orientation', zh: '朝向', target: 'place', parse: 'text' },
  { key: 'address', zh: '坐落地址', target: 'location', parse: 'text' },
  { key: 'postcode', zh: '邮编', target: 'location', parse: 'text' },
  { key: 'community', zh: '社区', target: 'location', parse: 'text' },
  { key: 'structure', zh: '建筑结构', target: 'building', parse: 'text' },
  { key: 'builtYear', zh: '建成年份', target: 'building', parse: 'integer' },
  { key: 'decoration', zh: '装修', target: 'building', parse: 'text' },
  { key: 'facilities', zh: '设施', target: 'building', parse: 'list' },
  { key: 'owner', zh: '产权单位', target: 'ownership', parse: 'text' },
  { key: 'ownershipKind', zh: '产权性质', target: 'ownership', entry: 'kind', parse: 'text' },
  { key: 'certificateNumber', zh: '不动产权证号', target: 'ownership', parse: 'text' },
  { key: 'unitNumber', zh: '不动产单元号', target: 'ownership', parse: 'text' },
  { key: 'acquiredOn', zh: '取得日期', target: 'ownership', parse: 'date' },
  { key: 'rentStandard', zh: '租金标准', target: 'lease', parse: 'money' },
  { key: 'marketRent', zh: '市场租金', target: 'lease', parse: 'money' },
  { key: 'deposit', zh: '保证金', target: 'lease', parse: 'money' },
  { key: 'quota', zh: '居住人数上限', target: 'lease', parse: 'integer' },
  { key: 'operator', zh: '运营单位', target: 'management', parse: 'text' },
  { key: 'propertyCompany', zh: '物业公司', target: 'management', parse: 'text' },
  { key: 'contact', zh: '联系人', target: 'management', parse: 'text' },
  { key: 'contactPhone', zh: '联系电话', target: 'management', parse: 'text' },
  { key: 'remark', zh: '备注', target: 'management', parse: 'text' },
];

const byHead = new Map(columns.flatMap((column) => [[column.key, column] as const, [column.zh, column] as const]));

/** The column under a head, in either language. */
export const columnOf = (head: string): Column | undefined => byHead.get(head.trim());

/** `12.5` yuan → 1250; the digits are taken as they stand, never through a fraction. */
export function minorUnits(text: string): number | undefined {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

export const yuan = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

const formula = /^[=@\t\r]|^[+-](?![\d.])/;

/** The value of one cell, or why it is none. Cells that a table program would run are refused, whatever they would show. */
export function cellValue(column: Column, text: string): { value: unknown } | { fault: RowFault['code'] } {
  if (formula.test(text)) return { fault: 'formula' };
  switch (column.parse) {
    case 'number':
      return /^\d{1,7}(\.\d{1,4})?$/.test(text) ? { value: Number(text) } : { fault: 'number' };
    case 'integer':
      return /^\d{1,7}$/.test(text) ? { value: Number(text) } : { fault: 'integer' };
    case 'money': {
      const minor = minorUnits(text);
      return minor === undefined ? { fault: 'money' } : { value: minor };
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? { value: text } : { fault: 'date' };
    case 'list':
      return {
        value: text
          .split(/[;；]/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      };
    case 'text':
      return { value: text };
  }
}
