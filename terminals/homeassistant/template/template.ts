import { type Compiled, compile } from './expression.ts';
import { missing, textOf } from './filters.ts';

/** Answers the value, of its own type when the template is one expression, else a text; undefined when there is none. */
export type Template = (payload: string) => unknown;

const longest = 2_000;
const partsMost = 64;
const brackets = /(\{\{[\s\S]*?\}\})/;

/** Texts, and expressions to be asked; undefined when one of them is not of the language. */
function partsOf(text: string): (string | Compiled)[] | undefined {
  if (text.length > longest || text.includes('{%') || text.includes('{#')) return undefined;
  const pieces = text.split(brackets).filter((piece) => piece !== '');
  if (pieces.length > partsMost) return undefined;
  const parts: (string | Compiled)[] = [];
  for (const piece of pieces) {
    const isExpression = brackets.test(piece);
    const part = isExpression ? compile(piece.slice(2, -2).replaceAll(/^-|-$/g, '')) : piece;
    if (part === undefined || (!isExpression && piece.includes('{{'))) return undefined;
    parts.push(part);
  }
  return parts;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return missing;
  }
}

/**
 * A Home Assistant template of the part of Jinja devices use: texts with `{{ expression }}` over `value` and
 * `value_json`. Undefined for what is beyond it (statements, macros, functions of Home Assistant).
 */
export function readTemplate(text: string): Template | undefined {
  const parts = partsOf(text.trim());
  if (!parts) return undefined;
  return (payload) => {
    const scope = { value: payload, value_json: jsonOf(payload) };
    const [only, ...others] = parts;
    if (typeof only === 'function' && others.length === 0) {
      const value = only(scope);
      return value === missing || value === null ? undefined : value;
    }
    return parts.map((part) => (typeof part === 'string' ? part : textOf(part(scope)))).join('');
  };
}

/** A command in the form the device wants: `{{ value }}` becomes the value. */
export function readCommandTemplate(text: string): ((value: unknown) => string) | undefined {
  const parts = partsOf(text);
  if (!parts) return undefined;
  return (value) => parts.map((part) => (typeof part === 'string' ? part : textOf(part({ value })))).join('');
}
