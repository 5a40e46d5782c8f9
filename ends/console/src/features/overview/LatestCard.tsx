import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Empty, Flex, Typography, theme } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';

interface LatestCardProps {
  title: string;
  /** Where all rows are. */
  to: string;
  rows: { key: string; content: ReactNode; side: ReactNode }[] | undefined;
  loading: boolean;
  error: unknown;
  empty: string;
}

/** The newest rows of a list, with the way to all of them. */
export function LatestCard({ title, to, rows, loading, error, empty }: LatestCardProps) {
  const t = useT();
  const { token } = theme.useToken();
  return (
    <Card
      size="small"
      title={title}
      loading={loading}
      extra={<Link to={to}>{t('overview.all')}</Link>}
      style={{ height: '100%' }}
      styles={{ body: { padding: '4px 16px 8px' } }}
    >
      {error ? <Alert type="error" title={said(error)} /> : null}
      {rows?.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> : null}
      {rows?.map(({ key, content, side }, at) => (
        <Flex
          key={key}
          justify="space-between"
          gap={12}
          style={{ paddingBlock: 8, ...(at > 0 ? { borderTop: `1px solid ${token.colorBorderSecondary}` } : {}) }}
        >
          {content}
          <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>
            {side}
          </Typography.Text>
        </Flex>
      ))}
    </Card>
  );
}
