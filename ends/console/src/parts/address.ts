import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** The filters of a page as they stand in its address, so that the address restores the page. */
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const put = useCallback(
    (changes: Readonly<Record<string, string | readonly string[] | undefined>>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            after.delete(name);
            for (const one of typeof value === 'string' ? [value] : (value ?? []))
              if (one !== '') after.append(name, one);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return {
    get: (name: string): string | undefined => search.get(name) || undefined,
    all: (name: string): string[] => search.getAll(name),
    put,
    key: search.toString(),
  };
}

/** The value if it is one of those known; addresses are typed by people too. */
export const oneOf = <T extends string>(known: readonly T[], text: string | undefined): T | undefined =>
  known.find((each) => each === text);
