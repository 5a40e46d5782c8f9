export type Cell = string | number | boolean | Date | null | undefined;

export interface Sheet {
  /** Of the file, without its ending, and of the table in it. */
  name: string;
  heads: readonly string[];
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
}
