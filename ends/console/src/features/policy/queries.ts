import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Packs = Reply<typeof sdk.policy.packs>;
export type Pack = Packs['packs'][number];
export type Rule = Packs['rules'][number];
export type RuleValue = Pack['values'][string];

export const policyKey = ['policy'];
const all = policyKey;

export const usePacks = () => useQuery({ queryKey: all, queryFn: () => sdk.policy.packs() });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export type DraftBody = Parameters<typeof sdk.policy.draft>[0]['body'];

export const useDraft = () =>
  useChange(({ id, body = {} }: { id: string; body?: DraftBody }) => sdk.policy.draft({ params: { id }, body }));

export const useEdit = () =>
  useChange(({ pack, rule, value }: { pack: Pack; rule: string; value: RuleValue }) =>
    sdk.policy.edit({ params: { id: pack.id }, body: { values: { [rule]: value } } }, { ifMatch: pack.version }),
  );

export const usePublish = () =>
  useChange(({ id, effectiveFrom }: { id: string; effectiveFrom: string }) =>
    sdk.policy.publish({ params: { id }, body: { effectiveFrom } }),
  );

export const useReplay = () =>
  useMutation({
    mutationFn: ({ id, from, to }: { id: string; from: string; to: string }) =>
      sdk.policy.replay({ params: { id }, body: { from, to } }),
  });
