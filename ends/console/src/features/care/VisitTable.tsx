import { useT } from '@keystead/ui/i18n';
import { App, Button, Input, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CarePerson, useVisited, useVisits, type Visit, type VisitState } from './queries.ts';

/** Visits of one state; a visit is logged with what was found. */
export function VisitTable({ state, people }: { state: VisitState; people: readonly CarePerson[] }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { data, isPending } = useVisits(state);
  const visited = useVisited();
  const [logging, setLogging] = useState<Visit>();
  const [note, setNote] = useState('');
  const nameOf = (person: string): string => people.find((each) => each.person === person)?.name ?? '—';
  const done = () => {
    setLogging(undefined);
    setNote('');
  };
  return (
    <>
      <Table<Visit>
        size="small"
        rowKey={(row) => row.id}
        loading={isPending}
        dataSource={data ?? []}
        locale={{ emptyText: t('care.noVisits') }}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t('care.code'), render: (_, row) => row.code },
          { title: t('care.person'), render: (_, row) => nameOf(row.person) },
          { title: t('care.worker'), render: (_, row) => row.worker },
          {
            title: t('care.dueOn'),
            render: (_, row) => (
              <>
                {row.dueOn}{' '}
                {row.overdueAt && row.state === 'due' ? <Tag color="error">{t('care.states.overdue')}</Tag> : null}
              </>
            ),
          },
          {
            title: '',
            render: (_, row) =>
              row.state === 'due' && may('care:write') ? (
                <Button size="small" onClick={() => setLogging(row)}>
                  {t('care.log')}
                </Button>
              ) : null,
          },
        ]}
      />
      <Modal
        open={logging !== undefined}
        title={t('care.log')}
        okText={t('care.log')}
        confirmLoading={visited.isPending}
        onCancel={done}
        onOk={() => {
          if (logging)
            visited.mutate(
              { id: logging.id, note },
              { onSuccess: done, onError: (cause) => void message.error(said(cause)) },
            );
        }}
      >
        <Input.TextArea
          rows={4}
          maxLength={2000}
          value={note}
          aria-label={t('care.note')}
          placeholder={t('care.note')}
          onChange={(event) => setNote(event.target.value)}
        />
      </Modal>
    </>
  );
}
