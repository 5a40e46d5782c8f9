import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../../shell/sdk.ts';

export type Linkage = Reply<typeof sdk.linkages.list>['items'][number];
export type LinkageBody = Parameters<typeof sdk.linkages.create>[0]['body'];
export type Trial = Reply<typeof sdk.linkages.try>;

const all = ['linkages'];

export const useLinkages = () => useQuery({ queryKey: all, queryFn: () => sdk.linkages.list({}) });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useSaveLinkage = () =>
  useChange(({ rule, body }: { rule: Pick<Linkage, 'id' | 'version'> | undefined; body: LinkageBody }) =>
    rule === undefined
      ? sdk.linkages.create({ body })
      : sdk.linkages.update({ params: { id: rule.id }, body }, { ifMatch: rule.version }),
  );

export const useRemoveLinkage = () => useChange((id: string) => sdk.linkages.remove({ params: { id } }));

export const useTryLinkage = () =>
  useMutation({ mutationFn: (body: { rule: LinkageBody; thing: string }) => sdk.linkages.try({ body }) });

export const useAlarmRules = () =>
  useQuery({ queryKey: ['alarm-rules'], queryFn: () => sdk.alarmRules.list({}), staleTime: 60_000 });

/** The newest version of each model, for the events a rule may wait for. */
export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: () => sdk.models.list({}), staleTime: 60_000 });
