import type { Reply } from '@keystead/sdk';
import type { sdk } from '../../../shell/sdk.ts';

export type NoticeText = Reply<typeof sdk.notifyTexts.list>['items'][number];

/** `*` stands for every channel. */
export const anyChannel = '*';

/** The texts in use in one language: what an organisation wrote itself stands in the place of the platform's own. */
export function textsInUse(texts: readonly NoticeText[], language: string): NoticeText[] {
  const mine = texts.filter((text) => text.language === language);
  const own = new Set(mine.filter((text) => text.version > 0).map((text) => `${text.trigger} ${text.channel}`));
  return mine.filter((text) => text.version > 0 || !own.has(`${text.trigger} ${text.channel}`));
}

/** Fills the placeholders that have a sample, for a look at what people would read. */
export const filled = (text: string, samples: Readonly<Record<string, string>>): string =>
  text.replace(/\{([^{}]*)\}/g, (whole, name: string) => samples[name] ?? whole);
