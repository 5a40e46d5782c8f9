import { UploadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Alert, AutoComplete, Button, Form, Input, Modal, Upload } from 'antd';
import { said } from '../../shell/sdk.ts';
import type { Paper } from './queries.ts';

/** Standards papers are asked for by the classes of the contract, to choose from; others may be typed. */
const standards = [
  'GB 21556.2',
  'GA 374',
  'GA/T 701',
  'GB 55029',
  'GA/T 1127',
  'GB 50116',
  'GB 50166',
  'GB/T 778.1',
  'CJ/T 224',
  'GB/T 17215',
  'GB/T 6968',
  'CJ/T 449',
  'GB/T 32224',
  'CJ 128',
];

interface Filled {
  file?: { originFileObj?: File }[];
  standard: string;
  certificate: string;
  verifiedOn: string;
  validUntil?: string;
}

interface Props {
  mayUpload: boolean;
  saving: boolean;
  error: unknown;
  /** `file`: a scan of it, to be kept in the records. */
  onSave(paper: Omit<Paper, 'record'>, file: File | undefined): void;
  onClose(): void;
}

/** One more paper of a thing. */
export function PaperDialog({ mayUpload, saving, error, onSave, onClose }: Props) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const must = [{ required: true, message: t('deviceContract.papers.needed') }];
  return (
    <Modal
      open
      title={t('deviceContract.papers.add')}
      okText={t('deviceContract.papers.save')}
      cancelText={t('deviceContract.papers.cancel')}
      confirmLoading={saving}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {error ? <Alert type="error" showIcon title={said(error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        onFinish={({ validUntil, file, ...paper }) =>
          onSave({ ...paper, validUntil: validUntil || null }, file?.[0]?.originFileObj)
        }
      >
        <Form.Item name="standard" label={t('deviceContract.papers.standard')} rules={must}>
          <AutoComplete options={standards.map((value) => ({ value }))} maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="certificate" label={t('deviceContract.papers.certificate')} rules={must}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="verifiedOn" label={t('deviceContract.papers.verifiedOn')} rules={must}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="validUntil"
          label={t('deviceContract.papers.validUntil')}
          extra={t('deviceContract.papers.endlessHint')}
        >
          <Input type="date" />
        </Form.Item>
        {mayUpload ? (
          <Form.Item
            name="file"
            label={t('deviceContract.papers.file')}
            extra={t('deviceContract.papers.fileHint')}
            valuePropName="fileList"
            getValueFromEvent={({ fileList }: { fileList: unknown }) => fileList}
          >
            <Upload beforeUpload={() => false} maxCount={1} accept=".pdf,image/*">
              <Button icon={<UploadOutlined />}>{t('deviceContract.papers.choose')}</Button>
            </Upload>
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
