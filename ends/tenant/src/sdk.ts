import { createSdk, isProblem } from '@keystead/sdk';

/** The platform this page came from. A session that ended leads back to the sign-in page. */
export const sdk = createSdk({
  language: () => document.documentElement.lang || 'zh-CN',
  fetch: async (url, init) => {
    const answer = await fetch(url, init);
    if (answer.status === 401 && !String(url).includes('/sessions')) dispatchEvent(new Event('keystead:session-ended'));
    return answer;
  },
});

/** What went wrong, in the reader's words. */
export const said = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

export { isProblem };
