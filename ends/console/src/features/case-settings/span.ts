/** A length of time as people write it. */
export interface Span {
  count: number;
  unit: 'minutes' | 'hours' | 'days';
}

const seconds: Readonly<Record<Span['unit'], number>> = { minutes: 60, hours: 3600, days: 86_400 };
export const spanUnits = ['minutes', 'hours', 'days'] as const;

/** The largest unit that gives a whole number; seconds that are no whole minute are rounded up to one. */
export function spanOf(total: number): Span {
  const unit = (['days', 'hours'] as const).find((each) => total >= seconds[each] && total % seconds[each] === 0);
  return unit ? { count: total / seconds[unit], unit } : { count: Math.ceil(total / 60), unit: 'minutes' };
}

/** Hours and minutes only: a day of a working calendar is not one of twenty-four hours. */
export function workingSpanOf(total: number): Span {
  const { count, unit } = spanOf(total);
  return unit === 'days' ? { count: count * 24, unit: 'hours' } : { count, unit };
}

export const secondsOf = ({ count, unit }: Span): number => Math.round(count * seconds[unit]);
