import { createHash } from 'node:crypto';
import { type FieldError, problem } from '@keystead/contracts/problem';

/** 首签 and 重签 share one wording, 续签 has its own. */
export type TemplateKind = 'first' | 'renewal';
export const templateKinds: readonly TemplateKind[] = ['first', 'renewal'];
export const templateOf = (leaseKind: string): TemplateKind => (leaseKind === 'renewal' ? 'renewal' : 'first');

export interface TemplateClause {
  readonly heading: string;
  /** Lines with `{fields}`. */
  readonly text: string;
}

export interface Template {
  readonly kind: TemplateKind;
  readonly number: number;
  /** The first day it is used for new leases. */
  readonly effectiveOn: string;
  readonly title: string;
  readonly clauses: readonly TemplateClause[];
}

/** What may stand in a clause as `{name}`; terms of the lease are reached as `{terms.name}`. */
export const templateFields = [
  ...['code', 'tenant', 'lessor', 'house', 'startsOn', 'endsOn', 'rent', 'deposit', 'previous', 'today'],
] as const;

/** A clause names a field that no lease has. */
export class TemplateInvalid extends problem('contract-template-invalid', 422) {}

const field = /\{([^{}]*)\}/g;
const known = (name: string): boolean =>
  (templateFields as readonly string[]).includes(name) || /^terms\.[\p{L}\p{N}_-]{1,60}$/u.test(name);

/** Throws TemplateInvalid naming each unknown field. */
export function checkTemplate({ clauses }: Pick<Template, 'clauses'>): void {
  const errors: FieldError[] = clauses.flatMap(({ text }, index) =>
    [...text.matchAll(field)]
      .filter(([, name]) => !known(name ?? ''))
      .map(([whole]) => ({ pointer: `/clauses/${index}/text`, code: 'unknown-field', detail: whole })),
  );
  if (errors.length > 0) throw new TemplateInvalid({ fields: [...templateFields] }, errors);
}

/** What the terms of a lease keep of its template, so that a signature is put under the wording too. */
export const templateMark = (template: Template) => ({
  kind: template.kind,
  number: template.number,
  digest: digestOfTemplate(template),
});
export type TemplateMark = ReturnType<typeof templateMark>;

/** SHA-256 over title and clauses, hex. */
export const digestOfTemplate = ({ title, clauses }: Pick<Template, 'title' | 'clauses'>): string =>
  createHash('sha256')
    .update(JSON.stringify([title, clauses.map(({ heading, text }) => [heading, text])]))
    .digest('hex');

/** Fills each `{field}`; one without a value is a rule to be written on, so that nobody takes it for agreed. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(field, (whole, name: string) => (known(name) ? values[name] || '＿＿＿＿' : whole));

/** The one in force on a day: of those that began, the latest number. */
export const templateAt = (all: readonly Template[], kind: TemplateKind, day: string): Template | undefined =>
  all
    .filter((each) => each.kind === kind && each.effectiveOn <= day)
    .reduce<Template | undefined>((best, each) => (!best || each.number > best.number ? each : best), undefined);
