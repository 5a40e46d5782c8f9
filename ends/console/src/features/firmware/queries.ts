import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Package = Reply<typeof sdk.firmware.packages>[number];
export type Signer = Reply<typeof sdk.firmware.signers>[number];
export type CampaignLine = Reply<typeof sdk.firmware.campaigns>['items'][number];
export type Campaign = Reply<typeof sdk.firmware.campaign>;
export type Target = Reply<typeof sdk.firmware.targets>['items'][number];
export type Preview = Reply<typeof sdk.firmware.preview>;
export type Installed = Reply<typeof sdk.firmware.versions>[number];
export type CampaignBody = Parameters<typeof sdk.firmware.begin>[0]['body'];
export type TargetState = Target['state'];

export const targetStates: readonly TargetState[] = [
  'pending',
  'offered',
  'downloading',
  'downloaded',
  'verified',
  'applying',
  'succeeded',
  'failed',
  'rolled-back',
  'skipped',
];

const all = ['firmware'];

/** Devices move on by themselves: whatever shows them asks again soon after. */
export function useFreshFirmware(): void {
  const again = useSoon(all, 1000);
  useLive('firmware.campaign', again);
  useLive('firmware.device', again);
  useLive('returned', again);
}

export const usePackages = () => useQuery({ queryKey: [...all, 'packages'], queryFn: () => sdk.firmware.packages() });
export const useSigners = () => useQuery({ queryKey: [...all, 'signers'], queryFn: () => sdk.firmware.signers() });
export const useVersions = () =>
  useQuery({ queryKey: [...all, 'versions'], queryFn: () => sdk.firmware.versions({ query: {} }) });

export const useCampaigns = () =>
  useInfiniteQuery({
    queryKey: [...all, 'campaigns'],
    queryFn: ({ pageParam }) =>
      sdk.firmware.campaigns({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const useCampaign = (id: string) =>
  useQuery({ queryKey: [...all, 'campaign', id], queryFn: () => sdk.firmware.campaign({ params: { id } }) });

export const useTargets = (id: string, query: { state?: TargetState; reason?: string }) =>
  useInfiniteQuery({
    queryKey: [...all, 'targets', id, query],
    queryFn: ({ pageParam }) =>
      sdk.firmware.targets({
        params: { id },
        query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export function useFirmwareChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

/** Devices of a campaign by state, over all waves or in one. */
export const countsOf = ({ counts }: Pick<CampaignLine, 'counts'>, wave?: number): Map<TargetState, number> => {
  const sums = new Map<TargetState, number>();
  for (const each of counts)
    if (wave === undefined || each.wave === wave) sums.set(each.state, (sums.get(each.state) ?? 0) + each.count);
  return sums;
};
