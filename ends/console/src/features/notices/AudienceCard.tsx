import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Flex, Spin, Statistic, Tag, Typography } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Audience, useAudience } from './queries.ts';

/** Whom it would reach now: how many, and some of them by lease and masked name. */
export function AudienceCard({ place, audience }: { place: string | undefined; audience: Audience }) {
  const t = useT();
  const { data, error, isFetching } = useAudience(place, audience);
  if (audience.states.length === 0) return null;
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Card size="small" title={t('notices.audience')} extra={isFetching ? <Spin size="small" /> : null}>
      <Flex gap={24} align="flex-start" wrap>
        <Statistic title={t('notices.households')} value={data?.count ?? 0} />
        <Flex vertical gap={4} style={{ flex: 1, minWidth: 260 }}>
          <Typography.Text type="secondary">{t('notices.sample')}</Typography.Text>
          <Flex wrap gap={4}>
            {data?.examples.map(({ code, name }) => (
              <Tag key={code}>
                {code} {name}
              </Tag>
            ))}
          </Flex>
        </Flex>
      </Flex>
      {data?.count === 0 ? <Alert type="warning" showIcon title={t('notices.nobody')} /> : null}
    </Card>
  );
}
