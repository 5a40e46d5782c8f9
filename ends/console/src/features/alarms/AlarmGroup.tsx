import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Button, Flex, Table, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import type { Alarm } from './alarm.ts';
import { useMembers } from './queries.ts';
import { ConditionTag } from './StateTags.tsx';

/** The incident an alarm is part of: the way to its lead, or what it stands for. */
export function AlarmGroup({ alarm }: { alarm: Alarm }) {
  const { t, language } = useTexts();
  const { group, members = 0 } = alarm;
  const leads = group?.role === 'lead' && members > 0;
  const [found] = useMembers(leads ? [alarm.id] : []);
  if (group && group.role !== 'lead') {
    return (
      <Alert
        type="info"
        showIcon
        title={t(group.role === 'member' ? 'alarms.group.isMember' : 'alarms.group.isBeside')}
        action={
          <Link to={`/alarms/${group.lead}`}>
            <Button size="small">{t('alarms.group.lead')}</Button>
          </Link>
        }
      />
    );
  }
  if (!group || !leads) return null;
  return (
    <Flex vertical gap={8}>
      <Flex align="center" gap={8} wrap>
        <Typography.Title level={5} style={{ margin: 0 }}>
          {t('alarms.group.members', { count: members })}
        </Typography.Title>
        <Tag>{t(`alarms.group.kinds.${group.kind}`)}</Tag>
        <Typography.Text type="secondary">{t(`alarms.group.why.${group.kind}`)}</Typography.Text>
      </Flex>
      <Table
        size="small"
        rowKey={(row) => row.id}
        loading={found?.isPending ?? false}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={found?.data}
        columns={[
          { width: 80, render: (_, row) => <SeverityMark severity={row.severity} /> },
          {
            render: (_, row) => (
              <Link to={`/alarms/${row.id}`}>
                {`${language === 'en' ? row.title.en : row.title.zh} · ${row.subject.name}（${row.subject.code}）`}
              </Link>
            ),
          },
          { width: 100, render: (_, row) => <ConditionTag condition={row.condition} /> },
          { width: 150, render: (_, row) => dateTime(row.raisedAt) },
        ]}
        showHeader={false}
      />
    </Flex>
  );
}
