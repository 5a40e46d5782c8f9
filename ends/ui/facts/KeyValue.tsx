import { Descriptions } from 'antd';
import type { ReactNode } from 'react';

export interface Fact {
  key: string;
  label: ReactNode;
  value: ReactNode;
}

const absent = (value: ReactNode) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Facts of one object as label and value; what is not known is a dash, so that it is seen to be missing. */
export function KeyValue({ facts, columns = 2 }: { facts: readonly Fact[]; columns?: 1 | 2 | 3 }) {
  return (
    <Descriptions
      size="small"
      column={columns === 1 ? 1 : { xs: 1, sm: 1, md: columns, lg: columns, xl: columns, xxl: columns }}
      items={facts.map(({ key, label, value }) => ({ key, label, children: absent(value) ? '—' : value }))}
    />
  );
}
