import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Form } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type User, type UserChange, useUserChange } from '../queries.ts';
import { UserFields } from './UserFields.tsx';

/** Who a user is, to be changed by those who may. */
export function UserProfile({ user }: { user: User }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [form] = Form.useForm<UserChange>();
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const save = useUserChange((body: UserChange) =>
    sdk.users.update({ params: { id: user.id }, body }, { ifMatch: user.version }),
  );
  const mayWrite = may('user:write') && user.state !== 'deleted';
  const { username, name, phone, email, kind, language } = user;

  async function submit(filled: UserChange) {
    setProblem(undefined);
    try {
      await save.mutateAsync({ ...filled, phone: filled.phone ?? '', email: filled.email ?? '' });
      void message.success(t('identity.saved'));
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Form<UserChange>
      form={form}
      layout="vertical"
      initialValues={{ username, name, phone, email, kind, language }}
      onFinish={(filled) => void submit(filled)}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <UserFields disabled={!mayWrite} />
      {mayWrite ? (
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('identity.save')}
        </Button>
      ) : null}
    </Form>
  );
}
