import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Switch } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Camera, useEnter } from './queries.ts';

interface Entry {
  stream: string;
  perimeter: boolean;
  upward?: string;
}

/** How the media server calls a camera, and whether the platform above sees it. */
export function EntryDialog({ camera, onClose }: { camera: Camera; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Entry>();
  const enter = useEnter(camera.id);
  return (
    <Modal
      open
      title={t('video.enter')}
      okText={t('video.save')}
      cancelText={t('video.cancel')}
      confirmLoading={enter.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {enter.error ? <Alert type="error" showIcon title={said(enter.error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          stream: camera.stream ?? camera.code,
          perimeter: camera.perimeter,
          upward: camera.upward ?? '',
        }}
        onFinish={({ upward, ...entry }) => enter.mutate({ ...entry, upward: upward || null }, { onSuccess: onClose })}
      >
        <Form.Item
          name="stream"
          label={t('video.stream')}
          rules={[{ required: true, pattern: /^[0-9A-Za-z_-]{1,80}$/, message: t('video.streamRule') }]}
        >
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="perimeter" label={t('video.perimeter')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item
          name="upward"
          label={t('video.upward')}
          extra={t('video.upwardHint')}
          rules={[{ pattern: /^[0-9]{20}$/, message: t('video.numberRule') }]}
        >
          <Input maxLength={20} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
