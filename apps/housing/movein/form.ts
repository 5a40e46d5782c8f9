import { handlingPaper } from '@keystead/apps/housing/handling';
import { localStamp } from '@keystead/contracts/calendar';
import type { Block, Paper } from '@keystead/kernel/pdf';
import { type Handover, type Process, processCode } from './process.ts';

interface HandoverFacts {
  readonly process: Process;
  readonly house: { readonly name: string; readonly address: string };
  readonly lease: { readonly code: string; readonly startsOn: string; readonly endsOn: string } | null;
  readonly handover: Handover | null;
  readonly photos: readonly { readonly name: string; readonly hash: string }[];
  readonly at: Date;
}

const meters: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  water: ['冷水表', 'm³'],
  'hot-water': ['热水表', 'm³'],
  electricity: ['电表', 'kWh'],
  gas: ['燃气表', 'm³'],
  heat: ['热量表', 'kWh'],
};
const blankRows = 8;
const blank = (columns: number, rows: number): string[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '));

/** A reading in thousandths as people write it: 12345 → 12.345. */
export const readingText = (thousandths: number): string =>
  `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;

/** The form both sides put their names under 房屋交接单; before the handover its lines are empty, to be written by hand. */
export function handoverPaper({ process, house, lease, handover, photos, at }: HandoverFacts): Paper {
  const code = processCode(process.number);
  const readings = Object.entries(handover?.readings ?? { water: null, electricity: null }).map(([subject, value]) => {
    const [name, unit] = meters[subject] ?? [subject, ''];
    return [name, value === null ? ' ' : readingText(value), unit];
  });
  const furniture = handover
    ? handover.furniture.map(({ item, count, condition }) => [item, String(count), condition])
    : blank(3, blankRows);
  const pictures: Block[] =
    photos.length === 0
      ? []
      : [
          { kind: 'heading', text: '照片' },
          {
            kind: 'table',
            head: ['文件', 'SHA-256（前 16 位）'],
            rows: photos.map(({ name, hash }) => [name, hash.slice(0, 16)]),
            widths: [2, 1],
          },
        ];
  return handlingPaper({
    ...{ title: '房屋交接单', code, household: process.householdName, at },
    facts: [
      ['房屋', [house.name, house.address].filter(Boolean).join(' · ')],
      ['合同', lease ? `${lease.code}（${lease.startsOn} 至 ${lease.endsOn}）` : ' '],
      ['交接时间', handover ? localStamp(handover.at, 'minute') : ' '],
      ['登记人', handover?.actorName ?? ' '],
    ],
    blocks: [
      { kind: 'heading', text: '表底数' },
      { kind: 'table', head: ['表计', '读数', '单位'], rows: readings, widths: [2, 2, 1], figures: [1] },
      { kind: 'heading', text: '设施与家具' },
      furniture.length > 0
        ? { kind: 'table', head: ['物品', '数量', '状况'], rows: furniture, widths: [2, 1, 3], figures: [1] }
        : { kind: 'text', text: '无。' },
      ...pictures,
      { kind: 'space' },
      { kind: 'text', text: '以上各项双方当面核对无误，钥匙已交付。' },
    ],
  });
}
