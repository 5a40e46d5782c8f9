import { useEffect, useState } from 'react';

/** Words that survive a lost connection, a closed page, an empty battery; forgotten once they were sent. */
export function useDraft<Words extends object>(name: string, empty: Words) {
  const key = `keystead.tenant.draft.${name}`;
  const [words, setWords] = useState<Words>(() => ({ ...empty, ...JSON.parse(localStorage.getItem(key) ?? '{}') }));
  useEffect(() => localStorage.setItem(key, JSON.stringify(words)), [key, words]);
  return {
    words,
    write: (more: Partial<Words>) => setWords((before) => ({ ...before, ...more })),
    forget: () => setWords(empty),
  };
}
