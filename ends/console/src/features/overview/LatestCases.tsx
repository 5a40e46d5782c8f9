import { ago } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { LatestCard } from './LatestCard.tsx';
import { useLatestCases } from './queries.ts';

/** The newest open orders. */
export function LatestCases() {
  const { t, language } = useTexts();
  const { data, error, isLoading } = useLatestCases(true);
  return (
    <LatestCard
      title={t('overview.latestCases')}
      to="/cases"
      loading={isLoading}
      error={error}
      empty={t('overview.noCases')}
      rows={data?.items.map((each) => ({
        key: each.id,
        content: (
          <Link to={`/cases/${each.id}`} style={{ color: 'inherit', minWidth: 0 }}>
            <Tag>{t(`overview.caseStates.${each.state}`)}</Tag>
            <Typography.Text strong>{each.title}</Typography.Text>{' '}
            <Typography.Text type="secondary">{each.assigneeName ?? t('overview.nobody')}</Typography.Text>
          </Link>
        ),
        side: <span title={each.openedAt}>{ago(each.openedAt, language)}</span>,
      }))}
    />
  );
}
