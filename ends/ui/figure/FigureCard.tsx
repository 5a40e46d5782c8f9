import { Card, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

export interface FigureCardProps {
  label: string;
  value: ReactNode;
  /** A line of detail below the figure. */
  note?: ReactNode;
  /** Beside the figure: a small curve or mark. */
  side?: ReactNode;
  loading?: boolean;
  /** Why the figure is not there, in the reader's words. */
  error?: string | undefined;
}

/** One figure read from across the room. Wrap it in a link to the rows it counts. */
export function FigureCard({ label, value, note, side, loading = false, error }: FigureCardProps) {
  return (
    <Card size="small" loading={loading} style={{ height: '100%' }} styles={{ body: { padding: 16, minHeight: 104 } }}>
      <Flex justify="space-between" gap={12}>
        <Flex vertical gap={4} style={{ minWidth: 0 }}>
          <Typography.Text type="secondary">{label}</Typography.Text>
          <Typography.Text strong style={{ fontSize: 28, lineHeight: '36px', fontVariantNumeric: 'tabular-nums' }}>
            {error ? '—' : value}
          </Typography.Text>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {error ?? note}
          </Typography.Text>
        </Flex>
        {side}
      </Flex>
    </Card>
  );
}
