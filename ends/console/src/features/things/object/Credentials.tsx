import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Flex, Modal, Popconfirm, Table, Tag } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../../shell/sdk.ts';
import { useChange, useOf } from '../queries.ts';
import { type Secret, SecretOnce } from '../SecretOnce.tsx';
import { CertificateForm } from './CertificateForm.tsx';
import type { ThingTabProps } from './tab-props.ts';

type Wish = Parameters<typeof sdk.things.issueCredential>[0]['body'];

/** What a thing is known by. Secrets are seen once, when they are made; later only their last letters. */
export function Credentials({ thing, model }: ThingTabProps) {
  const t = useT();
  const { message } = App.useApp();
  const [shown, setShown] = useState<Secret>();
  const [certifying, setCertifying] = useState(false);
  const list = useOf(thing.id, 'credentials', () => sdk.things.credentials({ params: { id: thing.id } }));
  const issue = useChange((body: Wish) => sdk.things.issueCredential({ params: { id: thing.id }, body }));
  const revoke = useChange((credential: string) =>
    sdk.things.revokeCredential({ params: { id: thing.id, credential } }),
  );
  const tell = (cause: unknown) => void message.error(said(cause));
  const make = (wish: Wish) => issue.mutate(wish, { onSuccess: setShown, onError: tell });
  if (list.error) return <Alert type="error" showIcon title={said(list.error)} />;
  const policy = model?.authentication;
  const live = list.data?.some((row) => row.revokedAt === null) ?? false;
  return (
    <Flex vertical gap={8}>
      {policy ? <Alert type="info" title={t(`things.identity.${policy}`)} /> : null}
      <Flex gap={8} wrap>
        {policy === 'secret' ? (
          <>
            <Button loading={issue.isPending} onClick={() => make({ kind: 'token' })}>
              {t('things.issueToken')}
            </Button>
            <Button loading={issue.isPending} onClick={() => make({ kind: 'secret' })}>
              {t('things.issueSecret')}
            </Button>
            {live ? (
              <Popconfirm title={t('things.rotateSure')} onConfirm={() => make({ kind: 'token', rotate: true })}>
                <Button>{t('things.rotate')}</Button>
              </Popconfirm>
            ) : null}
          </>
        ) : null}
        {policy === undefined || policy === 'gateway' ? null : (
          <Button onClick={() => setCertifying(true)}>{t('things.addCertificate')}</Button>
        )}
      </Flex>
      <Table
        size="middle"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('things.noCredentials') }}
        columns={[
          { title: t('things.credentialKind'), render: (_, row) => t(`things.credential.${row.kind}`) },
          { title: t('things.username'), render: (_, row) => row.username ?? '—' },
          { title: t('things.ending'), render: (_, row) => `…${row.hint}` },
          { title: t('things.issuedAt'), render: (_, row) => dateTime(row.issuedAt) },
          { title: t('things.by'), dataIndex: 'issuedBy' },
          {
            title: t('things.stateLabel'),
            render: (_, row) =>
              row.revokedAt ? (
                <Tag>{t('things.revokedAt', { at: dateTime(row.revokedAt) })}</Tag>
              ) : (
                <Popconfirm title={t('things.revokeSure')} onConfirm={() => revoke.mutateAsync(row.id).catch(tell)}>
                  <Button size="small" danger type="text">
                    {t('things.revoke')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      <Modal
        open={shown !== undefined}
        title={t('things.credentialMade')}
        footer={<Button onClick={() => setShown(undefined)}>{t('things.keptIt')}</Button>}
        onCancel={() => setShown(undefined)}
        mask={{ closable: false }}
      >
        {shown ? <SecretOnce secret={shown} /> : null}
      </Modal>
      {certifying ? (
        <CertificateForm
          onClose={() => setCertifying(false)}
          onSave={(fingerprint) => {
            make({ kind: 'certificate', fingerprint });
            setCertifying(false);
          }}
        />
      ) : null}
    </Flex>
  );
}
