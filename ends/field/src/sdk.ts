import { createSdk, isProblem } from '@keystead/sdk';

/** The platform this page came from. */
export const sdk = createSdk({ language: () => document.documentElement.lang || 'zh-CN' });

/** No answer at all: no network, or nobody there. */
export const isAway = (cause: unknown): boolean => isProblem(cause, 'unreachable');

/** What went wrong, in the reader's words. */
export const said = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

export { isProblem };
