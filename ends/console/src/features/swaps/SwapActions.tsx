import { useT } from '@keystead/ui/i18n';
import { Button, Form, Input, Select, Space, Typography } from 'antd';
import { useState } from 'react';
import { FormDialog, SiteTimeField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { all, type Swap, useFreeHouses } from './queries.ts';
import { ReadingsDialog } from './ReadingsDialog.tsx';

interface Approval {
  changeOn: string;
  house?: string;
  note?: string;
}

/** With house and day; of two who change with one another only the day is asked. */
function ApproveDialog({ swap, onClose }: { swap: Swap; onClose(): void }) {
  const t = useT();
  const [text, setText] = useState('');
  const free = useFreeHouses(text);
  const needed = [{ required: true, message: t('swaps.needed') }];
  const wished = swap.wish.house;
  return (
    <FormDialog<Approval>
      title={t('swaps.do.approve')}
      {...(wished ? { initial: { house: wished } } : {})}
      stale={[all]}
      run={({ changeOn, house, note }) =>
        sdk.swaps.approve(
          { params: { id: swap.id }, body: { changeOn, ...(house ? { house } : {}), ...(note ? { note } : {}) } },
          { ifMatch: swap.version },
        )
      }
      onClose={onClose}
    >
      <Typography.Paragraph>{t('swaps.hints.approve')}</Typography.Paragraph>
      {swap.kind === 'free' ? (
        <Form.Item name="house" label={t('swaps.to')} rules={needed}>
          <Select
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={free.isFetching}
            notFoundContent={t('swaps.noHouse')}
            options={free.data?.items.map((each) => ({ value: each.id, label: `${each.name} · ${each.code}` })) ?? []}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="changeOn" label={t('swaps.changeOn')} extra={t('swaps.hints.day')} rules={needed}>
        <SiteTimeField day />
      </Form.Item>
      <Form.Item name="note" label={t('swaps.note')}>
        <Input.TextArea maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

/** What the office may do from where a change of houses stands. */
export function SwapActions({ swap, steps }: { swap: Swap; steps: readonly string[] }) {
  const t = useT();
  const { may } = useSession();
  const [asked, setAsked] = useState<'approve' | 'refuse' | 'cancel' | 'read'>();
  const onClose = () => setAsked(undefined);
  if (!may('allocation:write')) return null;
  const input = { params: { id: swap.id } };
  const held = { ifMatch: swap.version };
  const reads = (swap.state === 'scheduled' || swap.state === 'changing') && !swap.worked.includes('bills');
  return (
    <Space wrap>
      {steps.includes('cancel') ? (
        <Button danger onClick={() => setAsked('cancel')}>
          {t('swaps.do.cancel')}
        </Button>
      ) : null}
      {steps.includes('refuse') ? <Button onClick={() => setAsked('refuse')}>{t('swaps.do.refuse')}</Button> : null}
      {steps.includes('approve') && may('lease:write') ? (
        <Button type="primary" onClick={() => setAsked('approve')}>
          {t('swaps.do.approve')}
        </Button>
      ) : null}
      {reads ? (
        <Button type="primary" onClick={() => setAsked('read')}>
          {t('swaps.do.read')}
        </Button>
      ) : null}
      {asked === 'approve' ? <ApproveDialog swap={swap} onClose={onClose} /> : null}
      {asked === 'read' ? <ReadingsDialog swap={swap} onClose={onClose} /> : null}
      {asked === 'refuse' || asked === 'cancel' ? (
        <FormDialog<{ reason: string }>
          title={t(`swaps.do.${asked}`)}
          stale={[all]}
          run={(body) => sdk.swaps[asked]({ ...input, body }, held)}
          onClose={onClose}
        >
          <Typography.Paragraph>{t(`swaps.hints.${asked}`)}</Typography.Paragraph>
          <Form.Item name="reason" label={t('swaps.why')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Space>
  );
}
