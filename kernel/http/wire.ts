/** A row as it travels: moments as ISO text, what is not there left out. */
export type Wire<Row> = {
  [Key in keyof Row]: Row[Key] extends Date
    ? string
    : Row[Key] extends Date | null
      ? string | undefined
      : null extends Row[Key]
        ? Exclude<Row[Key], null> | undefined
        : Row[Key];
};

export function wire<Row extends object>(row: Row): Wire<Row> {
  const entries = Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]);
  return Object.fromEntries(entries);
}
