import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Typography } from 'antd';
import { useRefusal } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useModels } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { type NamingBreach, useRename } from './queries.ts';

/** Mending a name: the rule it breaks stands above the field. */
export function RenameThing({ breach, onClose }: { breach: NamingBreach; onClose(): void }) {
  const t = useT();
  const models = useModels();
  const words = useModelWords(models.data);
  const [form] = Form.useForm<{ name: string }>();
  const rename = useRename();
  const refuse = useRefusal();
  return (
    <Modal
      open
      title={t('things.naming.mendOf', { code: breach.code })}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      confirmLoading={rename.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {rename.error ? <Alert type="error" showIcon title={said(rename.error)} style={{ marginBottom: 12 }} /> : null}
      <Typography.Paragraph type="secondary">
        {t('things.naming.rule')}{' '}
        {breach.pattern === null ? (
          t('things.naming.general', { model: words.model(breach.family) })
        ) : (
          <Typography.Text code>{breach.pattern}</Typography.Text>
        )}
      </Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: breach.name }}
        onFinish={({ name }) =>
          rename.mutate(
            { id: breach.id, name: name.trim() },
            { onSuccess: onClose, onError: (cause) => refuse(form, cause) },
          )
        }
      >
        <Form.Item
          name="name"
          label={t('things.name')}
          rules={[{ required: true, whitespace: true, message: t('things.needName') }]}
        >
          <Input maxLength={120} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
