import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, InputNumber, Modal, Select, Table } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Thing, useChange, useOf } from '../queries.ts';

interface Use {
  part: string;
  quantity: number;
}

/** The shelf: all spare parts with their stock. */
export const usePartList = () => useOf('', 'part-list', () => sdk.things.partList({}));

/** Lines of part and quantity in a form, under the name `parts`. */
export function PartLines() {
  const t = useT();
  const shelf = usePartList();
  return (
    <Form.List name="parts">
      {(lines, { add, remove }) => (
        <Flex vertical gap={8}>
          {lines.map((line) => (
            <Flex key={line.key} gap={8} align="baseline">
              <Form.Item
                name={[line.name, 'part']}
                rules={[{ required: true, message: t('things.needPart') }]}
                style={{ flex: 1, marginBottom: 0 }}
              >
                <Select
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder={t('things.part')}
                  options={shelf.data?.map((part) => ({
                    value: part.id,
                    label: `${part.name} · ${part.code}（${part.stock} ${part.unit}）`,
                  }))}
                />
              </Form.Item>
              <Form.Item name={[line.name, 'quantity']} initialValue={1} style={{ marginBottom: 0 }}>
                <InputNumber min={1} max={10_000} precision={0} aria-label={t('things.quantity')} />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('things.removeLine')}
                onClick={() => remove(line.name)}
              />
            </Flex>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>
            {t('things.addPart')}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}

/** Spare parts that fit a thing, and whether they are in stock. */
export function Parts({ thing }: { thing: Thing }) {
  const t = useT();
  const { may } = useSession();
  const [form] = Form.useForm<{ parts: Use[] }>();
  const [editing, setEditing] = useState(false);
  const parts = useOf(thing.id, 'parts', () => sdk.things.partsOf({ params: { id: thing.id } }));
  const fit = useChange((body: Use[]) => sdk.things.fitParts({ params: { id: thing.id }, body }));
  if (parts.error) return <Alert type="error" showIcon title={said(parts.error)} />;
  return (
    <Flex vertical gap={8}>
      <Table
        size="small"
        rowKey="id"
        loading={parts.isPending}
        dataSource={parts.data}
        pagination={false}
        locale={{ emptyText: t('things.noParts') }}
        columns={[
          { title: t('things.part'), dataIndex: 'name' },
          { title: t('things.partCode'), dataIndex: 'code' },
          { title: t('things.quantity'), align: 'right', dataIndex: 'quantity' },
          { title: t('things.stock'), align: 'right', render: (_, row) => `${row.stock} ${row.unit}` },
          { title: '', render: (_, row) => (row.stock <= row.lowMark ? t('things.lowStock') : null) },
        ]}
      />
      {may('thing:write') ? (
        <div>
          <Button onClick={() => setEditing(true)}>{t('things.fitParts')}</Button>
        </div>
      ) : null}
      {editing ? (
        <Modal
          open
          title={t('things.fitParts')}
          okText={t('things.save')}
          cancelText={t('things.cancel')}
          confirmLoading={fit.isPending}
          onOk={form.submit}
          onCancel={() => setEditing(false)}
        >
          {fit.error ? <Alert type="error" showIcon title={said(fit.error)} style={{ marginBottom: 12 }} /> : null}
          <Form
            form={form}
            initialValues={{ parts: parts.data?.map(({ id, quantity }) => ({ part: id, quantity })) ?? [] }}
            onFinish={({ parts: uses = [] }) => fit.mutate(uses, { onSuccess: () => setEditing(false) })}
          >
            <PartLines />
          </Form>
        </Modal>
      ) : null}
    </Flex>
  );
}
