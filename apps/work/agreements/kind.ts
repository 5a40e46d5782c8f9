/** How agreements of one kind live. It is data: there is no code per kind. */
export interface AgreementKind {
  readonly name: string;
  /** Codes begin with it: `ZL-2026-0001`. */
  readonly prefix: string;
  readonly first: string;
  readonly steps: Readonly<Record<string, { from: readonly string[]; to: string; reason?: true }>>;
  /** In these states it holds its subject for its period. */
  readonly binding: readonly string[];
  /** In these it holds its subject although its period is over. */
  readonly staying: readonly string[];
  /** In these the terms may still be changed freely; in `amendable` ones a change is an amendment with a reason. */
  readonly editable: readonly string[];
  readonly amendable: readonly string[];
  /** Which role signs in which state, and the step its signature takes. */
  readonly signing: Readonly<Record<string, { role: string; step: string }>>;
  /** Days before the end on which it is said, once each. */
  readonly leads: readonly number[];
  /**
   * Steps the clock takes: on the first day, at the first lead, and on the day after the last: `succeed` when another one
   * that replaces it holds the subject from then on, else `over`.
   */
  readonly clock: {
    readonly begin?: string;
    readonly near?: string;
    readonly succeed?: string;
    readonly over?: string;
  };
}

/** The state a step leads to; undefined when it cannot be taken from there. */
export function stateAfter(kind: AgreementKind, state: string, step: string): string | undefined {
  const found = kind.steps[step];
  return found?.from.includes(state) ? found.to : undefined;
}

export const holds = (kind: AgreementKind, state: string): 'period' | 'open' | undefined =>
  kind.staying.includes(state) ? 'open' : kind.binding.includes(state) ? 'period' : undefined;

export const stepsFrom = (kind: AgreementKind, state: string): string[] =>
  Object.entries(kind.steps)
    .filter(([, step]) => step.from.includes(state))
    .map(([name]) => name);
