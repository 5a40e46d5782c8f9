import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type CarePerson = Reply<typeof sdk.care.people>[number];
export type Visit = Reply<typeof sdk.care.visits>[number];
export const visitStates = ['due', 'overdue', 'done'] as const;
export type VisitState = (typeof visitStates)[number];

const all = ['care'];

export const usePeople = () => useQuery({ queryKey: [...all, 'people'], queryFn: () => sdk.care.people() });
export const useVisits = (state: VisitState) =>
  useQuery({ queryKey: [...all, 'visits', state], queryFn: () => sdk.care.visits({ query: { state } }) });

export function useVisited() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, note }: { id: string; note: string }) =>
      sdk.care.visit({ params: { id }, body: note === '' ? {} : { note } }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}

export const serviceKinds = ['visit', 'call', 'errand', 'medical', 'help', 'other'] as const;

export const usePlans = () => useQuery({ queryKey: [...all, 'plans'], queryFn: () => sdk.care.plans() });
export const useAids = (wanted: boolean) =>
  useQuery({ queryKey: [...all, 'aids'], queryFn: () => sdk.care.aids(), enabled: wanted });
/** Asked for when a person is opened, and no oftener: each look is journaled. */
export const useLedger = (person: string) =>
  useQuery({
    queryKey: [...all, 'ledger', person],
    queryFn: () => sdk.care.ledger({ params: { id: person } }),
    refetchOnWindowFocus: false,
  });

export function useEndPlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sdk.care.endPlan({ params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}
