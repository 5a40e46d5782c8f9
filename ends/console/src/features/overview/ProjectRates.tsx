import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Empty, Flex, Progress, Typography } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useProjects } from './queries.ts';

/** Online rate of each project and site. */
export function ProjectRates() {
  const t = useT();
  const { data, error, isLoading } = useProjects(true);
  return (
    <Card
      size="small"
      title={t('overview.projectRates')}
      loading={isLoading}
      style={{ height: '100%' }}
      extra={<Link to="/places">{t('overview.all')}</Link>}
    >
      {error ? <Alert type="error" title={said(error)} /> : null}
      {data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('overview.noProjects')} />
      ) : null}
      <Flex vertical gap={12}>
        {data?.map((project) => (
          <Link key={project.id} to={`/things?place=${project.id}`} style={{ color: 'inherit' }}>
            <Flex justify="space-between" gap={12}>
              <Typography.Text ellipsis>{project.name}</Typography.Text>
              <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>
                {t('overview.ofThings', { online: project.online, total: project.total })}
              </Typography.Text>
            </Flex>
            <Progress
              percent={project.rate === null ? 0 : Math.round(project.rate * 1000) / 10}
              size="small"
              status="normal"
              format={(value) => (project.rate === null ? '—' : `${value}%`)}
              aria-label={project.name}
            />
          </Link>
        ))}
      </Flex>
    </Card>
  );
}
