import { useT } from '@keystead/ui/i18n';
import { useEffect, useState } from 'react';

const pause = 60;

/** Has a code sent, and not again within a minute. */
export function CodeButton({ disabled, onSend }: { disabled?: boolean; onSend(): Promise<unknown> }) {
  const t = useT();
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  const send = () => {
    setLeft(pause);
    onSend().catch(() => setLeft(0));
  };
  return (
    <button type="button" disabled={disabled || left > 0} onClick={send}>
      {left > 0 ? t('tenant.code.again', { seconds: left }) : t('tenant.code.send')}
    </button>
  );
}
