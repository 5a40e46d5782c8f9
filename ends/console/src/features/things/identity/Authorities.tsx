import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Alert, App, Button, Form, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { RemoveButton, useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { type Authority, useAuthorities, useIdentityChange } from './queries.ts';

/** Authorities whose device certificates are taken. */
export function Authorities() {
  const t = useT();
  const { message } = App.useApp();
  const list = useAuthorities();
  const end = useIdentityChange((id: string) => sdk.things.endAuthority({ params: { id } }));
  const [adding, setAdding] = useState(false);
  return (
    <>
      <ListPage<Authority>
        title={t('things.identityPage.authorities')}
        total={list.data?.length}
        query={<Typography.Text type="secondary">{t('things.identityPage.authoritiesHint')}</Typography.Text>}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('things.identityPage.addAuthority')}
          </Button>
        }
        columns={[
          {
            title: t('things.identityPage.name'),
            render: (_, row) => <Typography.Text strong>{row.name}</Typography.Text>,
          },
          { title: t('things.identityPage.subject'), render: (_, row) => row.subject },
          {
            title: t('things.identityPage.fingerprint'),
            render: (_, row) => (
              <Typography.Text code copyable={{ text: row.fingerprint }}>
                {row.fingerprint.slice(0, 16)}…
              </Typography.Text>
            ),
          },
          { title: t('things.identityPage.notAfter'), width: 180, render: (_, row) => dateTime(row.notAfter) },
          { title: t('things.by'), width: 120, render: (_, row) => row.madeBy },
          {
            title: '',
            width: 110,
            render: (_, row) => (
              <RemoveButton
                text={t('things.identityPage.endAuthority')}
                sure={t('things.identityPage.endSure', { name: row.name })}
                onConfirm={() => end.mutate(row.id, { onError: (cause) => void message.error(said(cause)) })}
              />
            ),
          },
        ]}
        rows={list.data}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        empty={t('things.identityPage.noAuthorities')}
      />
      {adding ? <NewAuthority onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function NewAuthority({ onClose }: { onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<{ name: string; pem: string }>();
  const refuse = useRefusal();
  const add = useIdentityChange((body: { name: string; pem: string }) => sdk.things.addAuthority({ body }));
  const must = [{ required: true, whitespace: true, message: t('things.identityPage.needed') }];
  return (
    <Modal
      open
      width={620}
      title={t('things.identityPage.addAuthority')}
      okText={t('things.identityPage.add')}
      cancelText={t('things.cancel')}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {add.error ? <Alert type="error" showIcon title={said(add.error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        onFinish={(body) => add.mutate(body, { onSuccess: onClose, onError: (cause) => void refuse(form, cause) })}
      >
        <Form.Item name="name" label={t('things.identityPage.name')} rules={must}>
          <Input maxLength={120} autoFocus />
        </Form.Item>
        <Form.Item
          name="pem"
          label={t('things.identityPage.pem')}
          extra={t('things.identityPage.pemHint')}
          rules={must}
        >
          <Input.TextArea
            maxLength={16_384}
            autoSize={{ minRows: 8, maxRows: 16 }}
            style={{ fontFamily: 'monospace' }}
            placeholder="-----BEGIN CERTIFICATE-----"
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
