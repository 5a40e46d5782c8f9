import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Form, Input, Skeleton, Tag, Timeline, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { FormDialog, NameText, RecordFile, StepTrail } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { CheckTable } from './CheckTable.tsx';
import { Clock } from './Clock.tsx';
import { eligibilityKey, reviewColours, type Step, useCourse, usePapers, useReview, useStanding } from './queries.ts';
import { trailOf, whoOf } from './trail.ts';

/** One review: where it stands and by when, what authorities said, how it would be judged, and the steps that can be taken now. */
export default function ReviewPage() {
  const { t, has } = useTexts();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data, error } = useReview(id);
  const { isDeciding, needsReason } = useCourse();
  const review = data?.review;
  const standing = useStanding(review?.household).data;
  const papers = usePapers(review?.household, may('record:read')).data;
  const [step, setStep] = useState<Step>();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data || !review) return <Skeleton active />;
  const steps = data.steps.filter(
    (each) => may('eligibility:write') && (!isDeciding(each) || may('eligibility:decide')),
  );
  const rules = (because: readonly string[]) => because.map((rule) => t(`eligibility.rules.${rule}`)).join('、');
  return (
    <Flex vertical gap={16}>
      <Flex align="center" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t(`eligibility.kinds.${review.kind}`)} {review.code}
        </Typography.Title>
        <Tag color={reviewColours[review.state] ?? 'processing'}>{t(`eligibility.states.${review.state}`)}</Tag>
        <Flex gap={8} wrap style={{ marginInlineStart: 'auto' }}>
          {steps.map((each, at) => (
            <Button
              key={each}
              type={at === 0 ? 'primary' : 'default'}
              danger={['refuse', 'uphold-objection', 'refuse-appeal', 'withdraw'].includes(each)}
              onClick={() => setStep(each)}
            >
              {t(`eligibility.steps.${each}`)}
            </Button>
          ))}
        </Flex>
      </Flex>
      <Card size="small">
        <StepTrail steps={trailOf(data, t)} />
      </Card>
      {data.verdict ? (
        <Alert
          type={data.verdict.eligible ? 'success' : 'warning'}
          showIcon
          title={t(data.verdict.eligible ? 'eligibility.meets' : 'eligibility.fails', {
            rules: rules(data.verdict.because),
          })}
          description={t('eligibility.byPolicy', { policy: data.verdict.policy })}
        />
      ) : null}
      <Card size="small">
        <KeyValue
          columns={3}
          facts={[
            {
              key: 'household',
              label: t('eligibility.household'),
              value: (
                <>
                  <NameText party={review.household} name={data.householdName} />{' '}
                  <Link to={`/households/${review.household}`}>{t('eligibility.openFile')}</Link>
                </>
              ),
            },
            {
              key: 'standing',
              label: t('eligibility.standing'),
              value: standing
                ? `${t(`eligibility.standings.${standing.status}`)}${
                    standing.barredUntil
                      ? t('eligibility.barredUntil', { day: dateTime(standing.barredUntil).slice(0, 10) })
                      : ''
                  }`
                : '—',
            },
            {
              key: 'category',
              label: t('eligibility.category'),
              value: review.kind === 'initial' ? t(`parts.categories.${review.category}`) : null,
            },
            { key: 'area', label: t('eligibility.area'), value: `${review.area} ㎡` },
            {
              key: 'due',
              label: has(`eligibility.dueOf.${review.state}`)
                ? t(`eligibility.dueOf.${review.state}`)
                : t('eligibility.dueAt'),
              value: <Clock until={review.dueAt} ended={review.endedAt !== null} />,
            },
            {
              key: 'publicity',
              label: t('eligibility.publicityUntil'),
              value: <Clock until={review.publicityUntil} ended={review.state !== 'publicity'} />,
            },
            {
              key: 'appeal',
              label: t('eligibility.appealUntil'),
              value: <Clock until={review.appealUntil} ended={review.state !== 'refused'} />,
            },
            {
              key: 'lease',
              label: t('eligibility.lease'),
              value: review.lease ? <Link to={`/leases/${review.lease}`}>{t('eligibility.openLease')}</Link> : null,
            },
            { key: 'because', label: t('eligibility.because'), value: rules(review.because) || null },
            { key: 'reason', label: t('eligibility.reason'), value: review.reason },
          ]}
        />
      </Card>
      <Card size="small" title={t('eligibility.checksTitle')}>
        <CheckTable review={review.id} checks={data.inquiries} />
      </Card>
      {papers && papers.items.length > 0 ? (
        <Card size="small" title={t('eligibility.papers')}>
          <Flex wrap gap={4}>
            {papers.items.map((paper) => (
              <RecordFile key={paper.id} record={paper.id} purpose={review.code} />
            ))}
          </Flex>
        </Card>
      ) : null}
      <Card size="small" title={t('eligibility.history')}>
        <Timeline
          items={data.history.map((line) => ({
            key: line.at,
            content: (
              <>
                {dateTime(line.at)} · {whoOf(line.actorName, t)} · {t(`eligibility.steps.${line.step}`)}
                {line.reason ? <Typography.Text type="secondary"> · {line.reason}</Typography.Text> : null}
              </>
            ),
          }))}
        />
      </Card>
      {step ? (
        <FormDialog<{ reason?: string }>
          title={t(`eligibility.steps.${step}`)}
          stale={[eligibilityKey]}
          run={({ reason }) =>
            sdk.eligibility.step(
              { params: { id }, body: { step, ...(reason?.trim() ? { reason: reason.trim() } : {}) } },
              { ifMatch: review.version },
            )
          }
          onClose={() => setStep(undefined)}
        >
          <Form.Item
            name="reason"
            label={t('eligibility.reason')}
            rules={needsReason(step) ? [{ required: true, whitespace: true }] : []}
          >
            <Input.TextArea maxLength={1000} rows={4} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}
