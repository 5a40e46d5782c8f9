import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber } from 'antd';
import { minorOf, PartyChoice, PlaceChoice } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { FormDialog } from './FormDialog.tsx';

interface Filled {
  house: string;
  tenant: string;
  lessor: string;
  startsOn: string;
  endsOn: string;
  rent: number;
}

const date = { required: true, pattern: /^\d{4}-\d{2}-\d{2}$/ };

/** Drafts the first lease of a household; everything else is added on its page. */
export function NewLease({ onClose }: { onClose(): void }) {
  const t = useT();
  const title = t('rent.newLease');
  const named = async (party: string) => {
    const { name } = await sdk.parties.get({ params: { id: party } });
    return { party, name };
  };
  const run = async ({ house, tenant, lessor, startsOn, endsOn, rent }: Filled) =>
    sdk.leases.create({
      body: {
        ...{ house, startsOn, endsOn, title, terms: {} },
        tenant: await named(tenant),
        lessor: await named(lessor),
        fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: minorOf(rent) } }],
      },
    });
  return (
    <FormDialog<Filled> title={title} run={run} onClose={onClose}>
      <Form.Item name="house" label={t('rent.house')} rules={[{ required: true }]}>
        <PlaceChoice style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="tenant" label={t('rent.tenant')} rules={[{ required: true }]}>
        <PartyChoice kind="household" />
      </Form.Item>
      <Form.Item name="lessor" label={t('rent.lessor')} rules={[{ required: true }]}>
        <PartyChoice kind="organisation" />
      </Form.Item>
      <Form.Item name="startsOn" label={t('rent.from')} rules={[date]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="endsOn" label={t('rent.until')} rules={[date]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="rent" label={t('rent.monthlyRent')} rules={[{ required: true }]}>
        <InputNumber min={0.01} precision={2} style={{ width: 200 }} />
      </Form.Item>
    </FormDialog>
  );
}
