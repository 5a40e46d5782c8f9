import { useT } from '@keystead/ui/i18n';
import { Refused } from '@keystead/ui/phone';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { said } from '../sdk.ts';

export function Waiting() {
  const t = useT();
  return (
    <p role="status" className="page">
      {t('tenant.loading')}
    </p>
  );
}

/** Why something was refused; nothing while nothing was. */
export const Refusal = ({ cause }: { cause: unknown }) => <Refused why={cause ? said(cause) : undefined} />;

/** What was asked for, once it is there; before that that it is coming, or why it did not. */
export function Loaded<Data>({ of, children }: { of: UseQueryResult<Data>; children: (data: Data) => ReactNode }) {
  const t = useT();
  if (of.data !== undefined) return children(of.data);
  if (of.error)
    return (
      <>
        <Refusal cause={of.error} />
        <button type="button" onClick={() => void of.refetch()}>
          {t('tenant.retry')}
        </button>
      </>
    );
  return <Waiting />;
}
