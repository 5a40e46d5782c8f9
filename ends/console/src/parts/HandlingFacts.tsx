import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { Card } from 'antd';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import { useSession } from '../shell/session.tsx';
import { LinkIfMay } from './LinkIfMay.tsx';
import { PlaceName } from './PlaceName.tsx';

type Facts = ComponentProps<typeof KeyValue>['facts'];

interface HandlingFactsProps {
  /** Whose way it is, and into or out of which house. */
  of: { household: string; householdName: string; house: string; houseName?: string | null };
  lease: { id: string; code: string } | null;
  /** What stands at the link to the keys of the house. */
  keys: ReactNode;
  facts: Facts;
}

/** What is known of one household's way into or out of one house, with ways on to whatever it is about. */
export function HandlingFacts({ of, lease, keys, facts }: HandlingFactsProps) {
  const t = useT();
  const { may } = useSession();
  return (
    <Card size="small">
      <KeyValue
        columns={3}
        facts={[
          {
            key: 'household',
            label: t('parts.handling.household'),
            value: (
              <LinkIfMay right="household:read" to={`/households/${of.household}`}>
                {of.householdName}
              </LinkIfMay>
            ),
          },
          {
            key: 'house',
            label: t('parts.handling.house'),
            value: <PlaceName id={of.house} name={of.houseName ?? undefined} />,
          },
          {
            key: 'lease',
            label: t('parts.handling.lease'),
            value: lease ? (
              <LinkIfMay right="lease:read" to={`/leases/${lease.id}`}>
                {lease.code}
              </LinkIfMay>
            ) : null,
          },
          ...facts,
          {
            key: 'keys',
            label: t('parts.handling.keys'),
            value: may('door-key:read') ? <Link to={`/door-keys?house=${of.house}`}>{keys}</Link> : null,
          },
        ]}
      />
    </Card>
  );
}
