import { useT } from '@keystead/ui/i18n';
import { Form, Input, Select } from 'antd';
import { FormDialog, PlaceChoice } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';

const kinds = ['sublet', 'lend', 'swap', 'idle', 'arrears', 'misuse', 'fraud'] as const;

interface Fields {
  kind: (typeof kinds)[number];
  placeId: string;
  note: string;
}

/** A clue that somebody breaks the rules opens a violation case with the steps of a hearing. */
export function ReportDialog({ onDone, onClose }: { onDone(caseId: string): void; onClose(): void }) {
  const t = useT();
  const rules = [{ required: true, message: t('risk.required') }];
  return (
    <FormDialog<Fields, { id: string }>
      title={t('risk.report')}
      okText={t('risk.report')}
      stale={[['cases']]}
      run={(body) => sdk.violations.report({ body })}
      onClose={onClose}
      onDone={({ id }) => onDone(id)}
    >
      <Form.Item name="placeId" label={t('risk.house')} rules={rules}>
        <PlaceChoice style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="kind" label={t('risk.kind')} rules={rules}>
        <Select options={kinds.map((value) => ({ value, label: t(`risk.reportKinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="note" label={t('risk.seen')} rules={rules} extra={t('risk.seenHint')}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
