import { useT } from '@keystead/ui/i18n';
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  title: string;
  yes: string;
  busy: boolean;
  children: ReactNode;
  onYes(): void;
  onNo(): void;
}

/** Asks once more before what cannot be taken back; the browser keeps focus within. */
export function Confirm({ title, yes, busy, children, onYes, onNo }: Props) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={heading} onCancel={onNo}>
      <h2 id={heading}>{title}</h2>
      {children}
      <div className="actions">
        <button type="button" className="main" disabled={busy} onClick={onYes}>
          {yes}
        </button>
        <button type="button" onClick={onNo}>
          {t('tenant.cancel')}
        </button>
      </div>
    </dialog>
  );
}
