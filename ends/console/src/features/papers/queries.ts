import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Template = Reply<typeof sdk.contracts.templates>[number];
export type TemplateBody = Parameters<typeof sdk.contracts.writeTemplate>[0]['body'];

export const templateKinds = ['first', 'renewal'] as const;
export type TemplateKind = (typeof templateKinds)[number];
/** What may stand in a clause as `{name}`. */
export const templateFields = [
  'code',
  'tenant',
  'lessor',
  'house',
  'startsOn',
  'endsOn',
  'rent',
  'deposit',
  'previous',
  'today',
] as const;

const all = ['contract-templates'];

export const useTemplates = () => useQuery({ queryKey: all, queryFn: () => sdk.contracts.templates() });

/** The number of a kind that is used for leases drafted on a day. */
export const numberInForce = (templates: readonly Template[], kind: string, day: string): number =>
  Math.max(0, ...templates.filter((each) => each.kind === kind && each.effectiveOn <= day).map(({ number }) => number));

export function useWriteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TemplateBody) => sdk.contracts.writeTemplate({ body }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}

/** How a wording reads, as a file of its own tab. Throws the server's problem. */
export async function openPreview(body: Omit<TemplateBody, 'note'>): Promise<void> {
  const file: unknown = await sdk.contracts.previewTemplate({ body });
  if (!(file instanceof Blob)) return;
  const url = URL.createObjectURL(file);
  window.open(url, '_blank', 'noopener');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
