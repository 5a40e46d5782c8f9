import { quantity } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Form, Input, Select } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type Intent, type PlanFile } from './queries.ts';

interface ChoiceDialogProps {
  file: PlanFile;
  row: Intent;
  what: 'choose' | 'decline';
  onClose(): void;
}

/** A household chooses one of the houses that are left, or declines with its reason. */
export function ChoiceDialog({ file, row, what, onClose }: ChoiceDialogProps) {
  const t = useT();
  const params = { id: file.plan.id, entry: row.entry };
  const free = file.houses.filter(({ takenBy }) => takenBy === null);
  const title = `${t(what === 'choose' ? 'allocation.choose' : 'allocation.decline')} · ${row.code} ${row.householdName}`;
  if (what === 'decline')
    return (
      <FormDialog<{ reason: string }>
        title={title}
        stale={[all]}
        run={(body) => sdk.allocation.decline({ params, body })}
        onClose={onClose}
      >
        <Form.Item
          name="reason"
          label={t('allocation.reason')}
          extra={t('allocation.declineHint')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input.TextArea maxLength={500} />
        </Form.Item>
      </FormDialog>
    );
  return (
    <FormDialog<{ house: string }>
      title={title}
      stale={[all]}
      run={(body) => sdk.allocation.choose({ params, body })}
      onClose={onClose}
    >
      <Form.Item name="house" label={t('allocation.house')} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('allocation.nothingLeft')}
          options={free.map(({ house, name, floorArea, layout }) => ({
            value: house,
            label: [name ?? house, floorArea ? quantity(floorArea, 'm²') : '', layout ?? '']
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      </Form.Item>
    </FormDialog>
  );
}
