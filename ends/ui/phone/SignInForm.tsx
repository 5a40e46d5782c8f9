import { useTexts } from '@keystead/ui/i18n';
import type { ReactNode } from 'react';
import { Refused } from './Refused.tsx';

interface SignInFormProps {
  enter: string;
  busy: boolean;
  /** What went wrong. */
  why: string | undefined;
  onEnter(): void;
  /** The fields and what stands between them and the button. */
  children: ReactNode;
}

/** The card one signs in by. */
export function SignInForm({ enter, busy, why, onEnter, children }: SignInFormProps) {
  const { language } = useTexts();
  return (
    <form
      className="card"
      lang={language}
      onSubmit={(event) => {
        event.preventDefault();
        onEnter();
      }}
    >
      {children}
      <Refused why={why} />
      <div className="actions">
        <button type="submit" className="main" disabled={busy}>
          {enter}
        </button>
      </div>
    </form>
  );
}
