import { useT } from '@keystead/ui/i18n';
import { App, Form, Input, Modal, Select } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Closing, feedbacks, useClose, type Warning } from './queries.ts';

type Fields = Omit<Closing, 'id'>;

/** Nothing is closed without what was done, by whom, with which result, and whether the warning was right. */
export function CloseDialog({ warning, onClose }: { warning: Warning | undefined; onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const close = useClose();
  const rules = [{ required: true, whitespace: true, message: t('risk.required') }];
  return (
    <Modal
      open={warning !== undefined}
      title={t('risk.close')}
      okText={t('risk.close')}
      confirmLoading={close.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        preserve={false}
        onFinish={(fields) => {
          if (!warning) return;
          close.mutate(
            { id: warning.id, ...fields },
            { onSuccess: onClose, onError: (cause) => void message.error(said(cause)) },
          );
        }}
      >
        <Form.Item name="action" label={t('risk.action')} rules={rules}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="person" label={t('risk.person')} rules={rules}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="result" label={t('risk.result')} rules={rules}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="feedback" label={t('risk.feedback')} rules={[{ required: true, message: t('risk.required') }]}>
          <Select options={feedbacks.map((each) => ({ value: each, label: t(`risk.feedbacks.${each}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
