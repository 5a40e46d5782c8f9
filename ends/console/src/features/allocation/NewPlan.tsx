import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import { FormDialog, PlaceChoice, SiteTimeField, usePlace } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type Plan, rankings, useFreeHouses } from './queries.ts';

interface Filled {
  name: string;
  placeId: string;
  ranking: Plan['ranking'];
  intentUntil: string;
  slotMinutes: number;
  houses: string[];
}

/** Houses below a place that can be given out, some or all of them. */
function HouseChoice(props: {
  place: string | undefined;
  id?: string;
  value?: string[];
  onChange?(ids: string[]): void;
}) {
  const t = useT();
  const { place, value = [], onChange } = props;
  const path = usePlace(place).data?.path;
  const { data, isFetching } = useFreeHouses(path);
  return (
    <Flex gap={8}>
      <Select<string[]>
        {...(props.id ? { id: props.id } : {})}
        mode="multiple"
        maxTagCount={4}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ flex: 1 }}
        loading={isFetching}
        disabled={place === undefined}
        placeholder={t(place === undefined ? 'allocation.placeFirst' : 'allocation.chooseHouses')}
        notFoundContent={t('allocation.noFreeHouse')}
        value={value}
        onChange={(ids) => onChange?.(ids)}
        options={data?.items.map((house) => ({ value: house.id, label: `${house.name} · ${house.code}` })) ?? []}
      />
      <Button disabled={!data?.items.length} onClick={() => onChange?.(data?.items.map(({ id }) => id) ?? [])}>
        {t('allocation.allHouses', { count: data?.items.length ?? 0 })}
      </Button>
    </Flex>
  );
}

/** A plan: which houses, how households are ranked, until when they say that they want one. */
export function NewPlan({ onClose }: { onClose(): void }) {
  const t = useT();
  const go = useNavigate();
  const [form] = Form.useForm<Filled>();
  const place = Form.useWatch('placeId', form);
  const needed = [{ required: true }];
  return (
    <FormDialog<Filled, { id: string }>
      title={t('allocation.newPlan')}
      form={form}
      width={640}
      initial={{ ranking: 'lottery', slotMinutes: 10, houses: [] }}
      stale={[all]}
      run={(body) => sdk.allocation.create({ body })}
      onDone={({ id }) => void go(`/allocation-plans/${id}`)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('allocation.planName')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="placeId" label={t('allocation.place')} rules={needed}>
        <PlaceChoice style={{ width: '100%' }} placeholder={t('allocation.place')} />
      </Form.Item>
      <Form.Item name="houses" label={t('allocation.houses')} rules={needed}>
        <HouseChoice place={place} />
      </Form.Item>
      <Form.Item name="ranking" label={t('allocation.ranking')} rules={needed} extra={t('allocation.rankingHint')}>
        <Select options={rankings.map((value) => ({ value, label: t(`allocation.rankings.${value}`) }))} />
      </Form.Item>
      <Form.Item name="intentUntil" label={t('allocation.intentUntil')} rules={needed}>
        <SiteTimeField />
      </Form.Item>
      <Form.Item name="slotMinutes" label={t('allocation.slotMinutes')} rules={needed}>
        <InputNumber min={1} max={1440} precision={0} />
      </Form.Item>
    </FormDialog>
  );
}
