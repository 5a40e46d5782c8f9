import { useMutation, useQueryClient } from '@tanstack/react-query';

/** One thing done at a time; whatever was read before is read anew after it. */
export function useAct(after?: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: async () => {
      await cache.invalidateQueries();
      after?.();
    },
  });
}
