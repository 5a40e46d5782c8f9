import { useT } from '@keystead/ui/i18n';
import { Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog, SiteTimeField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { HandoverDialog } from './HandoverDialog.tsx';
import { all, type File } from './queries.ts';

const running: readonly string[] = ['effective', 'expiring', 'holdover'];

/** The next step of a way into a house, and ending it before check-in. */
export function MoveInActions({ file: { process, lease } }: { file: File }) {
  const t = useT();
  const { may } = useSession();
  const go = useNavigate();
  const [asked, setAsked] = useState<'contract' | 'handover' | 'cancel'>();
  const params = { id: process.id };
  const onClose = () => setAsked(undefined);
  const open = process.state === 'allocated' || process.state === 'contract';
  return (
    <Space wrap>
      {open && may('allocation:write') ? (
        <Button danger onClick={() => setAsked('cancel')}>
          {t('movein.cancel')}
        </Button>
      ) : null}
      {process.state === 'allocated' && may('lease:write') ? (
        <Button type="primary" onClick={() => setAsked('contract')}>
          {t('movein.draft')}
        </Button>
      ) : null}
      {process.state === 'contract' && lease?.state.startsWith('pending') && may('lease:read') ? (
        <Button type="primary" onClick={() => void go(`/leases/${lease.id}`)}>
          {t('movein.sign')}
        </Button>
      ) : null}
      {process.state === 'contract' && lease && running.includes(lease.state) && may('allocation:write') ? (
        <Button type="primary" onClick={() => setAsked('handover')}>
          {t('movein.handOver')}
        </Button>
      ) : null}
      {asked === 'contract' ? (
        <FormDialog<{ startsOn?: string }>
          title={t('movein.draft')}
          stale={[all]}
          run={({ startsOn }) =>
            sdk.moveIns.contract({ params, body: startsOn ? { startsOn } : {} }, { ifMatch: process.version })
          }
          onClose={onClose}
        >
          <Form.Item name="startsOn" label={t('movein.startsOn')} extra={t('movein.startsOnHint')}>
            <SiteTimeField day />
          </Form.Item>
        </FormDialog>
      ) : null}
      {asked === 'handover' ? <HandoverDialog process={process.id} onClose={onClose} /> : null}
      {asked === 'cancel' ? (
        <FormDialog<{ reason: string }>
          title={t('movein.cancel')}
          stale={[all]}
          run={(body) => sdk.moveIns.cancel({ params, body })}
          onClose={onClose}
        >
          <Form.Item name="reason" label={t('movein.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Space>
  );
}
