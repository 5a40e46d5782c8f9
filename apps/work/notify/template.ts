import { problem } from '@keystead/contracts/problem';
import type { Translate } from '@keystead/kernel/i18n';
import { type Language, type Notice, placeholders, type TextName, type Values } from './notice.ts';
import type { ChannelKind } from './rule.ts';

/** A text with a placeholder nobody knows. */
export class TemplateInvalid extends problem('notify-template-invalid', 422) {}

export interface Text {
  readonly title: string;
  readonly body: string;
}

/** A text an organisation wrote; channel `*` = any. */
export interface OwnText extends Text {
  readonly trigger: string;
  readonly channel: ChannelKind | '*';
  readonly language: Language;
}

const place = /\{([^{}]*)\}/g;
const known: readonly string[] = placeholders;
const valueLimit = 500;

/** Line breaks and other control signs have no business in a subject line, nor endless values in any text. */
const controls = /\p{Cc}+/gu;
const clean = (value: string): string => value.replace(controls, ' ').slice(0, valueLimit);

/** Fills `{name}` for the known names; a name without a value becomes nothing. There is no code in a template. */
export const fill = (text: string, values: Values): string =>
  text.replace(place, (whole, name: string) =>
    known.includes(name) ? clean(values[name as keyof Values] ?? '') : whole,
  );

/** Throws TemplateInvalid naming each unknown placeholder. */
export function checkText(text: Text): void {
  const errors = (['title', 'body'] as const).flatMap((field) =>
    [...text[field].matchAll(place)]
      .filter(([, name]) => !known.includes(name ?? ''))
      .map(([whole]) => ({ pointer: `/${field}`, code: 'unknown-placeholder', detail: whole })),
  );
  if (errors.length > 0) throw new TemplateInvalid({ known: [...known] }, errors);
}

/** The text to use: the organisation's own for the channel, its own for any, else the platform's. */
export function textFor(
  own: readonly OwnText[],
  name: TextName,
  channel: ChannelKind,
  language: Language,
  t: Translate,
): Text {
  const fits = (each: OwnText, of: string) =>
    each.trigger === name && each.language === language && each.channel === of;
  return (
    own.find((each) => fits(each, channel)) ??
    own.find((each) => fits(each, '*')) ?? {
      title: t(`notify.text.${name}.title`),
      body: t(`notify.text.${name}.body`),
    }
  );
}

const localTime: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'medium' }),
};

/** A moment as a reader of the language writes it, on the clocks of the platform's zone. */
export const instant = (at: Date, language: Language): string => localTime[language].format(at);

/** The message one receiver gets. */
export function compose(text: Text, notice: Notice, person: string, language: Language, t: Translate): Text {
  const values: Values = {
    severity: t(`notify.severity.${notice.severity}`),
    time: instant(notice.at, language),
    person,
    ...notice.values[language],
  };
  return { title: clean(fill(text.title, values)).slice(0, 200), body: fill(text.body, values) };
}
