import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Segmented, Typography } from 'antd';
import { type ReactNode, useState } from 'react';
import { isProblem, said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';

interface Waiting {
  go(): void;
  give(): void;
}

/**
 * Sensitive acts ask for the password or a code once more. `confirmed` runs the act, asks when the platform wants it,
 * and runs it again; the caller shows `dialog`. Rejects with the platform's refusal when the person gives up.
 */
export function useConfirming(): { confirmed<Result>(act: () => Promise<Result>): Promise<Result>; dialog: ReactNode } {
  const [waiting, setWaiting] = useState<Waiting>();

  async function confirmed<Result>(act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (cause) {
      if (!isProblem(cause, 'confirmation-needed')) throw cause;
      await new Promise<void>((go, give) => setWaiting({ go, give: () => give(cause) }));
      return act();
    }
  }

  const dialog = waiting ? (
    <Confirmation
      onDone={() => {
        setWaiting(undefined);
        waiting.go();
      }}
      onClose={() => {
        setWaiting(undefined);
        waiting.give();
      }}
    />
  ) : null;
  return { confirmed, dialog };
}

function Confirmation({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const t = useT();
  const { session } = useSession();
  const enrolled = session?.secondFactor.enrolled ?? false;
  const [by, setBy] = useState<'password' | 'code'>(enrolled ? 'code' : 'password');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<{ answer: string }>();

  async function submit({ answer }: { answer: string }) {
    setBusy(true);
    setProblem(undefined);
    try {
      await sdk.sessions.confirm({ body: by === 'password' ? { password: answer } : { code: answer } });
      onDone();
    } catch (cause) {
      setProblem(said(cause));
      form.resetFields();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      width={400}
      zIndex={1100}
      title={t('identity.confirmTitle')}
      okText={t('identity.confirm')}
      cancelText={t('identity.cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Typography.Paragraph type="secondary">{t('identity.confirmWhy')}</Typography.Paragraph>
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      {enrolled ? (
        <Segmented
          style={{ marginBottom: 12 }}
          value={by}
          options={[
            { value: 'code', label: t('identity.byCode') },
            { value: 'password', label: t('identity.byPassword') },
          ]}
          onChange={(choice) => setBy(choice === 'code' ? 'code' : 'password')}
        />
      ) : null}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(filled) => void submit(filled)}>
        <Form.Item
          name="answer"
          label={t(by === 'code' ? 'identity.code' : 'identity.password')}
          rules={[{ required: true, message: t(by === 'code' ? 'identity.needCode' : 'identity.needPassword') }]}
        >
          {by === 'code' ? (
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={40} autoFocus />
          ) : (
            <Input.Password autoComplete="current-password" maxLength={500} autoFocus />
          )}
        </Form.Item>
      </Form>
    </Modal>
  );
}
