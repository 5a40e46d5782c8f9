/** What is wrong with one row of a file; line 0 means the file as a whole. */
export interface SheetFault {
  line: number;
  column?: string | undefined;
  code: string;
  detail?: string | undefined;
}

/** What a file would do, or did. */
export interface SheetResult {
  rows: number;
  created: number;
  unchanged?: number | undefined;
  errors: readonly SheetFault[];
}

/** One column of the template, as explained before the file is chosen. */
export interface SheetColumn {
  name: string;
  meaning: string;
  required?: boolean;
  example?: string;
}
