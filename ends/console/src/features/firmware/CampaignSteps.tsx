import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Campaign, useFirmwareChange, usePackages } from './queries.ts';

type Step = 'approve' | 'refuse' | 'pause' | 'resume' | 'retry' | 'cancel' | 'rollBack';

function stepsFor(
  { state, requester, counts }: Campaign,
  may: (right: string) => boolean,
  me: string | undefined,
): Step[] {
  const steps: Step[] = [];
  if (state === 'awaiting-approval' && may('firmware:approve') && requester !== me) steps.push('approve', 'refuse');
  if (!may('firmware:manage')) return steps;
  if (state === 'running') steps.push('pause');
  if (state === 'paused') steps.push('resume', 'retry');
  if (state === 'running' || state === 'paused' || state === 'awaiting-approval') steps.push('cancel');
  if (counts.some((each) => each.state === 'succeeded')) steps.push('rollBack');
  return steps;
}

/** What this person can do with a campaign now; each with a note, going back with the package to go back to. */
export function CampaignSteps({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const go = useNavigate();
  const { message } = App.useApp();
  const { may, session } = useSession();
  const packages = usePackages();
  const [step, setStep] = useState<Step>();
  const [note, setNote] = useState('');
  const [target, setTarget] = useState<string>();
  const params = { id: campaign.id };
  const carryOut = useFirmwareChange((wanted: Step): Promise<{ id: string }> => {
    if (wanted === 'resume' || wanted === 'retry')
      return sdk.firmware.resume({ params, body: { retry: wanted === 'retry', note } });
    if (wanted === 'rollBack')
      return sdk.firmware.rollBack({
        params,
        body: {
          name: t('firmware.rollBackOf', { name: campaign.name }).slice(0, 120),
          package: target ?? '',
          plan: campaign.plan,
          reason: note,
        },
      });
    return sdk.firmware[wanted]({ params, body: { note } });
  });
  const close = () => {
    setStep(undefined);
    setNote('');
  };
  const submit = () =>
    step &&
    carryOut.mutate(step, {
      onSuccess: ({ id }) => {
        close();
        if (id !== campaign.id) void go(`/firmware/${id}`);
      },
      onError: (cause) => void message.error(said(cause)),
    });
  const others = (packages.data ?? []).filter(({ id, withdrawnAt }) => id !== campaign.package && !withdrawnAt);
  return (
    <Flex gap={8} wrap>
      {stepsFor(campaign, may, session?.user.id).map((each) => (
        <Button key={each} danger={each === 'cancel'} onClick={() => setStep(each)}>
          {t(`firmware.steps.${each}`)}
        </Button>
      ))}
      <Modal
        open={step !== undefined}
        title={step ? t(`firmware.steps.${step}`) : ''}
        onCancel={close}
        onOk={submit}
        okButtonProps={{ loading: carryOut.isPending, disabled: step === 'rollBack' && !target }}
      >
        <Flex vertical gap={12}>
          {step === 'rollBack' ? (
            <Select
              aria-label={t('firmware.package')}
              placeholder={t('firmware.package')}
              {...(target && { value: target })}
              onChange={setTarget}
              options={others.map(({ id, title, version }) => ({ value: id, label: `${title} ${version}` }))}
            />
          ) : null}
          <Input.TextArea
            aria-label={t('firmware.note')}
            placeholder={t('firmware.note')}
            value={note}
            onChange={({ target: field }) => setNote(field.value)}
            maxLength={500}
            rows={3}
          />
        </Flex>
      </Modal>
    </Flex>
  );
}
