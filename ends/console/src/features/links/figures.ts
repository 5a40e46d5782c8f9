/** Figures of lines as they are shown; — where nothing is known. */
const none = '—';

export const share = (value: number | null): string => (value === null ? none : `${Math.round(value * 1000) / 10} %`);

export const milliseconds = (value: number | null): string => {
  if (value === null) return none;
  return value >= 10_000 ? `${Math.round(value / 100) / 10} s` : `${Math.round(value)} ms`;
};

export const seconds = (value: number): string => `${Math.round(value * 100) / 100} s`;

export const strength = (value: number | null): string => (value === null ? none : `${Math.round(value)} dBm`);

interface Counted {
  total: number;
  online: number;
  offline: number;
  stale: number;
  weak: number;
  loss: number | null;
  latency: number | null;
}

/** All groups together; means are weighed by how many lines stand behind them. */
export function together(groups: readonly Counted[]) {
  const sum = (of: (group: Counted) => number) => groups.reduce((all, group) => all + of(group), 0);
  const mean = (of: (group: Counted) => number | null): number | null => {
    const known = groups.filter((group) => of(group) !== null && group.total > 0);
    const weight = known.reduce((all, { total }) => all + total, 0);
    return weight === 0 ? null : known.reduce((all, group) => all + (of(group) ?? 0) * group.total, 0) / weight;
  };
  const [online, offline] = [sum((group) => group.online), sum((group) => group.offline)];
  return {
    total: sum((group) => group.total),
    online,
    rate: online + offline === 0 ? null : online / (online + offline),
    stale: sum((group) => group.stale),
    weak: sum((group) => group.weak),
    loss: mean((group) => group.loss),
    latency: mean((group) => group.latency),
  };
}
