export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a line says was changed: fields of `to` with what they were in `from`; nothing when it does not say so. */
export function changesIn(detail: Record<string, unknown>): Change[] {
  const { from, to } = detail;
  if (!isObject(to)) return 'to' in detail && 'from' in detail ? [{ field: '', before: from, after: to }] : [];
  const before = isObject(from) ? from : {};
  return Object.entries(to)
    .filter(([field, after]) => JSON.stringify(before[field]) !== JSON.stringify(after))
    .map(([field, after]) => ({ field, before: before[field], after }));
}
