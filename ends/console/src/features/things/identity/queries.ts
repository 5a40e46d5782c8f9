import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../../shell/sdk.ts';

export type ProvisionKey = Reply<typeof sdk.things.provisionKeys>[number];
export type KeyBody = Parameters<typeof sdk.things.makeProvisionKey>[0]['body'];
export type Authority = Reply<typeof sdk.things.authorities>[number];
export type Rotation = Reply<typeof sdk.things.rotations>[number];
export type RotationBody = Parameters<typeof sdk.things.rotate>[0]['body'];
export type RotationStarted = Reply<typeof sdk.things.rotate>;

const all = ['device-identity'];
/** Devices fetch and use their fresh secrets by themselves. */
const lookEvery = 10_000; // ms

export const useProvisionKeys = () =>
  useQuery({ queryKey: [...all, 'keys'], queryFn: () => sdk.things.provisionKeys({}) });

export const useAuthorities = () =>
  useQuery({ queryKey: [...all, 'authorities'], queryFn: () => sdk.things.authorities({}) });

export const useRotations = () =>
  useQuery({
    queryKey: [...all, 'rotations'],
    queryFn: () => sdk.things.rotations({}),
    refetchInterval: lookEvery,
  });

export const useRotationItems = (id: string) =>
  useQuery({
    queryKey: [...all, 'rotation', id],
    queryFn: () => sdk.things.rotationItems({ params: { id } }),
    refetchInterval: lookEvery,
  });

export function useIdentityChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}
