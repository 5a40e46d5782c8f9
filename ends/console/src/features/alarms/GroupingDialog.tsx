import { useT } from '@keystead/ui/i18n';
import { Alert, Form, InputNumber, Modal, Skeleton, Switch, Typography } from 'antd';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type GroupingBody, useGrouping, useSetGrouping } from './rule-queries.ts';

/** How alarms of one cause are gathered under one; holds from the next alarm on. */
export function GroupingDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<GroupingBody>();
  const grouping = useGrouping();
  const set = useSetGrouping();
  const refuse = useRefusal();
  const enabled = Form.useWatch('enabled', form) ?? grouping.data?.enabled;
  const problem = grouping.error ?? set.error;
  const must = [{ required: true, message: t('alarms.grouping.needed') }];
  const seconds = { max: 3_600, precision: 0, style: { width: 160 }, disabled: !enabled };
  return (
    <Modal
      open
      title={t('alarms.grouping.title')}
      okText={t('alarms.grouping.save')}
      cancelText={t('alarms.grouping.cancel')}
      confirmLoading={set.isPending}
      okButtonProps={{ disabled: grouping.data === undefined }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{t('alarms.grouping.hint')}</Typography.Paragraph>
      {problem ? <Alert type="error" showIcon title={said(problem)} style={{ marginBottom: 12 }} /> : null}
      {grouping.data ? (
        <Form<GroupingBody>
          form={form}
          layout="vertical"
          initialValues={grouping.data}
          onFinish={(body) =>
            set.mutate(
              { version: grouping.data.version, body },
              { onSuccess: onClose, onError: (cause) => void refuse(form, cause) },
            )
          }
        >
          <Form.Item name="enabled" label={t('alarms.grouping.enabled')} valuePropName="checked">
            <Switch aria-label={t('alarms.grouping.enabled')} />
          </Form.Item>
          <Form.Item
            name="window"
            label={t('alarms.grouping.window')}
            extra={t('alarms.grouping.windowHint')}
            rules={must}
          >
            <InputNumber min={10} {...seconds} />
          </Form.Item>
          <Form.Item
            name="settle"
            label={t('alarms.grouping.settle')}
            extra={t('alarms.grouping.settleHint')}
            rules={must}
          >
            <InputNumber min={0} {...seconds} />
          </Form.Item>
        </Form>
      ) : (
        <Skeleton active />
      )}
    </Modal>
  );
}
