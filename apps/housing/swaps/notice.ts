import type { Translate } from '@keystead/kernel/i18n';

/** What the platform itself says of a change of houses: what it waits for, or why it came to nothing. */
export interface SwapNotice {
  readonly code: 'contract-void' | 'exit-begun' | 'not-signed' | 'meters-awaited';
  /** Name of the house it is about. */
  readonly house?: string;
}

export const noticeText = ({ code, house }: SwapNotice, t: Translate): string =>
  t(`swaps.notice.${code}`, house === undefined ? {} : { house });

/** What a reader is told: what people wrote, else the platform's words in the reader's language. */
export const noteOf = (swap: { note: string | null; notice: SwapNotice | null }, t: Translate): string | null =>
  swap.note ?? (swap.notice && noticeText(swap.notice, t));
