import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Card, Flex, Form, Input, InputNumber, Radio, Skeleton, Space, Typography } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useConfirming } from '../confirming.tsx';
import { type Organisation, useChange, useOrganisation } from '../queries.ts';

type Filled = Pick<Organisation, 'name' | 'secondFactor' | 'idleMinutes' | 'absoluteMinutes'>;

/** The name of one's organisation and how its people sign in. */
export default function OrganisationPage() {
  const t = useT();
  const { data, error } = useOrganisation();
  return (
    <Flex vertical gap={16} style={{ maxWidth: 880 }}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('identity.policy.title')}
      </Typography.Title>
      <Card>
        {error ? <Alert type="error" showIcon title={said(error)} /> : null}
        {data ? <Policy key={data.version} before={data} /> : error ? null : <Skeleton active />}
      </Card>
    </Flex>
  );
}

function Policy({ before }: { before: Organisation }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const { confirmed, dialog } = useConfirming();
  const save = useChange(['organisation'], (body: Filled) =>
    confirmed(() => sdk.organisations.update({ body }, { ifMatch: before.version })),
  );
  const mayWrite = may('system:write');
  const waived = Form.useWatch('secondFactor', form) === 'waived-while-loopback';

  async function submit(filled: Filled) {
    setProblem(undefined);
    try {
      await save.mutateAsync(filled);
      void message.success(t('identity.policy.saved'));
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  const minutes = (name: 'idleMinutes' | 'absoluteMinutes', min: number, max: number) => (
    <Form.Item
      label={t(`identity.policy.period.${name}`)}
      extra={t(`identity.policy.periodHint.${name}`, { min, max })}
      required={mayWrite}
    >
      <Space.Compact>
        <Form.Item name={name} noStyle rules={[{ required: true, message: t('identity.policy.needMinutes') }]}>
          <InputNumber min={min} max={max} precision={0} style={{ width: 120 }} />
        </Form.Item>
        <Space.Addon>{t('identity.policy.minutes')}</Space.Addon>
      </Space.Compact>
    </Form.Item>
  );

  return (
    <>
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        disabled={!mayWrite}
        initialValues={before}
        onFinish={(filled) => void submit(filled)}
      >
        <Form.Item
          name="name"
          label={t('identity.policy.name')}
          rules={[{ required: true, whitespace: true, message: t('identity.policy.needName') }]}
        >
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="secondFactor" label={t('identity.policy.secondFactor')}>
          <Radio.Group>
            <Flex vertical gap={8}>
              <Radio value="required">{t('identity.policy.required')}</Radio>
              <Radio value="waived-while-loopback">{t('identity.policy.waived')}</Radio>
            </Flex>
          </Radio.Group>
        </Form.Item>
        {waived ? (
          <Alert type="warning" showIcon title={t('identity.policy.waivedHint')} style={{ marginBottom: 16 }} />
        ) : null}
        {minutes('idleMinutes', 1, 720)}
        {minutes('absoluteMinutes', 5, 1440)}
        {mayWrite ? (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('identity.policy.save')}
          </Button>
        ) : (
          <Typography.Text type="secondary">{t('identity.policy.readOnly')}</Typography.Text>
        )}
      </Form>
      {dialog}
    </>
  );
}
