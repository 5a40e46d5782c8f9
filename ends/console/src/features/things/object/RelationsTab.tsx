import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Empty, Flex, Form, Modal, Popconfirm, Select, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useChange, useModels, useOf } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { ThingChoice } from './ThingChoice.tsx';
import type { ThingTabProps } from './tab-props.ts';

type Relation = Reply<typeof sdk.things.relations>[number];
type Kind = Relation['kind'];

const kinds: Kind[] = [
  'contains',
  'connects',
  'feeds',
  'runs-on',
  'depends-on',
  'controls',
  'protects',
  'located-in',
  'backs-up',
];

/** The neighbours of a thing: what it contains, feeds, controls, and what does so to it. */
export function RelationsTab({ thing }: ThingTabProps) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const [adding, setAdding] = useState(false);
  const words = useModelWords(useModels().data);
  const { data, error, isPending } = useOf(thing.id, 'relations', () =>
    sdk.things.relations({ params: { id: thing.id } }),
  );
  const unrelate = useChange((row: Relation) =>
    sdk.things.unrelate({
      params:
        row.direction === 'out'
          ? { id: thing.id, kind: row.kind, target: row.id }
          : { id: row.id, kind: row.kind, target: thing.id },
    }),
  );
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      {may('thing:write') ? (
        <div>
          <Button onClick={() => setAdding(true)}>{t('things.relate')}</Button>
        </div>
      ) : null}
      <Table<Relation>
        size="middle"
        rowKey={(row) => `${row.direction} ${row.kind} ${row.id}`}
        loading={isPending}
        dataSource={data}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noRelations')} /> }}
        columns={[
          { title: t('things.relation'), render: (_, row) => t(`things.relations.${row.direction}.${row.kind}`) },
          { title: t('things.name'), render: (_, row) => <Link to={`/things/${row.id}`}>{row.name}</Link> },
          { title: t('things.code'), dataIndex: 'code' },
          { title: t('things.family'), render: (_, row) => words.model(row.family) },
          {
            title: '',
            width: 90,
            render: (_, row) =>
              may('thing:write') ? (
                <Popconfirm
                  title={t('things.unrelateSure')}
                  onConfirm={() => unrelate.mutateAsync(row).catch((cause) => void message.error(said(cause)))}
                >
                  <Button size="small" type="text" danger>
                    {t('things.unrelate')}
                  </Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
      {adding ? <NewRelation id={thing.id} onClose={() => setAdding(false)} /> : null}
    </Flex>
  );
}

function NewRelation({ id, onClose }: { id: string; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<{ kind: Kind; target: string }>();
  const relate = useChange((body: { kind: Kind; target: string }) => sdk.things.relate({ params: { id }, body }));
  return (
    <Modal
      open
      title={t('things.relate')}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      confirmLoading={relate.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {relate.error ? <Alert type="error" showIcon title={said(relate.error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'contains' }}
        onFinish={(body) => relate.mutate(body, { onSuccess: onClose })}
      >
        <Form.Item name="kind" label={t('things.relation')}>
          <Select options={kinds.map((kind) => ({ value: kind, label: t(`things.relations.out.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="target"
          label={t('things.otherThing')}
          rules={[{ required: true, message: t('things.needThing') }]}
        >
          <ThingChoice />
        </Form.Item>
      </Form>
    </Modal>
  );
}
