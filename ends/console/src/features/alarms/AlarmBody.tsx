import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Button, Checkbox, Descriptions, Flex, Input, Skeleton, Table, Timeline, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { AlarmGroup } from './AlarmGroup.tsx';
import type { Step } from './alarm.ts';
import { useAlarm, useStep } from './queries.ts';
import { ConditionTag, HandlingTag } from './StateTags.tsx';

/** One alarm: what was found, what was done, and what can be done now. */
export function AlarmBody({ id }: { id: string }) {
  const { t, language } = useTexts();
  const { may } = useSession();
  const { data, error, isPending } = useAlarm(id);
  const step = useStep();
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  if (isPending) return <Skeleton active />;
  if (error || !data) return <Alert type="error" title={said(error)} />;
  const { alarm, occurrences, steps } = data;
  const right = (name: string) => may(name === 'acknowledge' ? 'alarm:acknowledge' : 'alarm:handle');

  return (
    <Flex vertical gap={16}>
      <Flex gap={12} align="center" wrap>
        <SeverityMark severity={alarm.severity} />
        <Typography.Title level={4} style={{ margin: 0 }}>
          {language === 'en' ? alarm.title.en : alarm.title.zh}
        </Typography.Title>
        <ConditionTag condition={alarm.condition} />
        <HandlingTag handling={alarm.handling} />
      </Flex>
      <Descriptions
        column={1}
        size="small"
        items={[
          {
            key: 'subject',
            label: t('alarms.subject'),
            children:
              alarm.subject.kind === 'thing' ? (
                <Link to={`/things/${alarm.subject.id}`}>{`${alarm.subject.name}（${alarm.subject.code}）`}</Link>
              ) : (
                `${alarm.subject.name} ${alarm.subject.code}`
              ),
          },
          {
            key: 'readings',
            label: t('alarms.readings'),
            children:
              Object.entries(alarm.readings)
                .map(([name, value]) => `${name} = ${String(value)}`)
                .join('，') || '—',
          },
          { key: 'raised', label: t('alarms.raised'), children: dateTime(alarm.raisedAt) },
          { key: 'cleared', label: t('alarms.cleared'), children: dateTime(alarm.clearedAt) },
          { key: 'handler', label: t('alarms.handler'), children: alarm.handler?.name ?? '—' },
        ]}
      />
      <AlarmGroup alarm={alarm} />
      {step.error ? <Alert type="error" title={said(step.error)} /> : null}
      {alarm.steps.length > 0 ? (
        <Flex vertical gap={8}>
          <Input.TextArea
            rows={2}
            maxLength={1000}
            placeholder={t('alarms.note')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {alarm.steps.includes('resolve') ? (
            <Checkbox checked={wrong} onChange={(event) => setWrong(event.target.checked)}>
              {t('alarms.falsePositive')}
            </Checkbox>
          ) : null}
          <Flex gap={8} wrap>
            {alarm.steps.filter(right).map((name, index) => (
              <Button
                key={name}
                type={index === 0 ? 'primary' : 'default'}
                loading={step.isPending}
                onClick={() =>
                  step.mutate(
                    {
                      alarm,
                      step: name as Step,
                      note: note || undefined,
                      falsePositive: name === 'resolve' && wrong ? true : undefined,
                    },
                    { onSuccess: () => setNote('') },
                  )
                }
              >
                {t(`alarms.step.${name}`)}
              </Button>
            ))}
          </Flex>
          {alarm.condition === 'active' && alarm.handling === 'reviewed' ? (
            <Alert type="info" title={t('alarms.stillActive')} />
          ) : null}
        </Flex>
      ) : null}
      <Typography.Title level={5}>{t('alarms.steps')}</Typography.Title>
      {steps.length > 0 ? (
        <Timeline
          items={steps.map((taken) => ({
            key: taken.id,
            content: `${dateTime(taken.at)}  ${taken.actorName}  ${t(`alarms.step.${taken.step}`)}${taken.note ? `：${taken.note}` : ''}`,
          }))}
        />
      ) : (
        <Typography.Text type="secondary">{t('alarms.noSteps')}</Typography.Text>
      )}
      <Typography.Title level={5}>{t('alarms.occurrenceLog')}</Typography.Title>
      <Table
        size="small"
        rowKey={(row) => row.id}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        dataSource={occurrences}
        columns={[
          { title: t('alarms.eventTime'), render: (_, row) => dateTime(row.eventTime) },
          { title: t('alarms.change'), render: (_, row) => t(`alarms.changes.${row.kind}`) },
          { title: t('alarms.severity'), render: (_, row) => <SeverityMark severity={row.severity} /> },
          {
            title: t('alarms.readings'),
            render: (_, row) =>
              Object.entries(row.readings)
                .map(([name, value]) => `${name}=${String(value)}`)
                .join(' '),
          },
        ]}
      />
    </Flex>
  );
}
