import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { useNow } from './now.ts';

/** How long ago, kept true while it is shown, with the whole time as a hint. */
export function Ago({ at }: { at: string }) {
  const { language } = useTexts();
  const now = useNow();
  return (
    <time dateTime={at} title={dateTime(at)}>
      {ago(at, language, Math.max(now, new Date(at).getTime()))}
    </time>
  );
}
