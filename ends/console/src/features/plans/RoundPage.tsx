import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Flex, Skeleton, Tag, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PointForm } from './PointForm.tsx';
import { type Round, stateColours, useFreshPlans, useRound } from './queries.ts';

function ReadPoint({ line, unit }: { line: Round['readings'][number]; unit: string }) {
  const t = useT();
  return (
    <Flex vertical>
      <span>
        <Tag color={line.passed ? 'success' : 'error'}>{t(line.passed ? 'plans.rounds.kept' : 'plans.rounds.out')}</Tag>
        {line.value === null ? null : `${line.value} ${unit}`} {line.note}
      </span>
      <Typography.Text type="secondary">
        {dateTime(line.at)} · {line.actorName}
        {line.longitude === null || line.latitude === null
          ? ''
          : ` · ${line.longitude.toFixed(5)}, ${line.latitude.toFixed(5)}`}
      </Typography.Text>
      {line.sha256 ? <Typography.Text code>{line.sha256.slice(0, 16)}</Typography.Text> : null}
    </Flex>
  );
}

/** One round at phone width: point after point, with photo, place and time; what was written stays. */
export default function RoundPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: round, error } = useRound(id);
  useFreshPlans();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!round) return <Skeleton active />;
  const open = round.state === 'open' || round.state === 'missed';
  return (
    <Flex vertical gap={12} style={{ maxWidth: 560, margin: '0 auto', width: '100%' }}>
      <Flex justify="space-between" gap={8}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {round.name}
        </Typography.Title>
        <Tag color={stateColours[round.state]}>{t(`plans.state.${round.state}`)}</Tag>
      </Flex>
      <div>{round.subjectLabel}</div>
      <Typography.Text type="secondary">{t('plans.rounds.until', { at: dateTime(round.deadline) })}</Typography.Text>
      {round.broken.length > 0 ? (
        <Alert type="error" showIcon title={t('plans.rounds.broken', { points: round.broken.join(', ') })} />
      ) : null}
      {round.definition.procedure ? (
        <Card size="small" title={`${round.definition.procedure.code} ${round.definition.procedure.title}`}>
          <ol style={{ margin: 0, paddingInlineStart: 20 }}>
            {round.definition.procedure.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Card>
      ) : null}
      {round.definition.points.map((point, at) => {
        const number = at + 1;
        const line = round.readings.find((each) => each.point === number);
        return (
          <Card key={`${number}${point.text}`} size="small" title={`${number}. ${point.text}`}>
            {line ? <ReadPoint line={line} unit={point.unit ?? ''} /> : null}
            {!line && open && may('case:handle') ? <PointForm round={round.id} number={number} point={point} /> : null}
          </Card>
        );
      })}
      {round.caseId ? (
        <Link to={`/cases/${round.caseId}`}>{t('plans.rounds.toCase', { code: round.caseCode ?? '' })}</Link>
      ) : null}
    </Flex>
  );
}
