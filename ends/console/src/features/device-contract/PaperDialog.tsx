import { useT } from '@keystead/ui/i18n';
import { Alert, AutoComplete, Form, Input, Modal } from 'antd';
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
  standard: string;
  certificate: string;
  verifiedOn: string;
  validUntil?: string;
}

interface Props {
  saving: boolean;
  error: unknown;
  onSave(paper: Paper): void;
  onClose(): void;
}

/** One more paper of a thing. */
export function PaperDialog({ saving, error, onSave, onClose }: Props) {
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
        onFinish={({ validUntil, ...paper }) => onSave({ ...paper, validUntil: validUntil || null, record: null })}
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
      </Form>
    </Modal>
  );
}
