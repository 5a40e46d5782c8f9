import { useT } from '@keystead/ui/i18n';
import { App, Button, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type House, type Step, useStep } from './queries.ts';

/** Steps open from here; what asks for a reason asks before it is taken. */
export function StepButtons({ house }: { house: House }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [asked, setAsked] = useState<Step>();
  const [reason, setReason] = useState('');
  const take = useStep(house);
  if (!may('house:write')) return null;
  const send = (step: Step, said_?: string) =>
    take.mutate(
      { step, ...(said_ ? { reason: said_ } : {}) },
      { onSuccess: () => setAsked(undefined), onError: (cause) => void message.error(said(cause)) },
    );
  return (
    <Space wrap>
      {house.steps.map(({ step, needs }) => (
        <Button
          key={step}
          loading={take.isPending}
          onClick={() => {
            setReason('');
            if (needs.includes('reason')) setAsked(step);
            else send(step);
          }}
        >
          {t(`stock.step.${step}`)}
        </Button>
      ))}
      <Modal
        open={asked !== undefined}
        title={asked ? t(`stock.step.${asked}`) : ''}
        okText={t('stock.save')}
        cancelText={t('stock.cancel')}
        okButtonProps={{ disabled: reason.trim() === '' }}
        onOk={() => asked && send(asked, reason.trim())}
        onCancel={() => setAsked(undefined)}
      >
        <Input.TextArea
          aria-label={t('stock.reason')}
          placeholder={t('stock.reason')}
          value={reason}
          maxLength={400}
          onChange={({ target }) => setReason(target.value)}
        />
      </Modal>
    </Space>
  );
}
