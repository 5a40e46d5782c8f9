import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Button, Card, Empty, Flex, List, Modal, Space, Typography } from 'antd';
import { Link } from 'react-router';
import { Ago, PlaceName } from '../../parts/index.ts';
import { useLiveState } from '../../shell/live.ts';
import { useSession } from '../../shell/session.tsx';
import type { Alarm } from './alarm.ts';
import { isForDuty, unseen } from './duty.ts';
import { useAlarms, useStep } from './queries.ts';
import { ConditionTag, HandlingTag } from './StateTags.tsx';
import { useSiren } from './siren.ts';

function Head({ alarm }: { alarm: Alarm }) {
  const { language } = useTexts();
  return (
    <Space orientation="vertical" size={2}>
      <Space wrap>
        <SeverityMark severity={alarm.severity} />
        <Typography.Text strong style={{ fontSize: 20 }}>
          {language === 'en' ? alarm.title.en : alarm.title.zh}
        </Typography.Text>
      </Space>
      <Typography.Text>
        {alarm.subject.name} · {alarm.subject.code} {alarm.place ? <PlaceName path={alarm.place} /> : null}
      </Typography.Text>
      <Typography.Text type="secondary">
        <Ago at={alarm.raisedAt} />
      </Typography.Text>
    </Space>
  );
}

/**
 * The terminal of a duty room: stays open, and whatever must be seen comes to the front and sounds by itself until
 * somebody says that he saw it (H-6.3-c-2).
 */
export default function DutyPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const live = useLiveState();
  const { data, isPending } = useAlarms({ state: 'open', gathered: true });
  const step = useStep();
  const alarms = (data?.pages.flatMap(({ items }) => items) ?? []).filter(isForDuty);
  const fresh = unseen(alarms);
  const sound = useSiren(fresh[0]?.severity);
  const acknowledge = (alarm: Alarm) => step.mutate({ alarm, step: 'acknowledge' });
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
          {t('alarms.duty.title')}
        </Typography.Title>
        <Typography.Text type={live === 'open' ? 'success' : 'danger'} role="status">
          {t(live === 'open' ? 'alarms.duty.watching' : 'alarms.duty.blind')}
        </Typography.Text>
      </Flex>
      {sound === 'blocked' ? <Alert type="warning" showIcon title={t('alarms.duty.soundBlocked')} /> : null}
      <Card loading={isPending}>
        {alarms.length === 0 ? (
          <Empty description={t('alarms.duty.quiet')} />
        ) : (
          <List
            dataSource={alarms}
            rowKey="id"
            renderItem={(alarm) => (
              <List.Item extra={<Link to={`/alarms/${alarm.id}`}>{t('alarms.openPage')}</Link>}>
                <Space orientation="vertical">
                  <Head alarm={alarm} />
                  <Space wrap>
                    <ConditionTag condition={alarm.condition} />
                    <HandlingTag handling={alarm.handling} />
                    {alarm.acknowledgedAt === null ? null : (
                      <Typography.Text type="secondary">
                        {t('alarms.duty.seen', {
                          who: alarm.handler?.name ?? '—',
                          at: dateTime(alarm.acknowledgedAt),
                        })}
                      </Typography.Text>
                    )}
                  </Space>
                </Space>
              </List.Item>
            )}
          />
        )}
      </Card>
      <Modal
        open={fresh.length > 0}
        title={t('alarms.duty.popup', { count: fresh.length })}
        closable={false}
        footer={null}
        centered
        width={720}
      >
        <Flex vertical gap={16} role="alert">
          {fresh.slice(0, 20).map((alarm) => (
            <Flex key={alarm.id} justify="space-between" align="center" gap={16} wrap>
              <Head alarm={alarm} />
              <Button
                type="primary"
                danger={alarm.severity === 1}
                size="large"
                disabled={!may('alarm:acknowledge')}
                loading={step.isPending && step.variables.alarm.id === alarm.id}
                onClick={() => acknowledge(alarm)}
              >
                {t('alarms.duty.acknowledge')}
              </Button>
            </Flex>
          ))}
        </Flex>
      </Modal>
    </Flex>
  );
}
