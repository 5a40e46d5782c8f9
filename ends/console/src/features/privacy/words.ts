import { useTexts } from '@keystead/ui/i18n';

/** What the platform writes as a word of its own; people write theirs as they like. */
export type Named = 'privacy.machines' | 'privacy.reasons' | 'privacy.sources' | 'privacy.aims' | 'privacy.grounds';

/** The reader's word for what the platform wrote; what somebody wrote himself as it is. */
export function useNamed(): (of: Named, word: string) => string {
  const { t, has } = useTexts();
  return (of, word) => (has(`${of}.${word}`) ? t(`${of}.${word}`) : word);
}
