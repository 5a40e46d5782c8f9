import { useT } from '@keystead/ui/i18n';
import { App, Form, Input, Modal } from 'antd';
import { useNavigate } from 'react-router';
import { PlaceChoice } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useCreateHouse } from './queries.ts';

interface Draft {
  parent: string;
  code: string;
  name: string;
  address?: string;
}

/** A new house: where it stands and how it is called; the rest of its file is filled in on its page. */
export function NewHouse({ onClose }: { onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<Draft>();
  const create = useCreateHouse();
  const send = ({ parent, code, name, address }: Draft) =>
    create.mutate(
      { parent, code, name, dossier: address ? { location: { address } } : {} },
      {
        onSuccess: ({ id }) => void navigate(`/houses/${id}`),
        onError: (cause) => void message.error(said(cause)),
      },
    );
  return (
    <Modal
      open
      title={t('stock.add')}
      okText={t('stock.save')}
      cancelText={t('stock.cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={send}>
        <Form.Item name="parent" label={t('stock.parent')} rules={[{ required: true, message: t('stock.needed') }]}>
          <PlaceChoice />
        </Form.Item>
        <Form.Item name="code" label={t('stock.code')} rules={[{ required: true, message: t('stock.needed') }]}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="name" label={t('stock.name')} rules={[{ required: true, message: t('stock.needed') }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="address" label={t('stock.field.address')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
