import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useSession } from '../shell/session.tsx';

/** A way to a page for those who may open it; the same words for the others. */
export function LinkIfMay({ right, to, children }: { right: string; to: string; children: ReactNode }) {
  const { may } = useSession();
  return may(right) ? <Link to={to}>{children}</Link> : children;
}
