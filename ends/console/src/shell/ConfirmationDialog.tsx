import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { onConfirmationAsked } from './confirmation.ts';
import { said, sdk } from './sdk.ts';

/** Before sensitive acts, some while after signing in: the password, or a one-time code, once more. */
export function ConfirmationDialog() {
  const t = useT();
  const [answer, setAnswer] = useState<(confirmed: boolean) => void>();
  const [problem, setProblem] = useState<string>();
  const [form] = Form.useForm<{ proof: string }>();
  useEffect(() => onConfirmationAsked((reply) => setAnswer(() => reply)), []);

  const end = (confirmed: boolean) => {
    answer?.(confirmed);
    setAnswer(undefined);
    setProblem(undefined);
    form.resetFields();
  };

  async function submit({ proof }: { proof: string }) {
    try {
      await sdk.sessions.confirm({ body: /^\d{6}$/.test(proof) ? { code: proof } : { password: proof } });
      end(true);
    } catch (cause) {
      setProblem(said(cause));
    }
  }

  return (
    <Modal
      open={answer !== undefined}
      title={t('signIn.confirmTitle')}
      onCancel={() => end(false)}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <Typography.Paragraph type="secondary">{t('signIn.confirmHint')}</Typography.Paragraph>
      {problem ? <Alert type="error" title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form form={form} onFinish={submit}>
        <Form.Item name="proof" rules={[{ required: true, message: t('signIn.needPassword') }]}>
          <Input.Password autoFocus autoComplete="current-password" placeholder={t('signIn.confirmProof')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
