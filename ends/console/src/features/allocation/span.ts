const dayMs = 86_400_000;
const monthDays = 30.4375;

/** A long time as people say it: days below two months, years and months above. */
export function spanOf(ms: number): { days: number } | { years: number; months: number } {
  const days = Math.max(0, Math.floor(ms / dayMs));
  if (days < 60) return { days };
  const months = Math.floor((days + 1) / monthDays);
  return { years: Math.floor(months / 12), months: months % 12 };
}
