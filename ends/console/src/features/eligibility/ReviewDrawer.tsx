import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Drawer, Flex, Input, Table, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useReview, useStep } from './queries.ts';

const colours: Record<string, string> = {
  agrees: 'success',
  conflict: 'error',
  unanswered: 'warning',
  pending: 'processing',
};

/** One review: what the authorities said, who did what, and the steps that can be taken now. */
export function ReviewDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const { data, error, isPending } = useReview(id);
  const step = useStep();
  const [reason, setReason] = useState('');
  const review = data?.review;
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={760} title={review?.code ?? ''} loading={isPending}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {review ? (
        <Flex vertical gap={16}>
          <KeyValue
            facts={[
              { key: 'kind', label: t('eligibility.kind'), value: t(`eligibility.kinds.${review.kind}`) },
              { key: 'state', label: t('eligibility.state'), value: t(`eligibility.states.${review.state}`) },
              {
                key: 'household',
                label: t('eligibility.household'),
                value: <Link to={`/households/${review.household}`}>{t('eligibility.openFile')}</Link>,
              },
              { key: 'due', label: t('eligibility.dueAt'), value: dateTime(review.dueAt) },
              { key: 'publicity', label: t('eligibility.publicityUntil'), value: dateTime(review.publicityUntil) },
              { key: 'appeal', label: t('eligibility.appealUntil'), value: dateTime(review.appealUntil) },
              {
                key: 'because',
                label: t('eligibility.because'),
                value: review.because.map((rule) => t(`eligibility.rules.${rule}`)).join('、'),
              },
            ]}
          />
          {may('eligibility:write') && data.steps.length > 0 ? (
            <>
              <Input.TextArea
                value={reason}
                maxLength={1000}
                placeholder={t('eligibility.reason')}
                aria-label={t('eligibility.reason')}
                onChange={(event) => setReason(event.target.value)}
              />
              <Flex wrap gap={8}>
                {data.steps.map((each) => (
                  <Button
                    key={each}
                    loading={step.isPending && step.variables.step === each}
                    onClick={() =>
                      step.mutate(
                        { id: review.id, step: each, reason: reason.trim() },
                        { onSuccess: () => setReason(''), onError: (cause) => void message.error(said(cause)) },
                      )
                    }
                  >
                    {t(`eligibility.steps.${each}`)}
                  </Button>
                ))}
              </Flex>
            </>
          ) : null}
          <Table
            size="small"
            rowKey={(row) => row.id}
            dataSource={data.inquiries}
            pagination={false}
            columns={[
              { title: t('eligibility.source'), render: (_, row) => t(`eligibility.sources.${row.source}`) },
              {
                title: t('eligibility.state'),
                render: (_, row) => (
                  <Tag color={colours[row.state] ?? 'default'}>{t(`eligibility.checks.${row.state}`)}</Tag>
                ),
              },
              {
                title: t('eligibility.differs'),
                render: (_, row) => row.differs.map((field) => t(`eligibility.fields.${field}`)).join('、'),
              },
              { title: t('eligibility.answeredAt'), render: (_, row) => dateTime(row.answeredAt) },
            ]}
          />
          <Timeline
            items={data.history.map((line) => ({
              key: line.at,
              content: `${dateTime(line.at)} ${line.actorName} ${t(`eligibility.steps.${line.step}`)} ${line.reason ?? ''}`,
            }))}
          />
        </Flex>
      ) : null}
    </Drawer>
  );
}
