import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Select } from 'antd';
import { FormDialog, minorOf } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { householdsKey, type SanctionBody, useHearings } from './queries.ts';

// A record, so that none can be forgotten.
const order: Record<SanctionBody['ground'], true> = {
  ...{ fraud: true, sublet: true, lend: true, swap: true, misuse: true, damage: true, unlawful: true, idle: true },
};
const grounds = Object.keys(order) as SanctionBody['ground'][];

/** Decides after the hearing of a violation case; how long it bars and how much it may cost is the policy's. */
export function SanctionDialog({ household, onClose }: { household: string; onClose(): void }) {
  const t = useT();
  const hearings = useHearings();
  const required = [{ required: true, whitespace: true }];
  return (
    <FormDialog<{ hearing: string; ground: SanctionBody['ground']; reason: string; yuan?: number | null }>
      title={t('households.sanctions.make')}
      stale={[householdsKey, ['eligibility']]}
      run={({ yuan, ...body }) =>
        sdk.eligibility.impose({ params: { id: household }, body: { ...body, fine: minorOf(yuan ?? 0) } })
      }
      onClose={onClose}
    >
      <Form.Item
        name="hearing"
        label={t('households.sanctions.hearing')}
        extra={t('households.sanctions.hearingHint')}
        rules={[{ required: true }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={hearings.isPending}
          notFoundContent={t('households.sanctions.noHearing')}
          options={hearings.data?.items.map(({ id, code, title }) => ({ value: id, label: `${code} ${title}` }))}
        />
      </Form.Item>
      <Form.Item name="ground" label={t('households.sanctions.ground')} rules={[{ required: true }]}>
        <Select options={grounds.map((value) => ({ value, label: t(`households.sanctions.grounds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reason" label={t('households.sanctions.reason')} rules={required}>
        <Input.TextArea maxLength={1000} rows={3} />
      </Form.Item>
      <Form.Item name="yuan" label={t('households.sanctions.fineYuan')} extra={t('households.sanctions.fineHint')}>
        <InputNumber min={0} precision={2} style={{ width: 200 }} />
      </Form.Item>
    </FormDialog>
  );
}
