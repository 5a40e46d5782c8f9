import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Skeleton, Tag } from 'antd';
import { Link } from 'react-router';
import { isProblem, said, sdk } from '../shell/sdk.ts';
import { useSession } from '../shell/session.tsx';

export const useHouseWhole = (id: string, allowed = true) =>
  useQuery({
    queryKey: ['houses', 'whole', id],
    queryFn: () => sdk.houses.whole({ params: { id } }),
    enabled: allowed,
    retry: false,
  });

/** Who lives in a house and on which lease, with the way to each, and what comes next for it; nothing for a place without a file. */
export function HouseLiving({ id, columns = 3 }: { id: string; columns?: 1 | 2 | 3 }) {
  const t = useT();
  const { may } = useSession();
  const { data, error } = useHouseWhole(id, may('house:read'));
  if (!may('house:read') || isProblem(error, 'house-missing')) return null;
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />;
  const { house, household, lease } = data;
  const lived = house.state === 'occupied' && lease;
  const linked = (to: string, words: string, permission: string) =>
    may(permission) ? <Link to={to}>{words}</Link> : words;
  return (
    <Flex vertical gap={8}>
      <KeyValue
        columns={columns}
        facts={[
          {
            key: 'household',
            label: t('parts.living.household'),
            value: household
              ? linked(`/households/${household.id}`, `${household.name} (${household.members})`, 'household:read')
              : null,
          },
          {
            key: 'lease',
            label: t('parts.living.lease'),
            value: lease ? linked(`/leases/${lease.id}`, lease.number, 'lease:read') : null,
          },
          {
            key: 'term',
            label: t('parts.living.term'),
            value: lease ? `${lease.from ?? ''} – ${lease.to ?? ''}` : null,
          },
        ]}
      />
      <Flex wrap gap={8}>
        {may('door-key:read') ? (
          <Link to={`/door-keys?house=${id}`}>
            <Button size="small">{t('parts.living.keys')}</Button>
          </Link>
        ) : null}
        {house.state === 'allocatable' && may('allocation:write') ? (
          <Link to={`/move-ins?new=1&house=${id}`}>
            <Button size="small">{t('parts.living.allocate')}</Button>
          </Link>
        ) : null}
        {(house.state === 'reserved' || house.state === 'pending-move-in') && may('allocation:read') ? (
          <Link to={`/move-ins?house=${id}`}>
            <Button size="small">{t('parts.living.moveIn')}</Button>
          </Link>
        ) : null}
        {lived && may('exit:write') ? (
          <Link to={`/exits?new=1&lease=${lease.id}`}>
            <Button size="small">{t('parts.living.exit')}</Button>
          </Link>
        ) : null}
        {house.state === 'moving-out' && may('exit:read') ? (
          <Link to={`/exits?house=${id}`}>
            <Button size="small">{t('parts.living.leaving')}</Button>
          </Link>
        ) : null}
        {data.alarms.length > 0 ? (
          <Tag color="error">{t('parts.living.alarms', { count: data.alarms.length })}</Tag>
        ) : null}
      </Flex>
    </Flex>
  );
}
