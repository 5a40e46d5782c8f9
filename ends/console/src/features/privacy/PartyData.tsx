import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Empty, Flex, Input, Modal, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { PartyChoice, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Consent, type Look, type Party, useConsents, useLooks, useParty, useReveal } from './queries.ts';
import { useNamed } from './words.ts';

/** What is held of one person, masked; in plain for a reason. */
function Held({ party }: { party: Party }) {
  const t = useT();
  const named = useNamed();
  const { may } = useSession();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const reveal = useReveal(party.id);
  const plain = new Map(reveal.data?.map(({ field, slot, value }) => [`${field} ${slot}`, value]));
  return (
    <Card
      size="small"
      title={t('privacy.held')}
      extra={
        may('party:reveal') && party.fields.length > 0 ? (
          <Button size="small" onClick={() => (reveal.data ? reveal.reset() : setAsking(true))}>
            {t(reveal.data ? 'privacy.hide' : 'privacy.reveal')}
          </Button>
        ) : null
      }
    >
      <Table
        size="small"
        pagination={false}
        dataSource={party.fields}
        rowKey={({ field, slot }) => `${field} ${slot}`}
        locale={{ emptyText: t('privacy.nothingHeld') }}
        columns={[
          {
            title: t('privacy.field'),
            width: 180,
            render: (_, { field, slot }) => `${t(`privacy.fields.${field}`)}${slot ? ` · ${slot}` : ''}`,
          },
          {
            title: t('privacy.value'),
            render: (_, { field, slot, masked }) => plain.get(`${field} ${slot}`) ?? masked,
          },
          { title: t('privacy.from'), width: 160, render: (_, { source }) => named('privacy.sources', source) },
          { title: t('privacy.at'), width: 170, render: (_, { recordedAt }) => dateTime(recordedAt) },
        ]}
      />
      <Modal
        open={asking}
        title={t('privacy.reveal')}
        onCancel={() => setAsking(false)}
        okButtonProps={{ disabled: !reason.trim(), loading: reveal.isPending }}
        onOk={() =>
          reveal.mutate(
            { fields: [...new Set(party.fields.map(({ field }) => field))], reason: reason.trim() },
            { onSuccess: () => setAsking(false) },
          )
        }
      >
        <Typography.Paragraph type="secondary">{t('privacy.revealNote')}</Typography.Paragraph>
        {reveal.error ? <Alert type="error" showIcon title={said(reveal.error)} style={{ marginBottom: 12 }} /> : null}
        <Input.TextArea
          value={reason}
          maxLength={200}
          aria-label={t('privacy.reason')}
          placeholder={t('privacy.reason')}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </Card>
  );
}

function Looks({ party }: { party: string }) {
  const t = useT();
  const named = useNamed();
  const { data, error, isPending } = useLooks(party);
  if (error) return <Alert type="warning" showIcon title={said(error)} />;
  return (
    <Card size="small" title={t('privacy.whoLooked')}>
      <Table<Look>
        size="small"
        loading={isPending}
        dataSource={data}
        rowKey={(row) => `${row.at} ${row.by} ${row.action}`}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: t('privacy.nobodyLooked') }}
        columns={[
          { title: t('privacy.at'), width: 170, render: (_, row) => dateTime(row.at) },
          { title: t('privacy.who'), width: 160, render: (_, row) => named('privacy.machines', row.by) },
          { title: t('privacy.reason'), render: (_, row) => (row.reason ? named('privacy.reasons', row.reason) : '—') },
          {
            title: t('privacy.field'),
            render: (_, row) => row.fields.map((field) => <Tag key={field}>{t(`privacy.fields.${field}`)}</Tag>),
          },
        ]}
      />
    </Card>
  );
}

function Consents({ party }: { party: string }) {
  const t = useT();
  const { data, isPending } = useConsents(party);
  return (
    <Card size="small" title={t('privacy.consents')}>
      <Table<Consent>
        size="small"
        loading={isPending}
        dataSource={data}
        rowKey={(row) => row.id}
        pagination={false}
        locale={{ emptyText: t('privacy.noConsent') }}
        columns={[
          { title: t('privacy.purpose'), render: (_, row) => t(`privacy.consentTo.${row.purpose}`) },
          { title: t('privacy.wording'), width: 120, render: (_, row) => row.wording },
          { title: t('privacy.givenAt'), width: 170, render: (_, row) => dateTime(row.givenAt) },
          {
            title: t('privacy.withdrawnAt'),
            width: 190,
            render: (_, row) =>
              row.withdrawnAt ? <Tag color="warning">{dateTime(row.withdrawnAt)}</Tag> : t('privacy.stands'),
          },
        ]}
      />
    </Card>
  );
}

/** One person or household: what is held, what was agreed to, and who looked. */
export function PartyData() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const id = get('party');
  const { data, error } = useParty(id);
  return (
    <Flex vertical gap={16}>
      <div style={{ width: 320 }}>
        <PartyChoice kind="person" {...(id ? { value: id } : {})} onChange={(party) => put({ party })} />
      </div>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {id && data ? (
        <>
          <Held key={id} party={data} />
          <Consents party={id} />
          {may('party:privacy') ? <Looks party={id} /> : null}
        </>
      ) : error ? null : (
        <Empty description={t('privacy.chooseParty')} />
      )}
    </Flex>
  );
}
