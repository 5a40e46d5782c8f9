import { useTexts } from '@keystead/ui/i18n';
import { useState } from 'react';
import { isLargeText, setLargeText } from './large-text.ts';

/** Size of text and language. */
export function Settings() {
  const { t, language, choose } = useTexts();
  const [large, setLarge] = useState(isLargeText());
  const change = () => {
    setLargeText(!large);
    setLarge(!large);
  };
  return (
    <div className="actions">
      <button type="button" aria-pressed={large} onClick={change}>
        {t(large ? 'tenant.text.usual' : 'tenant.text.large')}
      </button>
      <button
        type="button"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
      >
        {language === 'en' ? '中文' : 'English'}
      </button>
    </div>
  );
}
