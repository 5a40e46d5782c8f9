import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Tag, Timeline, Typography } from 'antd';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CourseStep, courseOf } from './notice-course.ts';
import { type Notice, type Pause, usePauses, useRentChange } from './queries.ts';

const colours: Record<CourseStep['what'], string> = {
  made: 'gray',
  waiting: 'gray',
  sent: 'blue',
  'not-sent': 'red',
  delivered: 'green',
  read: 'green',
  failed: 'red',
  'by-hand': 'green',
  paid: 'gray',
  paused: 'gray',
  passed: 'gray',
};

/** What held reminders of the lease back, for which reason and by whom; what still does can be ended. */
function Pauses({ agreement }: { agreement: string }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const { data = [] } = usePauses(agreement);
  const resume = useRentChange((id: string) => sdk.dunning.resume({ params: { id } }));
  if (data.length === 0) return null;
  const ended = ({ endedAt }: Pause) => (endedAt ? ` · ${t('rent.course.pauseEnded', { at: dateTime(endedAt) })}` : '');
  return (
    <Flex vertical gap={4}>
      <Typography.Text strong>{t('rent.course.pauses')}</Typography.Text>
      {data.map((each) => (
        <Flex key={each.id} gap={8} align="center" wrap>
          {each.endedAt ? null : <Tag color="processing">{t('rent.course.standing')}</Tag>}
          <Typography.Text {...(each.endedAt ? { type: 'secondary' } : {})}>
            {`${each.fromDay} – ${each.untilDay} · ${t(`rent.pauses.${each.reason}`)}${each.note ? ` · ${each.note}` : ''} · ${each.actorName}${ended(each)}`}
          </Typography.Text>
          {!each.endedAt && each.reason !== 'plan' && may('dunning:write') ? (
            <Button
              size="small"
              loading={resume.isPending && resume.variables === each.id}
              onClick={() => resume.mutate(each.id, { onError: (cause) => void message.error(said(cause)) })}
            >
              {t('rent.course.resume')}
            </Button>
          ) : null}
        </Flex>
      ))}
    </Flex>
  );
}

/** What was said, its course with what can be shown of its arrival, and what held reminders back. */
export function NoticeProof({ notice }: { notice: Notice }) {
  const t = useT();
  return (
    <Flex vertical gap={12}>
      <Typography.Text>{notice.text}</Typography.Text>
      <Timeline
        style={{ marginTop: 4 }}
        items={courseOf(notice).map(({ what, at, way, detail }, n) => ({
          key: `${what} ${way ?? ''} ${n}`,
          color: colours[what],
          content: (
            <Flex gap={8} wrap>
              <Typography.Text strong>
                {way ? `${t(`rent.ways.${way}`)} · ${t(`rent.course.${what}`)}` : t(`rent.course.${what}`)}
              </Typography.Text>
              {detail ? <Typography.Text>{detail}</Typography.Text> : null}
              {at ? <Typography.Text type="secondary">{dateTime(at)}</Typography.Text> : null}
            </Flex>
          ),
        }))}
      />
      <Pauses agreement={notice.agreement} />
    </Flex>
  );
}
