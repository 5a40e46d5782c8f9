import { useT } from '@keystead/ui/i18n';
import { Flex, Form, InputNumber, Select } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type Swap } from './queries.ts';

const meters = ['water', 'electricity'] as const;

interface Filled extends Partial<Record<(typeof meters)[number], { begin?: number; end?: number }>> {
  house: string;
}

/** Meters of a house that is left, as they stood on the last day. */
export function ReadingsDialog({ swap, onClose }: { swap: Swap; onClose(): void }) {
  const t = useT();
  const open = swap.sides.find(({ readings }) => readings === null) ?? swap.sides[0];
  const thousandths = (value: number): number => Math.round(value * 1000);
  return (
    <FormDialog<Filled>
      title={t('swaps.do.read')}
      initial={{ house: open?.house ?? '' }}
      stale={[all]}
      run={({ house, ...read }) => {
        const readings = meters.flatMap((subject) => {
          const { begin, end } = read[subject] ?? {};
          return begin === undefined || end === undefined
            ? []
            : [{ subject, begin: thousandths(begin), end: thousandths(end) }];
        });
        return sdk.swaps.read({ params: { id: swap.id }, body: { house, readings } });
      }}
      onClose={onClose}
    >
      <Form.Item name="house" label={t('swaps.from')} rules={[{ required: true }]}>
        <Select
          options={swap.sides.map(({ house, houseName, name }) => ({ value: house, label: `${houseName} · ${name}` }))}
        />
      </Form.Item>
      {meters.map((subject) => (
        <Form.Item key={subject} label={t(`swaps.meters.${subject}`)}>
          <Flex gap={8}>
            {(['begin', 'end'] as const).map((which) => (
              <Form.Item key={which} name={[subject, which]} noStyle>
                <InputNumber
                  min={0}
                  max={1e9}
                  precision={3}
                  style={{ width: 200 }}
                  placeholder={t(`swaps.reading.${which}`)}
                  aria-label={`${t(`swaps.meters.${subject}`)} ${t(`swaps.reading.${which}`)}`}
                />
              </Form.Item>
            ))}
          </Flex>
        </Form.Item>
      ))}
    </FormDialog>
  );
}
