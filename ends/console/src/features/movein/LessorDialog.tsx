import { useT } from '@keystead/ui/i18n';
import { Form } from 'antd';
import { FormDialog, PartyChoice } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all } from './queries.ts';

/** Who lets the houses of the organisation; leases drafted from now on name it. */
export function LessorDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  return (
    <FormDialog<{ party: string }>
      title={t('movein.setLessor')}
      stale={[all]}
      run={(body) => sdk.moveIns.setLessor({ body })}
      onClose={onClose}
    >
      <Form.Item name="party" label={t('movein.lessor')} extra={t('movein.lessorHint')} rules={[{ required: true }]}>
        <PartyChoice kind="organisation" placeholder={t('movein.lessor')} />
      </Form.Item>
    </FormDialog>
  );
}
