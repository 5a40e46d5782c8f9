import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../../shell/sdk.ts';
import { anyChannel, type NoticeText } from './text-lines.ts';

const texts = ['notify-texts'];
type Ref = Parameters<typeof sdk.notifyTexts.reset>[0]['params'];

const refOf = ({ trigger, channel, language }: Pick<NoticeText, 'trigger' | 'channel' | 'language'>): Ref => ({
  trigger: trigger as Ref['trigger'],
  channel: (channel === anyChannel ? 'any' : channel) as Ref['channel'],
  language,
});

export const useTexts = () => useQuery({ queryKey: texts, queryFn: () => sdk.notifyTexts.list() });

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: texts }) });
}

export const useSaveText = () =>
  useChange(({ title, body, ...ref }: Omit<NoticeText, 'version'>) =>
    sdk.notifyTexts.set({ params: refOf(ref), body: { title, body } }),
  );
export const useResetText = () => useChange((text: NoticeText) => sdk.notifyTexts.reset({ params: refOf(text) }));
