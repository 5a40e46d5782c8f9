import { useTexts } from '@keystead/ui/i18n';

/** The other language, in its own words. */
export function LanguageButton() {
  const { language, choose } = useTexts();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" lang={other} onClick={() => choose(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
