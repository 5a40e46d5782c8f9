import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Col, Flex, Row, Skeleton, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { stateColours, useCalendar } from './queries.ts';

const shownInMonth = 40;

/** The work of a year month by month; each task with its procedure. */
export function PlanCalendar() {
  const t = useT();
  const { get, put } = useAddress();
  const year = Number(get('year')) || new Date().getFullYear();
  const { data, error } = useCalendar(`${year}-01-01T00:00:00+08:00`, `${year + 1}-01-01T00:00:00+08:00`);
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="center">
        <Button
          icon={<LeftOutlined />}
          aria-label={t('plans.yearBefore')}
          onClick={() => put({ year: String(year - 1) })}
        />
        <Typography.Text strong>{year}</Typography.Text>
        <Button
          icon={<RightOutlined />}
          aria-label={t('plans.yearAfter')}
          onClick={() => put({ year: String(year + 1) })}
        />
      </Flex>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {!data && !error ? <Skeleton active /> : null}
      <Row gutter={[12, 12]}>
        {months.map((month) => {
          const lines = (data?.items ?? []).filter(({ at }) => dateTime(at).startsWith(month));
          return (
            <Col key={month} xs={24} md={12} xl={8}>
              <Card
                size="small"
                title={`${month} (${lines.length})`}
                styles={{ body: { maxHeight: 260, overflowY: 'auto' } }}
              >
                {lines.slice(0, shownInMonth).map((line) => (
                  <div key={`${line.plan}${line.at}${line.subject}`}>
                    <Tag color={stateColours[line.state]}>{t(`plans.state.${line.state}`)}</Tag>
                    {dateTime(line.at).slice(5, 16)}{' '}
                    {line.caseId ? <Link to={`/cases/${line.caseId}`}>{line.name}</Link> : line.name} · {line.subject}{' '}
                    {line.procedure ? <Typography.Text code>{line.procedure}</Typography.Text> : null}
                  </div>
                ))}
                {lines.length > shownInMonth ? t('plans.moreTasks', { count: lines.length - shownInMonth }) : null}
              </Card>
            </Col>
          );
        })}
      </Row>
    </Flex>
  );
}
