import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { Select } from 'antd';
import type { CSSProperties } from 'react';
import type { sdk } from '../shell/sdk.ts';
import { inOrder } from './order.ts';

type Category = Reply<typeof sdk.allocation.waiting>[number]['category'];

/** What kinds of households apply and wait 保障类别. */
export const categories = inOrder<Category>({
  ...{ general: 1, 'low-income': 2, 'special-care': 3, 'new-worker': 4 },
  ...{ 'migrant-worker': 5, resettled: 6, talent: 7 },
});

/** A form field for one of them. */
export function CategoryChoice(field: {
  id?: string;
  value?: Category | undefined;
  onChange?(value?: Category): void;
  placeholder?: string;
  allowClear?: boolean;
  style?: CSSProperties;
}) {
  const t = useT();
  return (
    <Select<Category>
      {...field}
      {...(field.placeholder ? { 'aria-label': field.placeholder } : {})}
      options={categories.map((value) => ({ value, label: t(`parts.categories.${value}`) }))}
    />
  );
}
