import { Typography } from 'antd';
import type { ReactNode } from 'react';

/** A cell of two facts, the second one smaller below the first. */
export const TwoLines = ({ first, second }: { first: ReactNode; second: ReactNode }) => (
  <>
    <div>{first}</div>
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {second}
    </Typography.Text>
  </>
);
