import { localDate } from '@keystead/contracts/calendar';

/** The local day a code belongs to: `20260601`. */
export const codeDay = (at: Date): string => localDate(at).replaceAll('-', '');

/** Readable code of a case: `WO-20260601-0007`. The number runs per organisation and day, over all kinds. */
export const caseCode = (prefix: string, day: string, number: number): string =>
  `${prefix}-${day}-${String(number).padStart(4, '0')}`;
