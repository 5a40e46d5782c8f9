import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Input, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type ChangeRow, useChanges, useDecide } from './queries.ts';

const colours: Record<ChangeRow['state'], string> = {
  submitted: 'processing',
  approved: 'success',
  refused: 'error',
  withdrawn: 'default',
};

/** What the household asked to have changed; approved or refused with a reason. */
export function ChangeTable({ household }: { household: string }) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const { data, isPending, error } = useChanges(household);
  const [asked, setAsked] = useState<{ id: string; approved: boolean }>();
  const [reason, setReason] = useState('');
  const decide = useDecide();
  const close = () => {
    setAsked(undefined);
    setReason('');
  };
  return (
    <>
      <Table<ChangeRow>
        size="small"
        rowKey={(row) => row.id}
        dataSource={data?.items}
        loading={isPending && !error}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('households.change'), render: (_, row) => t(`households.changes.${row.kind}`) },
          { title: t('households.submittedAt'), width: 170, render: (_, row) => dateTime(row.submittedAt) },
          {
            title: t('households.case'),
            width: 170,
            render: (_, row) => <Link to={`/cases/${row.caseId}`}>{row.caseCode}</Link>,
          },
          {
            title: t('households.state'),
            width: 110,
            render: (_, row) => <Tag color={colours[row.state]}>{t(`households.states.${row.state}`)}</Tag>,
          },
          { title: t('households.reason'), render: (_, row) => row.reason ?? '—' },
          {
            title: '',
            width: 170,
            render: (_, row) =>
              row.state === 'submitted' && may('household:decide') ? (
                <Flex gap={8}>
                  <Button size="small" type="primary" onClick={() => setAsked({ id: row.id, approved: true })}>
                    {t('households.approve')}
                  </Button>
                  <Button size="small" danger onClick={() => setAsked({ id: row.id, approved: false })}>
                    {t('households.refuse')}
                  </Button>
                </Flex>
              ) : null,
          },
        ]}
      />
      <Modal
        open={asked !== undefined}
        title={t(asked?.approved ? 'households.approve' : 'households.refuse')}
        onCancel={close}
        okButtonProps={{ disabled: reason.trim() === '', loading: decide.isPending }}
        onOk={() =>
          asked &&
          decide.mutate(
            { ...asked, reason: reason.trim() },
            { onSuccess: close, onError: (cause) => void message.error(said(cause)) },
          )
        }
      >
        <Input.TextArea
          value={reason}
          maxLength={500}
          aria-label={t('households.reason')}
          placeholder={t('households.reason')}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  );
}
