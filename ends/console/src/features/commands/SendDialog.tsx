import { useTexts } from '@keystead/ui/i18n';
import { Alert, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { InputFields } from './InputFields.tsx';
import { fieldsOf, inputFrom } from './input-form.ts';
import { type Command, type Service, useSend } from './queries.ts';

interface Values {
  input?: Record<string, unknown>;
  reason?: string;
  expiresIn?: number;
}

interface SendDialogProps {
  thing: string;
  service: Service;
  /** What the property that will be read back shows now. */
  current?: string | undefined;
  onClose(): void;
  onSent(command: Command): void;
}

/** Asks for the input of a service, and for a reason where somebody else will have to agree. */
export function SendDialog({ thing, service, current, onClose, onSent }: SendDialogProps) {
  const { t, language } = useTexts();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string>();
  const refusal = useRefusal();
  const send = useSend();
  const fields = fieldsOf(service.input);
  const grave = service.risk === 'dangerous' || service.risk === 'vital';
  const agreed = !service.urgent && (service.approval === undefined ? grave : service.approval === 'second-person');

  function submit({ input: filled = {}, reason, expiresIn }: Values) {
    const input = inputFrom(fields, filled);
    if (input === undefined) return setProblem(t('commands.unreadable'));
    setProblem(undefined);
    send.mutate(
      { thing, service: service.id, input, ...(reason ? { reason } : {}), ...(expiresIn ? { expiresIn } : {}) },
      {
        onSuccess: onSent,
        onError: (cause) => {
          if (!refusal(form, cause)) setProblem(said(cause));
        },
      },
    );
  }

  return (
    <Modal
      open
      title={language === 'en' ? service.name.en : service.name.zh}
      okText={t(agreed ? 'commands.ask' : 'commands.send')}
      okButtonProps={{ danger: grave }}
      cancelText={t('commands.close')}
      confirmLoading={send.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={submit}>
        {service.urgent ? <Alert type="error" showIcon title={t('commands.urgentHint')} /> : null}
        {agreed ? <Alert type="warning" showIcon title={t('commands.agreeHint')} /> : null}
        {current === undefined ? null : <p>{t('commands.current', { value: current })}</p>}
        <InputFields fields={fields} />
        <Form.Item
          name="reason"
          label={t('commands.reason')}
          rules={[{ required: agreed, message: t('commands.required') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="expiresIn" label={t('commands.expiresIn')} extra={t('commands.expiresHint')}>
          <InputNumber min={1} max={604_800} placeholder={String(service.deadline)} style={{ width: 200 }} />
        </Form.Item>
        {problem ? <Alert type="error" showIcon title={problem} /> : null}
      </Form>
    </Modal>
  );
}
