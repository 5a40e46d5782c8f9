import { useT } from '@keystead/ui/i18n';
import { Form, Select, Skeleton, Typography } from 'antd';
import { useMemo } from 'react';
import { DialFields, type Dials, FormDialog, readingsOf } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { all, type MeterTold, type Swap, useMeters } from './queries.ts';

interface Filled {
  house: string;
  dials?: Dials;
}

/** The meters of the chosen house. */
function DialsOf({ told }: { told: readonly MeterTold[] }) {
  const house: string | undefined = Form.useWatch('house');
  const here = useMemo(() => told.filter((each) => each.house === house), [told, house]);
  return <DialFields told={here} />;
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
      run={({ house, dials }) =>
        sdk.swaps.read({ params: { id: swap.id }, body: { house, readings: readingsOf(dials) } })
      }
      onClose={onClose}
    >
      <Form.Item name="house" label={t('swaps.from')} rules={[{ required: true }]}>
        <Select
          options={swap.sides.map(({ house, houseName, name }) => ({ value: house, label: `${houseName} · ${name}` }))}
        />
      </Form.Item>
      {told.error ? <Typography.Text type="warning">{said(told.error)}</Typography.Text> : null}
      {told.isPending ? <Skeleton active paragraph={{ rows: 3 }} /> : <DialsOf told={told.data ?? none} />}
    </FormDialog>
  );
}

const none: readonly MeterTold[] = [];
