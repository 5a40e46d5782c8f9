import { useT } from '@keystead/ui/i18n';
import { Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import type { Lease } from './queries.ts';

type Asked = { step: string } | 'sign' | 'file' | 'renew';
interface Filled {
  reason?: string;
  number?: string;
  endsOn?: string;
  consent?: string;
}
type Step = 'submit' | 'withdraw' | 'end' | 'void' | 'archive';

const turns: Readonly<Record<string, 'tenant' | 'lessor'>> = { 'pending-tenant': 'tenant', 'pending-lessor': 'lessor' };
const renewable: readonly string[] = ['effective', 'expiring', 'holdover'];

/** What can be done with a lease as it stands. */
export function LeaseActions({ lease }: { lease: Lease }) {
  const t = useT();
  const { may } = useSession();
  const [asked, setAsked] = useState<Asked>();
  const params = { id: lease.id };
  const role = turns[lease.state];

  function run({ reason = '', number = '', endsOn = '', consent = '' }: Filled): Promise<unknown> {
    if (asked === 'file') return sdk.leases.file({ params, body: { number } });
    if (asked === 'renew') return sdk.leases.follow({ params, body: { kind: 'renewal', endsOn } });
    if (asked === 'sign' && role) {
      const party = lease.parties.find((each) => each.role === role)?.party ?? '';
      return sdk.leases.sign({
        params,
        body: { role, party, digest: lease.digest, identityCheck: 'counter', consent },
      });
    }
    const step = typeof asked === 'object' ? (asked.step as Step) : 'submit';
    return sdk.leases.step({ params, body: { step, reason } });
  }

  const required = [{ required: true, whitespace: true }];
  const title = typeof asked === 'object' ? t(`rent.steps.${asked.step}`) : t(`rent.asks.${asked ?? 'sign'}`);
  return (
    <Space wrap>
      {may('lease:sign') && role ? (
        <Button type="primary" onClick={() => setAsked('sign')}>
          {t('rent.asks.sign')} · {t(role === 'tenant' ? 'rent.tenant' : 'rent.lessor')}
        </Button>
      ) : null}
      {may('lease:write') ? (
        <>
          {lease.steps.map((step) => (
            <Button key={step} danger={step === 'void' || step === 'end'} onClick={() => setAsked({ step })}>
              {t(`rent.steps.${step}`)}
            </Button>
          ))}
          {renewable.includes(lease.state) ? (
            <Button onClick={() => setAsked('renew')}>{t('rent.asks.renew')}</Button>
          ) : null}
          {lease.lease.signedOn && !lease.lease.filedOn ? (
            <Button onClick={() => setAsked('file')}>{t('rent.asks.file')}</Button>
          ) : null}
        </>
      ) : null}
      {asked ? (
        <FormDialog<Filled>
          title={title}
          initial={{ consent: t('rent.consentText') }}
          run={run}
          onClose={() => setAsked(undefined)}
        >
          {asked === 'file' ? (
            <Form.Item name="number" label={t('rent.filingNumber')} rules={required}>
              <Input maxLength={60} />
            </Form.Item>
          ) : asked === 'renew' ? (
            <Form.Item name="endsOn" label={t('rent.until')} rules={required}>
              <Input placeholder="2028-05-31" />
            </Form.Item>
          ) : asked === 'sign' ? (
            <Form.Item name="consent" label={t('rent.consent')} rules={required}>
              <Input.TextArea maxLength={500} />
            </Form.Item>
          ) : (
            <Form.Item name="reason" label={t('rent.reason')}>
              <Input.TextArea maxLength={500} />
            </Form.Item>
          )}
        </FormDialog>
      ) : null}
    </Space>
  );
}
