import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, App, Button, Flex, Form, Input, Modal, Select, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { PersonChoice, PlaceChoice, PlaceName, RemoveButton } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Terminal, useAddTerminal, useEndTerminal, useTerminals, useTestTerminal } from './terminal-queries.ts';

interface Wish {
  name: string;
  place?: string;
  severity: number;
  account?: string;
}

function NewTerminal({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Wish>();
  const add = useAddTerminal();
  const submit = async ({ name, severity, place, account }: Wish) => {
    await add.mutateAsync({ name, severity, ...(place ? { place } : {}), ...(account ? { account } : {}) });
    form.resetFields();
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('supervision.terminal.add')}
      okText={t('supervision.terminal.save')}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {add.error ? <Alert type="error" showIcon title={said(add.error)} style={{ marginBottom: 12 }} /> : null}
      <Form<Wish>
        form={form}
        layout="vertical"
        initialValues={{ severity: 1 }}
        onFinish={(wish) => void submit(wish).catch(() => {})}
      >
        <Form.Item name="name" label={t('supervision.terminal.name')} rules={[{ required: true, max: 80 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="place" label={t('supervision.terminal.place')} extra={t('supervision.terminal.placeHint')}>
          <PlaceChoice />
        </Form.Item>
        <Form.Item name="severity" label={t('supervision.terminal.severity')}>
          <Select options={[1, 2, 3, 4].map((value) => ({ value, label: <SeverityMark severity={value} /> }))} />
        </Form.Item>
        <Form.Item
          name="account"
          label={t('supervision.terminal.account')}
          extra={t('supervision.terminal.accountHint')}
        >
          <PersonChoice />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Named terminals key warnings are sent to: what each answers for, who receives at it, and whether it hears. */
export default function TerminalsPage() {
  const t = useT();
  const { may, session } = useSession();
  const { message } = App.useApp();
  const { data, error, isPending } = useTerminals();
  const [adding, setAdding] = useState(false);
  const end = useEndTerminal();
  const test = useTestTerminal();
  const writes = may('supervision:write');
  const tried = async (id: string) => {
    await test.mutateAsync(id);
    void message.success(t('supervision.terminal.tested'));
  };
  const actions = (_: unknown, { id }: Terminal) => (
    <Space>
      <Link to={`/supervision/terminals/${id}`}>{t('supervision.terminal.open')}</Link>
      {writes ? (
        <>
          <Button size="small" onClick={() => void tried(id).catch(() => {})}>
            {t('supervision.terminal.test')}
          </Button>
          <RemoveButton
            text={t('supervision.terminal.end')}
            sure={t('supervision.terminal.endSure')}
            onConfirm={() => end.mutate(id)}
          />
        </>
      ) : null}
    </Space>
  );
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} wrap align="center">
        <Typography.Title level={4} style={{ margin: 0, marginRight: 'auto' }}>
          {t('supervision.terminals')}
        </Typography.Title>
        {writes ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('supervision.terminal.add')}
          </Button>
        ) : null}
      </Flex>
      {[error, end.error, test.error].map((each) =>
        each ? <Alert key={said(each)} type="error" showIcon title={said(each)} /> : null,
      )}
      <Table<Terminal>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('supervision.terminal.none') }}
        columns={[
          { title: t('supervision.terminal.name'), dataIndex: 'name' },
          {
            title: t('supervision.terminal.place'),
            render: (_, { place }) => (place === '' ? t('supervision.everything') : <PlaceName path={place} />),
          },
          {
            title: t('supervision.terminal.severity'),
            render: (_, { severity }) => <SeverityMark severity={severity} />,
          },
          {
            title: t('supervision.terminal.account'),
            render: (_, { account }) =>
              account === null
                ? t('supervision.terminal.anybody')
                : account === session?.user.id
                  ? t('supervision.terminal.mine')
                  : t('supervision.terminal.bound'),
          },
          { title: t('supervision.terminal.madeAt'), render: (_, { madeAt }) => dateTime(madeAt) },
          { title: '', render: actions },
        ]}
      />
      <NewTerminal open={adding} onClose={() => setAdding(false)} />
    </Flex>
  );
}
