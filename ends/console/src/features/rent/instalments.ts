export interface Part {
  dueOn: string;
  amount: number;
}

/** The same day of later months, or the last of a month that is shorter; `first` as `YYYY-MM-DD`. */
export function monthLater(first: string, months: number): string {
  const [year = 0, month = 1, day = 1] = first.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** An amount (minor units) in so many equal parts a month apart; what does not divide is in the last. */
export function equalParts(total: number, count: number, first: string): Part[] {
  const each = Math.floor(total / count);
  return Array.from({ length: count }, (_, at) => ({
    dueOn: monthLater(first, at),
    amount: at === count - 1 ? total - each * (count - 1) : each,
  }));
}
