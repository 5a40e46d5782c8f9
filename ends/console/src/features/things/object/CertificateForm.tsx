import { useT } from '@keystead/ui/i18n';
import { Form, Input, Modal } from 'antd';

/** Admitting a certificate by its fingerprint. */
export function CertificateForm({ onSave, onClose }: { onSave(fingerprint: string): void; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<{ fingerprint: string }>();
  return (
    <Modal
      open
      title={t('things.addCertificate')}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={({ fingerprint }) => onSave(fingerprint.trim())}>
        <Form.Item
          name="fingerprint"
          label={t('things.fingerprint')}
          extra={t('things.fingerprintHint')}
          rules={[{ required: true, pattern: /^\s*([0-9A-Fa-f]{2}:?){32}\s*$/, message: t('things.badFingerprint') }]}
        >
          <Input.TextArea rows={2} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
