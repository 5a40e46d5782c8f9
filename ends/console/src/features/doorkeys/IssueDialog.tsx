import { useT } from '@keystead/ui/i18n';
import { Alert, DatePicker, Form, Input, Modal, Select, Typography } from 'antd';
import type { Dayjs } from 'dayjs';
import { said } from '../../shell/sdk.ts';
import { useIssue, useKeys } from './queries.ts';

const kinds = ['pin', 'card', 'qr', 'ble', 'mechanical'] as const;
const patterns = ['once', 'period', 'lasting'] as const;

interface Fields {
  holder: string;
  kind: (typeof kinds)[number];
  pattern: (typeof patterns)[number];
  label: string;
  validUntil?: Dayjs;
  credential?: string;
}

/** A key for somebody who holds one of the house already, or for his guest; a secret that is made is shown this once. */
export function IssueDialog({ house, onClose }: { house: string; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Fields>();
  const issue = useIssue();
  const keys = useKeys(house);
  const holders = new Map(
    keys.data?.pages.flatMap(({ items }) =>
      items.filter(({ endedAt }) => !endedAt).map((key) => [key.holder, key.holderName]),
    ),
  );
  const send = ({ validUntil, credential, ...fields }: Fields) =>
    issue.mutate({
      ...fields,
      house,
      ...(validUntil ? { validUntil: validUntil.toISOString() } : {}),
      ...(credential ? { credential } : {}),
    });
  return (
    <Modal
      open
      title={t('doorkeys.issue')}
      onCancel={onClose}
      okText={t(issue.data ? 'doorkeys.done' : 'doorkeys.issue')}
      confirmLoading={issue.isPending}
      onOk={issue.data ? onClose : () => form.submit()}
    >
      {issue.error ? <Alert type="error" showIcon title={said(issue.error)} /> : null}
      {issue.data ? (
        <Typography.Paragraph copyable={issue.data.credential ? { text: issue.data.credential } : false}>
          {issue.data.credential ? `${t('doorkeys.secret')} ${issue.data.credential}` : t('doorkeys.issued')}
        </Typography.Paragraph>
      ) : (
        <Form<Fields> form={form} layout="vertical" onFinish={send} initialValues={{ kind: 'pin', pattern: 'once' }}>
          <Form.Item name="holder" label={t('doorkeys.holder')} rules={[{ required: true }]}>
            <Select options={[...holders].map(([value, label]) => ({ value, label }))} />
          </Form.Item>
          <Form.Item name="label" label={t('doorkeys.label')} rules={[{ required: true, max: 60 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="kind" label={t('doorkeys.kind')}>
            <Select options={kinds.map((value) => ({ value, label: t(`doorkeys.kinds.${value}`) }))} />
          </Form.Item>
          <Form.Item name="pattern" label={t('doorkeys.pattern')}>
            <Select options={patterns.map((value) => ({ value, label: t(`doorkeys.patterns.${value}`) }))} />
          </Form.Item>
          <Form.Item name="validUntil" label={t('doorkeys.until')}>
            <DatePicker showTime />
          </Form.Item>
          <Form.Item name="credential" label={t('doorkeys.number')} extra={t('doorkeys.numberHint')}>
            <Input maxLength={64} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
