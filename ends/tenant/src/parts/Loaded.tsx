import { useT } from '@keystead/ui/i18n';
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

export function Refusal({ cause }: { cause: unknown }) {
  return (
    <p role="alert" className="note bad">
      {said(cause)}
    </p>
  );
}

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
