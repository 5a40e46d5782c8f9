import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Modal, Select, Table } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Thing, useChange, useOf } from '../queries.ts';
import { PartLines } from './Parts.tsx';

type Draft = Parameters<typeof sdk.things.maintain>[0]['body'];

const kinds: Draft['kind'][] = [
  'inspection',
  'cleaning',
  'lubrication',
  'repair',
  'replacement',
  'calibration',
  'other',
];

/** What was done to a thing, when, by whom, with which parts. */
export function Maintenance({ thing }: { thing: Thing }) {
  const t = useT();
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const { data, error, isPending } = useOf(thing.id, 'maintenance', () =>
    sdk.things.maintenance({ params: { id: thing.id } }),
  );
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={8}>
      <Table
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={data}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('things.noMaintenance') }}
        columns={[
          { title: t('things.time'), width: 180, render: (_, row) => dateTime(row.at) },
          { title: t('things.workKind'), width: 90, render: (_, row) => t(`things.work.${row.kind}`) },
          { title: t('things.workDone'), dataIndex: 'content' },
          { title: t('things.workResult'), render: (_, row) => row.result || '—' },
          {
            title: t('things.parts'),
            render: (_, row) => row.parts.map((part) => `${part.name} × ${part.quantity}`).join('，') || '—',
          },
          { title: t('things.by'), dataIndex: 'by' },
        ]}
      />
      {may('thing:write') ? (
        <div>
          <Button onClick={() => setAdding(true)}>{t('things.maintain')}</Button>
        </div>
      ) : null}
      {adding ? <NewMaintenance id={thing.id} onClose={() => setAdding(false)} /> : null}
    </Flex>
  );
}

function NewMaintenance({ id, onClose }: { id: string; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Omit<Draft, 'at'>>();
  const maintain = useChange((body: Draft) => sdk.things.maintain({ params: { id }, body }));
  return (
    <Modal
      open
      title={t('things.maintain')}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      confirmLoading={maintain.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {maintain.error ? (
        <Alert type="error" showIcon title={said(maintain.error)} style={{ marginBottom: 12 }} />
      ) : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'inspection', parts: [] }}
        onFinish={(filled) =>
          maintain.mutate({ ...filled, at: new Date().toISOString() }, { onSuccess: () => onClose() })
        }
      >
        <Form.Item name="kind" label={t('things.workKind')}>
          <Select options={kinds.map((kind) => ({ value: kind, label: t(`things.work.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="content"
          label={t('things.workDone')}
          rules={[{ required: true, message: t('things.needWork') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Form.Item name="problems" label={t('things.workProblems')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="result" label={t('things.workResult')}>
          <Input maxLength={2000} />
        </Form.Item>
        <Form.Item label={t('things.partsUsed')}>
          <PartLines />
        </Form.Item>
      </Form>
    </Modal>
  );
}
