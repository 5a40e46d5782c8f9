import { createSdk, isProblem } from '@keystead/sdk';
import { createAttention } from './attention.ts';

// There is no window where rules of this code are tested.
const attention = createAttention(typeof window === 'undefined' ? new EventTarget() : window);

/** The platform this page came from. A session that ended is noticed at the next call, wherever it is made. */
export const sdk = createSdk({
  language: () => document.documentElement.lang || 'zh-CN',
  fetch: async (url, init) => {
    const headers = new Headers(init?.headers);
    if (!attention.isThere()) headers.set('x-keystead-background', '1');
    const answer = await fetch(url, { ...init, headers });
    if (answer.status === 401 && !String(url).includes('/sessions')) dispatchEvent(new Event('keystead:session-ended'));
    return answer;
  },
});

/** What went wrong, in the reader's words. */
export function said(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export { isProblem };
