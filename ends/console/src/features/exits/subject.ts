import { useTexts } from '@keystead/ui/i18n';
import { useSession } from '../../shell/session.tsx';
import { useSubjects } from './queries.ts';

/** Name of a kind of fee in the reader's language, as far as it is known here. */
export function useSubjectName(): (code: string) => string {
  const { language } = useTexts();
  const { may } = useSession();
  const { data } = useSubjects(may('bill:read'));
  return (code) => {
    const found = data?.find((each) => each.code === code);
    return found ? (language === 'en' ? found.nameEn : found.nameZh) : code;
  };
}
