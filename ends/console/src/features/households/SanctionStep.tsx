import { useT } from '@keystead/ui/i18n';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { householdsKey, type Sanction } from './queries.ts';

/** What can be done with a decision now: take an appeal down, or answer it. */
export function SanctionStep({ of: { id, version, state, finalAt } }: { of: Sanction }) {
  const t = useT();
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const appealing = state === 'imposed' && finalAt === null && may('eligibility:write');
  const answering = state === 'appealed' && may('eligibility:decide');
  if (!appealing && !answering) return null;
  const title = t(appealing ? 'households.sanctions.appeal' : 'households.sanctions.answer');
  const required = [{ required: true, whitespace: true }];
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {title}
      </Button>
      {open && appealing ? (
        <FormDialog<{ reason: string }>
          title={title}
          stale={[householdsKey]}
          run={(body) => sdk.eligibility.appealSanction({ params: { id }, body }, { ifMatch: version })}
          onClose={close}
        >
          <Form.Item name="reason" label={t('households.sanctions.appealReason')} rules={required}>
            <Input.TextArea maxLength={1000} rows={4} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {open && answering ? (
        <FormDialog<{ upheld: boolean; answer: string }>
          title={title}
          stale={[householdsKey]}
          run={(body) => sdk.eligibility.answerSanction({ params: { id }, body }, { ifMatch: version })}
          onClose={close}
        >
          <Form.Item name="upheld" label={t('households.sanctions.result')} rules={[{ required: true }]}>
            <Radio.Group
              options={[
                { value: true, label: t('households.sanctions.uphold') },
                { value: false, label: t('households.sanctions.lift') },
              ]}
            />
          </Form.Item>
          <Form.Item name="answer" label={t('households.sanctions.answerReason')} rules={required}>
            <Input.TextArea maxLength={1000} rows={4} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
