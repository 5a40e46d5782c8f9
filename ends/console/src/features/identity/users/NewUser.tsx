import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { SecretText, useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { type UserDraft, useUserChange } from '../queries.ts';
import { UserFields } from './UserFields.tsx';

type Filled = UserDraft & { how: 'made' | 'given' };

interface NewUserProps {
  onClose(): void;
  onMade(id: string): void;
}

/** A new user. A password that the platform made is shown once; roles are given next. */
export function NewUser({ onClose, onMade }: NewUserProps) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const how = Form.useWatch('how', form);
  const create = useUserChange((body: UserDraft) => sdk.users.create({ body }));
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();
  const [made, setMade] = useState<{ id: string; password: string }>();

  async function submit({ how: chosen, password, phone, email, ...rest }: Filled) {
    setProblem(undefined);
    try {
      const { user, password: text } = await create.mutateAsync({
        ...rest,
        ...(phone ? { phone } : {}),
        ...(email ? { email } : {}),
        ...(chosen === 'given' && password ? { password } : {}),
      });
      if (text === undefined) onMade(user.id);
      else setMade({ id: user.id, password: text });
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Drawer
      open
      size={560}
      title={t('identity.addUser')}
      onClose={made ? () => onMade(made.id) : onClose}
      mask={{ closable: false }}
      extra={
        made ? (
          <Button type="primary" onClick={() => onMade(made.id)}>
            {t('identity.giveRoles')}
          </Button>
        ) : (
          <Button type="primary" loading={create.isPending} onClick={form.submit}>
            {t('identity.create')}
          </Button>
        )
      }
    >
      {made ? (
        <SecretText text={made.password} label={t('identity.firstPassword')} />
      ) : (
        <>
          {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
          <Form<Filled>
            form={form}
            layout="vertical"
            initialValues={{ kind: 'staff', language: 'zh-CN', how: 'made' }}
            onFinish={(filled) => void submit(filled)}
          >
            <UserFields />
            <Form.Item name="how" label={t('identity.firstPassword')} extra={t('identity.mustChange')}>
              <Radio.Group
                options={[
                  { value: 'made', label: t('identity.passwordMade') },
                  { value: 'given', label: t('identity.passwordGiven') },
                ]}
              />
            </Form.Item>
            {how === 'given' ? (
              <Form.Item
                name="password"
                label={t('identity.password')}
                rules={[{ required: true, message: t('identity.needPassword') }]}
              >
                <Input.Password maxLength={128} autoComplete="new-password" />
              </Form.Item>
            ) : null}
          </Form>
        </>
      )}
    </Drawer>
  );
}
