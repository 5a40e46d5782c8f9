import { problem } from '@keystead/contracts/problem';

export class NamingRuleInvalid extends problem('naming-rule-invalid', 400) {}

/** How things of a family are to be named after what they are for (I-5.2.1-a-2). */
export interface NamingRule {
  family: string;
  /**
   * A template: text with `{placeholders}`. `{place}` = name of its place, `{code}` = its code, `{n}` = a number, `{text}` = any words.
   */
  pattern: string;
  explanation: string;
}

const placeholders = new Set(['place', 'code', 'n', 'text']);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What the placeholders of a template stand for with one thing. */
export interface Named {
  code: string;
  /** Name of the place, when it stands at one. */
  place?: string;
}

/** Free texts in one template; more would make judging a long name slow. */
const textsMost = 2;

/** Throws NamingRuleInvalid for a template that is empty, has an unknown placeholder, a stray brace or too many free texts. */
export function checkPattern(pattern: string): void {
  const found = [...pattern.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const unknown = found.filter((name) => !placeholders.has(name));
  const bare = pattern.replace(/\{[^{}]*\}/g, '');
  const texts = found.filter((name) => name === 'text').length;
  if (unknown.length > 0 || texts > textsMost || /[{}]/.test(bare) || pattern.trim() === '')
    throw new NamingRuleInvalid({ pattern, unknown });
}

/** Does a name follow the template? Only templates are taken, no free expressions, so that no rule can run away. */
export function followsRule(pattern: string, name: string, thing: Named): boolean {
  const source = pattern
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      if (part === '{place}') return thing.place === undefined ? '.+' : escaped(thing.place);
      if (part === '{code}') return escaped(thing.code);
      if (part === '{n}') return '\\d{1,9}';
      if (part === '{text}') return '\\S(?:.*\\S)?';
      return escaped(part);
    })
    .join('');
  return new RegExp(`^${source}$`, 'u').test(name);
}

/** Without a rule of its own, a name must at least say what the thing is: it holds the model's name. */
export const namesItsModel = (name: string, modelName: { zh: string; en: string }): boolean =>
  name.includes(modelName.zh) || name.toLowerCase().includes(modelName.en.toLowerCase());
