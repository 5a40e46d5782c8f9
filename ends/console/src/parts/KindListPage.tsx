import { ListPage, type ListPageProps } from '@keystead/ui/table';
import { Button, Select } from 'antd';
import { useNavigate } from 'react-router';
import { said } from '../shell/sdk.ts';
import { useAddress } from './address.ts';

interface KindListPageProps<Row extends object> extends Omit<ListPageProps<Row>, 'actions' | 'query' | 'error'> {
  /** Of what is listed, in the order they are offered; the one chosen stands in the address as `kind`. */
  kinds: readonly { value: string; label: string }[];
  kindLabel: string;
  /** Where a new one is written; left out for who may only look. */
  write: { label: string; to: string } | undefined;
  fault: unknown;
}

/** A list of texts that come in kinds: one kind at a time if wanted, and a way to write a new one. */
export function KindListPage<Row extends object>(props: KindListPageProps<Row>) {
  const { kinds, kindLabel, write, fault, ...list } = props;
  const go = useNavigate();
  const { get, put } = useAddress();
  return (
    <ListPage<Row>
      {...list}
      {...(fault ? { error: said(fault) } : {})}
      actions={
        write ? (
          <Button type="primary" onClick={() => void go(write.to)}>
            {write.label}
          </Button>
        ) : null
      }
      query={
        <Select
          allowClear
          style={{ width: 160 }}
          placeholder={kindLabel}
          aria-label={kindLabel}
          value={kinds.find(({ value }) => value === get('kind'))?.value}
          onChange={(value?: string) => put({ kind: value })}
          options={[...kinds]}
        />
      }
    />
  );
}
