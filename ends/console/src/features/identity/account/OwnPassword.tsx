import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../../parts/index.ts';
import { isProblem, said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useOwnChange } from '../queries.ts';

interface Filled {
  current: string;
  next: string;
  again: string;
}

/** Another password; all other sessions of the account end with it. */
export function OwnPassword() {
  const t = useT();
  const { message } = App.useApp();
  const { refresh } = useSession();
  const [form] = Form.useForm<Filled>();
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const change = useOwnChange((body: { current: string; next: string }) => sdk.sessions.changePassword({ body }));

  async function submit({ current, next }: Filled) {
    setProblem(undefined);
    try {
      await change.mutateAsync({ current, next });
      form.resetFields();
      await refresh();
      void message.success(t('identity.passwordChanged'));
    } catch (cause) {
      if (isProblem(cause, 'answer-refused')) form.setFields([{ name: 'current', errors: [said(cause)] }]);
      else if (!refuse(form, cause)) setProblem(said(cause));
    }
  }

  return (
    <Form<Filled>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(filled) => void submit(filled)}
      style={{ maxWidth: 360 }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form.Item
        name="current"
        label={t('identity.currentPassword')}
        rules={[{ required: true, message: t('identity.needPassword') }]}
      >
        <Input.Password maxLength={500} autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('identity.nextPassword')}
        extra={t('identity.passwordHint')}
        rules={[{ required: true, message: t('identity.needPassword') }]}
      >
        <Input.Password maxLength={128} autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('identity.passwordAgain')}
        dependencies={['next']}
        rules={[
          {
            validator: async (_, value) => {
              if (value !== form.getFieldValue('next')) throw new Error(t('identity.passwordsDiffer'));
            },
          },
        ]}
      >
        <Input.Password maxLength={128} autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('identity.changePassword')}
      </Button>
    </Form>
  );
}
