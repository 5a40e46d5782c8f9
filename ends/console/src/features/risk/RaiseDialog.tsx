import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Form, Select } from 'antd';
import { FormDialog, PlaceChoice } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { homeKinds } from './queries.ts';

interface Fields {
  kind: (typeof homeKinds)[number];
  house: string;
  grade: 1 | 2 | 3 | 4;
}

/** A warning about a home from what somebody saw; it goes the way of all others. */
export function RaiseDialog({ onDone, onClose }: { onDone(id: string): void; onClose(): void }) {
  const t = useT();
  const rules = [{ required: true, message: t('risk.required') }];
  return (
    <FormDialog<Fields, { id: string }>
      title={t('risk.raise')}
      okText={t('risk.raise')}
      initial={{ grade: 3 }}
      stale={[['risk']]}
      run={(body) => sdk.risk.raise({ body })}
      onClose={onClose}
      onDone={({ id }) => onDone(id)}
    >
      <Form.Item name="house" label={t('risk.house')} rules={rules}>
        <PlaceChoice style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="kind" label={t('risk.kind')} rules={rules}>
        <Select options={homeKinds.map((value) => ({ value, label: t(`risk.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="grade" label={t('risk.grade')} rules={rules}>
        <Select
          options={([1, 2, 3, 4] as const).map((value) => ({ value, label: <SeverityMark severity={value} /> }))}
        />
      </Form.Item>
    </FormDialog>
  );
}
