import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Form, Input } from 'antd';

interface Passwords {
  current: string;
  next: string;
}

/** A password that was made by somebody else is changed before anything can be done. */
export function NewPasswordForm({
  busy,
  shortest,
  onDone,
}: {
  busy: boolean;
  shortest: number;
  onDone(body: Passwords): void;
}) {
  const t = useT();
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ current, next }: Passwords) => onDone({ current, next })}>
      <Alert type="info" title={t('signIn.mustChange')} style={{ marginBottom: 16 }} />
      <Form.Item name="current" rules={[{ required: true, message: t('signIn.needPassword') }]}>
        <Input.Password placeholder={t('signIn.currentPassword')} autoComplete="current-password" size="large" />
      </Form.Item>
      <Form.Item name="next" rules={[{ required: true, min: shortest, message: t('signIn.tooShort', { shortest }) }]}>
        <Input.Password placeholder={t('signIn.newPassword')} autoComplete="new-password" size="large" />
      </Form.Item>
      <Form.Item
        name="again"
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value !== getFieldValue('next')) throw new Error(t('signIn.notSame'));
            },
          }),
        ]}
      >
        <Input.Password placeholder={t('signIn.newPasswordAgain')} autoComplete="new-password" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>
        {t('signIn.changePassword')}
      </Button>
    </Form>
  );
}
