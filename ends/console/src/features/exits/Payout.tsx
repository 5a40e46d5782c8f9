import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { LinkIfMay } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';

const colours = { waiting: 'processing', asked: 'blue', done: 'success', failed: 'error', refused: 'default' } as const;

/** How far the money that goes back has got: a large one waits for a second person, a channel may refuse it. */
export function Payout({ lease }: { lease: string }) {
  const t = useT();
  const { may } = useSession();
  const { data } = useQuery({
    queryKey: ['refunds', 'of', lease],
    queryFn: () => sdk.payments.refunds({ query: { agreement: lease, limit: 1 } }),
    enabled: may('payment:read'),
  });
  const [last] = data ?? [];
  if (!last) return null;
  return (
    <LinkIfMay right="payment:read" to="/payments?tab=refunds">
      <Tag color={colours[last.state]}>{t(`exits.payout.${last.state}`)}</Tag>
    </LinkIfMay>
  );
}
