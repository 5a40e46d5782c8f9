import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Form, Input, InputNumber, Select, Typography } from 'antd';
import { FormDialog as Dialog, minorOf, money } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { LeaseChoice } from './LeaseChoice.tsx';
import { rentKey } from './queries.ts';

interface Filled {
  agreement: string;
  channel: 'cash' | 'bank';
  amount: number;
  reference: string;
  reason: string;
}

/** How much of a lease can go back: what is prepaid, the deposit once it was released. */
function Prepaid({ lease }: { lease: string }) {
  const t = useT();
  const { data } = useQuery({
    queryKey: [...rentKey, 'standing', lease],
    queryFn: () => sdk.ledger.standing({ params: { id: lease } }),
  });
  return data ? (
    <Typography.Paragraph type={data.prepaid > 0 ? 'secondary' : 'warning'}>
      {t('rent.refunding.prepaid', { prepaid: money(data.prepaid), deposit: money(data.deposit) })}
    </Typography.Paragraph>
  ) : null;
}

/** Asks for prepaid money back over the desk or by transfer; above the policy's limit it waits for a second person. */
export function RefundDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const lease = Form.useWatch('agreement', form);
  const required = [{ required: true, whitespace: true }];
  return (
    <Dialog<Filled, { state: string }>
      title={t('rent.refund')}
      form={form}
      initial={{ channel: 'bank' }}
      stale={[rentKey]}
      run={({ amount, ...body }) => sdk.payments.refund({ body: { ...body, amount: minorOf(amount) } })}
      onClose={onClose}
      onDone={({ state }) => {
        void message.info(t(state === 'waiting' ? 'rent.refunding.waits' : 'rent.refunding.done'));
        onClose();
      }}
    >
      <Alert type="info" showIcon title={t('rent.refundNote')} style={{ marginBottom: 12 }} />
      <Form.Item name="agreement" label={t('rent.lease')} rules={[{ required: true }]}>
        <LeaseChoice />
      </Form.Item>
      {lease && may('ledger:read') ? <Prepaid lease={lease} /> : null}
      <Form.Item name="channel" label={t('rent.channel')}>
        <Select options={(['bank', 'cash'] as const).map((value) => ({ value, label: t(`rent.channels.${value}`) }))} />
      </Form.Item>
      <Form.Item name="amount" label={t('rent.amount')} rules={[{ required: true }]}>
        <InputNumber min={0.01} precision={2} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="reference" label={t('rent.refunding.reference')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="reason" label={t('rent.reason')} rules={required}>
        <Input maxLength={500} />
      </Form.Item>
    </Dialog>
  );
}
