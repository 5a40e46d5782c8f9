import { useT } from '@keystead/ui/i18n';
import { LanguageButton } from '@keystead/ui/phone';
import { useState } from 'react';
import { isLargeText, setLargeText } from './large-text.ts';

/** Size of text and language. */
export function Settings() {
  const t = useT();
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
      <LanguageButton />
    </div>
  );
}
