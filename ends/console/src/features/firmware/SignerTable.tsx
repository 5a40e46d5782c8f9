import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Flex, Form, Input, Popconfirm, Table, Typography } from 'antd';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Signer, useFirmwareChange, useSigners } from './queries.ts';

interface Filled {
  name: string;
  publicKey: string;
}

/** Keys whose signatures make a package one that may be offered. */
export function SignerTable() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [form] = Form.useForm<Filled>();
  const { data, error, isPending } = useSigners();
  const trust = useFirmwareChange((body: Filled) => sdk.firmware.trust({ body }));
  const end = useFirmwareChange((id: string) => sdk.firmware.distrust({ params: { id } }));
  const failed = (cause: unknown) => void message.error(said(cause));
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      <Table<Signer>
        size="small"
        rowKey={(row) => row.id}
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        columns={[
          { title: t('firmware.name'), render: (_, row) => row.name },
          { title: t('firmware.algorithm'), width: 110, render: (_, row) => row.algorithm },
          {
            title: t('firmware.fingerprint'),
            render: (_, row) => <Typography.Text code>{row.fingerprint.slice(0, 32)}…</Typography.Text>,
          },
          { title: t('firmware.createdAt'), width: 170, render: (_, row) => dateTime(row.madeAt) },
          { title: t('firmware.by'), width: 120, render: (_, row) => row.madeBy },
          {
            width: 110,
            render: (_, row) =>
              may('firmware:trust') ? (
                <Popconfirm title={t('firmware.distrustAsk')} onConfirm={() => end.mutate(row.id, { onError: failed })}>
                  <Button size="small" danger>
                    {t('firmware.distrust')}
                  </Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
      {may('firmware:trust') ? (
        <Form<Filled>
          form={form}
          layout="vertical"
          style={{ maxWidth: 640 }}
          onFinish={(filled) => trust.mutate(filled, { onError: failed, onSuccess: () => form.resetFields() })}
        >
          <Form.Item name="name" label={t('firmware.name')} rules={[{ required: true, message: t('firmware.needed') }]}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item
            name="publicKey"
            label={t('firmware.publicKey')}
            extra={t('firmware.publicKeyHint')}
            rules={[{ required: true, message: t('firmware.needed') }]}
          >
            <Input.TextArea rows={4} maxLength={2000} spellCheck={false} />
          </Form.Item>
          <Button htmlType="submit" loading={trust.isPending}>
            {t('firmware.trust')}
          </Button>
        </Form>
      ) : null}
    </Flex>
  );
}
