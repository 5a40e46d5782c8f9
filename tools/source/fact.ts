/** One way in which a file pulls in another. `names` are [imported, local] pairs of an import statement. */
export interface Edge {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
  /** Not imported but named by `new URL('./x.ts', import.meta.url)`, to be started as a process or a thread. */
  readonly started?: boolean;
  readonly names: readonly (readonly [string, string])[];
}

export interface Spot {
  readonly line: number;
  readonly text: string;
}

/** A call with a text first: `t('a.b')`, `problem('alarm-missing', 404)`. `open` = a template whose rest is made at run time. */
export interface TextCall extends Spot {
  readonly callee: string;
  readonly open: boolean;
}

/** A call with an identifier among its arguments: `bus.on(alarmChanged, …)`. */
export interface NameCall {
  readonly callee: string;
  readonly names: readonly string[];
}

export interface ModuleDeclaration {
  readonly line: number;
  readonly name: string | undefined;
  readonly needs: readonly { readonly key: string; readonly local: string | undefined; readonly line: number }[];
}

/** Everything the checks and generators need to know of one file. */
export interface FileFacts {
  readonly lines: number;
  readonly errors: readonly Spot[];
  readonly edges: readonly Edge[];
  /** `import(expression)` whose target is only known at run time. */
  readonly openImports: readonly number[];
  readonly environmentReads: readonly number[];
  /** Comments that tell a tool to look away. */
  readonly silencers: readonly Spot[];
  /** Member calls such as `test.skip(` with the whole callee as text. */
  readonly heldTests: readonly Spot[];
  readonly textCalls: readonly TextCall[];
  readonly nameCalls: readonly NameCall[];
  readonly literals: ReadonlySet<string>;
  /** Template literals with `?` for each hole: where SQL is written. */
  readonly templates: readonly Spot[];
  readonly module: ModuleDeclaration | undefined;
}
