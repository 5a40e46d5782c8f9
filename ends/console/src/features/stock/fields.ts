/** Entries of the five groups as a page shows and edits them; `place` marks those the place keeps. */
export const groups = {
  location: ['address', 'postcode', 'community'],
  building: ['structure', 'builtYear', 'decoration'],
  ownership: ['owner', 'kind', 'certificateNumber', 'unitNumber', 'acquiredOn'],
  lease: ['rentStandard', 'marketRent', 'deposit', 'quota'],
  management: ['operator', 'propertyCompany', 'contact', 'contactPhone', 'remark'],
} as const;
export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups) as Group[];

export const placeFields = ['floorArea', 'usableArea', 'layout', 'rooms', 'orientation'] as const;

const whole = new Set(['builtYear', 'quota', 'rooms']);
const decimal = new Set(['floorArea', 'usableArea']);
export const money = new Set(['rentStandard', 'marketRent', 'deposit']);

/** What was typed, as the file keeps it; an empty field takes the entry out. Money is typed in yuan and kept in fen. */
export function storedValue(field: string, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return null;
  if (money.has(field)) return Math.round(Number(text) * 100);
  if (whole.has(field) || decimal.has(field)) return Number(text);
  return text;
}

/** A kept value as it is typed. */
export function typedValue(field: string, kept: unknown): string {
  if (kept === undefined || kept === null) return '';
  return money.has(field) && typeof kept === 'number' ? (kept / 100).toFixed(2) : String(kept);
}
