import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Flex, Typography, theme } from 'antd';
import { type HouseState, type HouseStatus, type Letting, lettingColours } from './building-state.ts';
import { useStatusLook } from './status-look.ts';

const order: HouseStatus[] = ['normal', 'partly', 'silent', 'bare', 'retired'];

/** What the tints, letters, hatches and dots mean, with how many houses there are of each. */
export function GridLegend({ states, lettings }: { states: readonly HouseState[]; lettings: readonly Letting[] }) {
  const t = useT();
  const { token } = theme.useToken();
  const looks = useStatusLook();
  const count = (status: HouseStatus) => states.filter((state) => state.status === status).length;
  return (
    <Flex wrap gap={16} align="center">
      {order.map((status) => (
        <Flex key={status} gap={6} align="center">
          <span
            aria-hidden="true"
            style={{
              display: 'inline-grid',
              placeItems: 'center',
              width: 24,
              height: 20,
              fontSize: 12,
              borderRadius: 4,
              background: looks[status].tint,
              border: `1px ${looks[status].dashed ? 'dashed' : 'solid'} ${token.colorBorder}`,
            }}
          >
            {t(`places.letter.${status}`)}
          </span>
          <Typography.Text>{t(`places.status.${status}`)}</Typography.Text>
          <Typography.Text strong>{count(status)}</Typography.Text>
        </Flex>
      ))}
      {[1, 2, 3, 4]
        .filter((severity) => states.some((state) => state.worst === severity))
        .map((severity) => (
          <Flex key={severity} gap={6} align="center">
            <SeverityMark severity={severity} />
            <Typography.Text strong>{states.filter((state) => state.worst === severity).length}</Typography.Text>
          </Flex>
        ))}
      {[...new Set(lettings.map(({ state }) => state))].map((state) => (
        <Flex key={state} gap={6} align="center">
          <span aria-hidden="true" style={{ width: 5, height: 20, background: lettingColours[state] }} />
          <Typography.Text>{t(`places.letting.${state}`)}</Typography.Text>
          <Typography.Text strong>{lettings.filter((each) => each.state === state).length}</Typography.Text>
        </Flex>
      ))}
      <Flex gap={6} align="center">
        <span
          aria-hidden="true"
          style={{ width: 8, height: 8, borderRadius: 4, background: token.colorTextSecondary }}
        />
        <Typography.Text>{t('places.grid.dot')}</Typography.Text>
      </Flex>
      <Typography.Text type="secondary">{t('places.grid.keys')}</Typography.Text>
    </Flex>
  );
}
