/** What a resident identity number says by itself. `checked` numbers only. */
export interface ResidentId {
  /** Six digits of the division it was first given in; may be retired since. */
  readonly division: string;
  /** `YYYY-MM-DD`. */
  readonly birth: string;
  readonly sex: 'female' | 'male';
}

export type ResidentIdFault = 'length' | 'digits' | 'birth-date' | 'check-digit';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = '10X98765432';

const isDate = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Upper case without blanks: the form in which numbers are compared and stored. */
export const normalResidentId = (text: string): string => text.replace(/\s/g, '').toUpperCase();

/** What is wrong with an 18-digit number of GB 11643 (MOD 11-2 check digit); undefined = nothing. */
export function residentIdFault(text: string): ResidentIdFault | undefined {
  const id = normalResidentId(text);
  if (id.length !== 18) return 'length';
  if (!/^\d{17}[\dX]$/.test(id)) return 'digits';
  if (!isDate(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14)))) return 'birth-date';
  const sum = weights.reduce((total, weight, index) => total + weight * Number(id[index]), 0);
  return checkDigits[sum % 11] === id[17] ? undefined : 'check-digit';
}

/** Throws RangeError for a number that `residentIdFault` refuses. */
export function readResidentId(text: string): ResidentId {
  const fault = residentIdFault(text);
  if (fault) throw new RangeError(`resident id: ${fault}`);
  const id = normalResidentId(text);
  return {
    division: id.slice(0, 6),
    birth: `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`,
    sex: Number(id[16]) % 2 === 1 ? 'male' : 'female',
  };
}
