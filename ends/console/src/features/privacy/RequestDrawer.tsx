import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Drawer, Flex, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Decision, NameText } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useDecide, useRequest } from './queries.ts';

/** One request: what is asked, by when, what a correction would change, and the answer. */
export function RequestDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const { data, error, isPending } = useRequest(id);
  const decide = useDecide();
  const [answer, setAnswer] = useState('');
  const close = () => {
    setAnswer('');
    onClose();
  };
  const settle = (granted: boolean) => {
    if (!data) return;
    const go = () =>
      decide.mutate(
        { request: data, granted, answer: answer.trim() },
        { onSuccess: close, onError: (cause) => void message.error(said(cause)) },
      );
    // What is deleted stays deleted.
    if (granted && data.kind === 'delete')
      modal.confirm({ title: t('privacy.deleteAsk'), content: t('privacy.deleteNote'), onOk: go });
    else go();
  };
  return (
    <Drawer
      open={id !== undefined}
      onClose={close}
      size={640}
      loading={isPending && !error}
      title={data ? `${t(`privacy.kinds.${data.kind}`)} · ${data.caseCode}` : ''}
    >
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {data ? (
        <Flex vertical gap={16}>
          <KeyValue
            facts={[
              {
                key: 'person',
                label: t('privacy.person'),
                value: <NameText party={data.party} name={data.partyName} />,
              },
              { key: 'state', label: t('privacy.state'), value: t(`privacy.states.${data.state}`) },
              { key: 'asked', label: t('privacy.askedAt'), value: dateTime(data.askedAt) },
              { key: 'due', label: t('privacy.dueAt'), value: dateTime(data.dueAt) },
              {
                key: 'case',
                label: t('privacy.case'),
                value: <Link to={`/cases/${data.caseId}`}>{data.caseCode}</Link>,
              },
              {
                key: 'data',
                label: t('privacy.held'),
                value: <Link to={`/privacy?tab=party&party=${data.party}`}>{t('privacy.openHeld')}</Link>,
              },
              { key: 'note', label: t('privacy.note'), value: data.note },
              { key: 'decided', label: t('privacy.decidedAt'), value: dateTime(data.decidedAt) },
              { key: 'answer', label: t('privacy.answer'), value: data.answer },
              {
                key: 'outcome',
                label: t('privacy.outcome'),
                value: data.outcome ? t(`privacy.outcomes.${data.outcome}`) : null,
              },
              { key: 'kept', label: t('privacy.keptUntil'), value: dateTime(data.keptUntil) },
            ]}
          />
          {data.asked.length > 0 ? (
            <Table
              size="small"
              pagination={false}
              dataSource={data.asked}
              rowKey={({ field, slot }) => `${field} ${slot}`}
              columns={[
                { title: t('privacy.field'), width: 160, render: (_, row) => t(`privacy.fields.${row.field}`) },
                { title: t('privacy.newValue'), render: (_, row) => row.masked },
              ]}
            />
          ) : null}
          {data.state === 'open' && may('privacy:handle') ? (
            <>
              {data.kind === 'see' ? <Alert type="info" showIcon title={t('privacy.seeNote')} /> : null}
              <Decision
                reason={answer}
                onReason={setAnswer}
                maxLength={1000}
                label={t('privacy.answer')}
                hint={t('privacy.answerHint')}
                answers={{ yes: t('privacy.grant'), no: t('privacy.refuse') }}
                busy={decide.isPending}
                onDecide={settle}
              />
            </>
          ) : null}
        </Flex>
      ) : null}
    </Drawer>
  );
}
