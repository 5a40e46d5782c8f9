import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Drawer, Flex, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Decision, RecordFile } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { changeColours } from './change-states.ts';
import { useChangeFile, useDecide, useRevealChange } from './queries.ts';

/** One change: what is asked for, masked until somebody says why he has to know, its proofs, and the decision. */
export function ChangeDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const { data, error, isPending } = useChangeFile(id);
  const reveal = useRevealChange(id ?? '');
  const decide = useDecide();
  const [reason, setReason] = useState('');
  const close = () => {
    reveal.reset();
    setReason('');
    onClose();
  };
  const change = data?.change;
  const open = change?.state === 'submitted';
  const settle = (approved: boolean) =>
    change &&
    decide.mutate(
      { change, approved, reason: reason.trim() },
      { onSuccess: close, onError: (cause) => void message.error(said(cause)) },
    );
  const asked = data
    ? [
        ...data.asked.fields.map(({ field, slot, masked }, at) => ({
          key: `f${at}`,
          what: t(`households.fields.${field}`) + (slot ? ` · ${slot}` : ''),
          value: reveal.data?.fields?.[at]?.value ?? masked,
        })),
        ...data.asked.join.map(({ name, relation, from }, at) => ({
          key: `j${at}`,
          what: t('households.joins'),
          value: `${reveal.data?.join?.[at]?.name ?? name} · ${t(`households.relations.${relation}`)} · ${from}`,
        })),
        ...data.asked.leave.map(({ person, until }) => ({
          key: person,
          what: t('households.leaves'),
          value: `${person.slice(0, 8)} · ${until}`,
        })),
      ]
    : [];
  return (
    <Drawer
      open={id !== undefined}
      onClose={close}
      size={680}
      loading={isPending && !error}
      title={change ? `${t(`households.changes.${change.kind}`)} · ${change.householdCode}` : ''}
    >
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {change ? (
        <Flex vertical gap={16}>
          <KeyValue
            facts={[
              {
                key: 'state',
                label: t('households.state'),
                value: <Tag color={changeColours[change.state]}>{t(`households.states.${change.state}`)}</Tag>,
              },
              { key: 'at', label: t('households.submittedAt'), value: dateTime(change.submittedAt) },
              {
                key: 'file',
                label: t('households.name'),
                value: <Link to={`/households/${change.household}`}>{t('households.openFile')}</Link>,
              },
              {
                key: 'case',
                label: t('households.case'),
                value: <Link to={`/cases/${change.caseId}`}>{change.caseCode}</Link>,
              },
              { key: 'note', label: t('households.note'), value: change.note || '—' },
              { key: 'decided', label: t('households.decidedAt'), value: dateTime(change.decidedAt) },
              { key: 'reason', label: t('households.reason'), value: change.reason ?? '—' },
            ]}
          />
          <Table
            size="small"
            pagination={false}
            dataSource={asked}
            rowKey={(row) => row.key}
            columns={[
              { title: t('households.asked'), width: 200, render: (_, row) => row.what },
              { title: t('households.newValue'), render: (_, row) => row.value },
            ]}
          />
          <div>
            <Typography.Text type="secondary">{t('households.evidence')}</Typography.Text>
            <Flex wrap gap={4}>
              {change.evidence.map((record) => (
                <RecordFile key={record} record={record} purpose={change.caseCode} />
              ))}
            </Flex>
          </div>
          {open && (may('household:decide') || may('party:reveal')) ? (
            <>
              {reveal.error ? <Alert type="error" showIcon title={said(reveal.error)} /> : null}
              <Decision
                reason={reason}
                onReason={setReason}
                maxLength={200}
                label={t('households.reason')}
                hint={t('households.decisionHint')}
                answers={
                  may('household:decide') ? { yes: t('households.approve'), no: t('households.refuse') } : undefined
                }
                busy={decide.isPending}
                onDecide={settle}
              >
                {may('party:reveal') ? (
                  <Button
                    disabled={!reason.trim() || reveal.isSuccess}
                    loading={reveal.isPending}
                    onClick={() => reveal.mutate(reason.trim())}
                  >
                    {t('households.reveal')}
                  </Button>
                ) : null}
              </Decision>
            </>
          ) : null}
        </Flex>
      ) : null}
    </Drawer>
  );
}
