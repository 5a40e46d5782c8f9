import { useTexts } from '@keystead/ui/i18n';
import { useSubjects } from './queries.ts';

/** Name of a kind of fee in the reader's language; its code while it is not known. */
export function useSubjectName(): (code: string) => string {
  const { data } = useSubjects();
  const { language } = useTexts();
  return (code) => {
    const found = data?.find((each) => each.code === code);
    return found ? (language === 'en' ? found.nameEn : found.nameZh) : code;
  };
}

/** This month as `YYYY-MM`. */
export const thisMonth = (): string => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`;
};
