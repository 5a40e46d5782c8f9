/** One thing a check objects to. `rule` is stable: exceptions and fixtures name it. */
export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Check {
  readonly name: string;
  /** Resolves to what it objects to; a rejection is the check itself being broken. */
  run(): Promise<readonly Finding[]> | readonly Finding[];
}

export function byPlace(a: Finding, b: Finding): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
