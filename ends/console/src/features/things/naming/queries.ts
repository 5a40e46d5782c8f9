import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../../shell/sdk.ts';

export type NamingRule = Reply<typeof sdk.models.namingRules>[number];
export type NamingBreach = Reply<typeof sdk.models.namingBreaches>['breaches'][number];

const all = ['naming'];

export const useNamingRules = (enabled: boolean) =>
  useQuery({ queryKey: [...all, 'rules'], queryFn: () => sdk.models.namingRules(), enabled });
export const useNamingBreaches = () =>
  useQuery({ queryKey: [...all, 'breaches'], queryFn: () => sdk.models.namingBreaches() });

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

/** An empty pattern takes the rule away. */
export const useSaveNamingRule = () => useChange((body: NamingRule) => sdk.models.setNamingRule({ body }));

/** Gives a thing another name, as it stands now. */
export const useRename = () =>
  useChange(async ({ id, name }: { id: string; name: string }) => {
    const { version } = await sdk.things.get({ params: { id } });
    return sdk.things.update({ params: { id }, body: { name } }, { ifMatch: version });
  });
