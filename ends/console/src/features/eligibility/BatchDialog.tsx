import { useTexts } from '@keystead/ui/i18n';
import { Alert, Flex, Input, Modal, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Outcome, type Step, useCourse, useStepMany } from './queries.ts';

const steps: readonly Step[] = [
  'submit',
  'accept',
  'forward',
  'pass',
  'approve',
  'publish',
  'ask-supplement',
  'refuse',
  'withdraw',
];

interface BatchDialogProps {
  reviews: readonly { id: string; code: string }[];
  onClose(): void;
}

/** One step for all that were chosen: first what would become of each, then the same in earnest. */
export function BatchDialog({ reviews, onClose }: BatchDialogProps) {
  const { t, has } = useTexts();
  const { may } = useSession();
  const { isDeciding, needsReason } = useCourse();
  const [step, setStep] = useState<Step>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState<Outcome[]>();
  const [done, setDone] = useState(false);
  const run = useStepMany();
  const ids = reviews.map(({ id }) => id);
  const codeOf = (id: string) => reviews.find((each) => each.id === id)?.code ?? '';
  const go = (dry: boolean) =>
    step &&
    run.mutate(
      { reviews: ids, step, reason: reason.trim(), dry },
      {
        onSuccess: (outcomes) => {
          setTried(outcomes);
          setDone(!dry);
        },
      },
    );
  const going = tried?.filter(({ problem }) => problem === null).length ?? 0;
  const missing = step === undefined || (needsReason(step) && reason.trim() === '');
  return (
    <Modal
      open
      width={720}
      title={t('eligibility.batchOf', { count: reviews.length })}
      onCancel={onClose}
      okText={
        done ? t('eligibility.close') : t(tried ? 'eligibility.carryOut' : 'eligibility.preview', { count: going })
      }
      okButtonProps={{ disabled: missing || (tried !== undefined && !done && going === 0), loading: run.isPending }}
      cancelButtonProps={{ style: done ? { display: 'none' } : {} }}
      onOk={() => (done ? onClose() : go(tried === undefined))}
    >
      <Flex vertical gap={12}>
        {run.error ? <Alert type="error" showIcon title={said(run.error)} /> : null}
        <Flex gap={8} wrap>
          <Select<Step>
            style={{ width: 200 }}
            placeholder={t('eligibility.step')}
            aria-label={t('eligibility.step')}
            disabled={done}
            {...(step ? { value: step } : {})}
            onChange={(chosen) => {
              setStep(chosen);
              setTried(undefined);
            }}
            options={steps
              .filter((each) => !isDeciding(each) || may('eligibility:decide'))
              .map((value) => ({ value, label: t(`eligibility.steps.${value}`) }))}
          />
          <Input
            style={{ flex: 1, minWidth: 240 }}
            value={reason}
            maxLength={1000}
            disabled={done}
            placeholder={t('eligibility.reason')}
            aria-label={t('eligibility.reason')}
            onChange={(event) => setReason(event.target.value)}
          />
        </Flex>
        {tried ? (
          <Table<Outcome>
            size="small"
            rowKey={(row) => row.id}
            dataSource={tried}
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            columns={[
              { title: t('eligibility.code'), width: 140, render: (_, row) => row.code || codeOf(row.id) },
              {
                title: t(done ? 'eligibility.result' : 'eligibility.wouldBecome'),
                render: (_, { from, to, problem }) =>
                  from && to ? (
                    <>
                      {t(`eligibility.states.${from}`)} → <Tag color="success">{t(`eligibility.states.${to}`)}</Tag>
                    </>
                  ) : (
                    <Tag color="error">
                      {has(`eligibility.refusals.${problem}`) ? t(`eligibility.refusals.${problem}`) : problem}
                    </Tag>
                  ),
              },
            ]}
          />
        ) : null}
      </Flex>
    </Modal>
  );
}
