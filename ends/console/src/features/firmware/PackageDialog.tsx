import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Form, Input, Modal, Select, Typography, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { useFirmwareChange } from './queries.ts';
import { hashOf, statementOf } from './statement.ts';

interface Filled {
  title: string;
  version: string;
  models: string[];
  signature: string;
  note?: string;
}

/** A file with its words; shows the text that has to be signed, and takes the signature. */
export function PackageDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const [file, setFile] = useState<File>();
  const [hash, setHash] = useState('');
  const [problem, setProblem] = useState<string>();
  const words = Form.useWatch([], form);
  const add = useFirmwareChange(({ models, note = '', ...filled }: Filled) =>
    sdk.firmware.addPackage(
      { query: { ...filled, models: models.join(','), signature: filled.signature.trim(), note }, body: file ?? '' },
      { contentType: 'application/octet-stream' },
    ),
  );
  useEffect(() => {
    let stale = false;
    if (file) void hashOf(file).then((found) => (stale ? undefined : setHash(found)));
    return () => {
      stale = true;
    };
  }, [file]);
  const isReady = file && hash && words?.title && words.version && words.models?.length;

  async function submit(filled: Filled) {
    setProblem(undefined);
    try {
      await add.mutateAsync(filled);
      onClose();
    } catch (cause) {
      setProblem(said(cause));
    }
  }

  const needed = [{ required: true, message: t('firmware.needed') }];
  return (
    <Modal
      open
      title={t('firmware.addPackage')}
      width={640}
      onCancel={onClose}
      onOk={form.submit}
      okButtonProps={{ disabled: !isReady, loading: add.isPending }}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled> form={form} layout="vertical" onFinish={(filled) => void submit(filled)}>
        <Form.Item label={t('firmware.file')} required>
          <Upload.Dragger
            maxCount={1}
            beforeUpload={(chosen) => {
              setFile(chosen);
              return false;
            }}
            onRemove={() => setFile(undefined)}
          >
            {t('firmware.fileHint')}
          </Upload.Dragger>
        </Form.Item>
        <Flex gap={12}>
          <Form.Item name="title" label={t('firmware.packageTitle')} rules={needed} style={{ flex: 2 }}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="version" label={t('firmware.version')} rules={needed} style={{ flex: 1 }}>
            <Input maxLength={60} />
          </Form.Item>
        </Flex>
        <Form.Item name="models" label={t('firmware.models')} extra={t('firmware.modelsHint')} rules={needed}>
          <Select mode="tags" tokenSeparators={[',', ' ']} />
        </Form.Item>
        {isReady ? (
          <Form.Item label={t('firmware.statement')} extra={t('firmware.statementHint')}>
            <Typography.Paragraph copyable={{ text: statementOf({ ...words, size: file.size, hash }) }}>
              <pre style={{ margin: 0 }}>{statementOf({ ...words, size: file.size, hash })}</pre>
            </Typography.Paragraph>
          </Form.Item>
        ) : null}
        <Form.Item name="signature" label={t('firmware.signature')} rules={needed}>
          <Input.TextArea rows={2} maxLength={400} spellCheck={false} />
        </Form.Item>
        <Form.Item name="note" label={t('firmware.note')}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
