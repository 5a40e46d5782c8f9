import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Flex, Form, InputNumber, Select, Skeleton, Typography } from 'antd';
import { useEffect } from 'react';
import { FormDialog, thousandthsOf, useMeterName } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { all, type MeterTold, type Swap, useMeters } from './queries.ts';

type Dial = { begin?: number; end?: number };
interface Filled {
  house: string;
  dials?: Record<string, Dial>;
}

/** What meters a form has: those the lease is billed by; water and electricity where nothing is known. */
const unknown = (house: string): MeterTold[] =>
  ['water', 'electricity'].map((subject) => ({ house, subject, begin: null, end: null, at: null }));
const dialsOf = (told: readonly MeterTold[]): Record<string, Dial> =>
  Object.fromEntries(
    told.map(({ subject, begin, end }) => [
      subject,
      { ...(begin ? { begin: begin.value / 1000 } : {}), ...(end ? { end: end.value / 1000 } : {}) },
    ]),
  );

/** The meters of the chosen house, filled in as far as they told by themselves, and by what each figure is known. */
function DialFields({ told }: { told: readonly MeterTold[] }) {
  const t = useT();
  const nameOf = useMeterName();
  const form = Form.useFormInstance<Filled>();
  const house: string | undefined = Form.useWatch('house', form);
  const here = told.filter((each) => each.house === house);
  const shown = here.length > 0 ? here : unknown(house ?? '');
  useEffect(() => {
    form.setFieldsValue({ dials: dialsOf(told.filter((each) => each.house === house)) });
  }, [form, told, house]);
  const sourceOf = ({ begin, end, at }: MeterTold): string =>
    [
      begin ? `${t('swaps.reading.begin')}：${t(`swaps.rules.${begin.rule}`)}` : t('swaps.beginUnknown'),
      end ? `${t('swaps.reading.end')}：${t(`swaps.rules.${end.rule}`)} ${dateTime(at)}` : t('swaps.endUnknown'),
    ].join(' · ');
  return shown.map((each) => (
    <Form.Item key={each.subject} label={nameOf(each.subject)}>
      <Flex gap={8}>
        {(['begin', 'end'] as const).map((which) => (
          <Form.Item key={which} name={['dials', each.subject, which]} noStyle>
            <InputNumber
              min={0}
              max={1e9}
              precision={3}
              style={{ width: 200 }}
              placeholder={t(`swaps.reading.${which}`)}
              aria-label={`${nameOf(each.subject)} ${t(`swaps.reading.${which}`)}`}
            />
          </Form.Item>
        ))}
      </Flex>
      <Typography.Text type="secondary">{sourceOf(each)}</Typography.Text>
    </Form.Item>
  ));
}

/** Meters of a house that is left, as they stood on the last day. */
export function ReadingsDialog({ swap, onClose }: { swap: Swap; onClose(): void }) {
  const t = useT();
  const told = useMeters(swap.id);
  const open = swap.sides.find(({ readings }) => readings === null) ?? swap.sides[0];
  return (
    <FormDialog<Filled>
      title={t('swaps.do.read')}
      initial={{ house: open?.house ?? '' }}
      stale={[all]}
      run={({ house, dials = {} }) => {
        const readings = Object.entries(dials).flatMap(([subject, { begin, end }]) =>
          typeof begin === 'number' && typeof end === 'number'
            ? [{ subject, begin: thousandthsOf(begin), end: thousandthsOf(end) }]
            : [],
        );
        return sdk.swaps.read({ params: { id: swap.id }, body: { house, readings } });
      }}
      onClose={onClose}
    >
      <Form.Item name="house" label={t('swaps.from')} rules={[{ required: true }]}>
        <Select
          options={swap.sides.map(({ house, houseName, name }) => ({ value: house, label: `${houseName} · ${name}` }))}
        />
      </Form.Item>
      {told.error ? <Typography.Text type="warning">{said(told.error)}</Typography.Text> : null}
      {told.isPending ? <Skeleton active paragraph={{ rows: 3 }} /> : <DialFields told={told.data ?? none} />}
    </FormDialog>
  );
}

const none: readonly MeterTold[] = [];
