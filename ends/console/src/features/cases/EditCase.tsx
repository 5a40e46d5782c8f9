import { EditOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, useChange } from './queries.ts';
import { GradeFields } from './StepFields.tsx';

type EditBody = Parameters<typeof sdk.cases.edit>[0]['body'];

/** Changing what describes a case, while it is not over. */
export function EditCase({ file }: { file: CaseFile }) {
  const t = useT();
  const { may } = useSession();
  const [before, setBefore] = useState<CaseFile>();
  if (!may('case:write') || file.endedAt) return null;
  return (
    <>
      <Button icon={<EditOutlined />} onClick={() => setBefore(file)}>
        {t('cases.edit')}
      </Button>
      {before ? <Editor file={before} onClose={() => setBefore(undefined)} /> : null}
    </>
  );
}

function Editor({ file, onClose }: { file: CaseFile; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<EditBody>();
  const refuse = useRefusal();
  const edit = useChange((body: EditBody) =>
    sdk.cases.edit({ params: { id: file.id }, body }, { ifMatch: file.version }),
  );
  const { title, description, category, impact, urgency } = file;
  return (
    <Modal
      open
      title={t('cases.editOf', { code: file.code })}
      okText={t('cases.save')}
      cancelText={t('cases.back')}
      confirmLoading={edit.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {edit.error ? <Alert type="error" showIcon title={said(edit.error)} style={{ marginBottom: 12 }} /> : null}
      <Form<EditBody>
        form={form}
        layout="vertical"
        initialValues={{ title, description, category, impact, urgency }}
        onFinish={({ category: named, ...body }) =>
          edit.mutate(
            { ...body, ...(named ? { category: named } : {}) },
            { onSuccess: onClose, onError: (cause) => refuse(form, cause) },
          )
        }
      >
        <Form.Item
          name="title"
          label={t('cases.titleLabel')}
          rules={[{ required: true, whitespace: true, message: t('cases.needTitle') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="description" label={t('cases.description')}>
          <Input.TextArea rows={4} maxLength={10_000} />
        </Form.Item>
        <Form.Item name="category" label={t('cases.category')}>
          <Input maxLength={80} />
        </Form.Item>
        <GradeFields />
      </Form>
    </Modal>
  );
}
