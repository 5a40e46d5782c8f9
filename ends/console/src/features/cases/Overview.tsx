import { KeyValue } from '@keystead/ui/facts';
import { dateTime, duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Flex, Rate, Table, Typography } from 'antd';
import { PlaceName, useNow } from '../../parts/index.ts';
import { ClockMark } from './ClockMark.tsx';
import { clockStanding } from './clock.ts';
import { EditCase } from './EditCase.tsx';
import type { CaseFile } from './queries.ts';
import { RateCase } from './RateCase.tsx';
import { SubjectLink } from './Relations.tsx';
import { useCaseWords } from './words.ts';

/** What is known of a case. */
export function Overview({ file }: { file: CaseFile }) {
  const { t, language } = useTexts();
  const now = useNow(5);
  const words = useCaseWords();
  const form = Object.entries(file.form);
  return (
    <Flex vertical gap={16}>
      <Flex justify="space-between" align="start" gap={12}>
        <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', margin: 0 }}>
          {file.description || <Typography.Text type="secondary">{t('cases.noDescription')}</Typography.Text>}
        </Typography.Paragraph>
        <EditCase file={file} />
      </Flex>
      <KeyValue
        facts={[
          { key: 'place', label: t('cases.place'), value: <PlaceName id={file.placeId} path={file.place} /> },
          {
            key: 'subject',
            label: t('cases.subjects'),
            value:
              file.subjects.length === 0 ? null : (
                <Flex vertical>
                  {file.subjects.map((subject) => (
                    <SubjectLink key={`${subject.kind}:${subject.id}`} subject={subject} />
                  ))}
                </Flex>
              ),
          },
          { key: 'requester', label: t('cases.requester'), value: file.requesterName },
          { key: 'assignee', label: t('cases.assignee'), value: file.assigneeName },
          { key: 'team', label: t('cases.team'), value: file.team },
          { key: 'category', label: t('cases.category'), value: words.category(file.category) },
          { key: 'impact', label: t('cases.impact'), value: t(`cases.impacts.${file.impact}`) },
          { key: 'urgency', label: t('cases.urgency'), value: t(`cases.urgencies.${file.urgency}`) },
          {
            key: 'waiting',
            label: t('cases.waitingFor'),
            value: file.waitingFor ? words.wait(file.kind, file.waitingFor) : null,
          },
          { key: 'opened', label: t('cases.opened'), value: dateTime(file.openedAt) },
          { key: 'accepted', label: t('cases.acceptedAt'), value: dateTime(file.acceptedAt) },
          { key: 'done', label: t('cases.doneAt'), value: dateTime(file.doneAt) },
          { key: 'ended', label: t('cases.endedAt'), value: dateTime(file.endedAt) },
          { key: 'reopened', label: t('cases.reopened'), value: file.reopened > 0 ? file.reopened : null },
          { key: 'outcome', label: t('cases.outcome'), value: file.outcome },
          {
            key: 'rating',
            label: t('cases.rating'),
            value: file.rating ? (
              <Flex gap={8} align="center" wrap>
                <Rate disabled value={file.rating} />
                {file.ratingNote}
              </Flex>
            ) : null,
          },
          ...form.map(([name, value]) => ({ key: `form.${name}`, label: name, value: String(value) })),
        ]}
      />
      <Table<CaseFile['clocks'][number]>
        size="small"
        pagination={false}
        rowKey={(clock) => clock.name}
        scroll={{ x: 'max-content' }}
        dataSource={file.clocks}
        columns={[
          {
            title: t('cases.promise'),
            render: (_, clock) => t(clock.name === 'response' ? 'cases.response' : 'cases.resolution'),
          },
          {
            title: t('cases.standing'),
            render: (_, clock) => <ClockMark standing={clockStanding(clock, now)} due={clock.dueAt} />,
          },
          { title: t('cases.target'), render: (_, clock) => duration(clock.target, language) },
          { title: t('cases.spent'), render: (_, clock) => duration(clock.spent, language) },
          { title: t('cases.due'), render: (_, clock) => dateTime(clock.dueAt) },
          { title: t('cases.calendar'), render: (_, clock) => words.calendar(clock.calendar) },
        ]}
      />
      <RateCase file={file} />
    </Flex>
  );
}
