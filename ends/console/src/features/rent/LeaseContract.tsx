import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Skeleton, Tag, Typography } from 'antd';
import { useDownload } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { type Lease, useContract, useContractProof } from './queries.ts';

const checks = ['sameFile', 'sameCertificate', 'evidence', 'signatures'] as const;

/** What the stored file says of itself, looked at just now. */
function Proof({ id }: { id: string }) {
  const t = useT();
  const { data, error } = useContractProof(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const mark = (holds: boolean) => (
    <Tag color={holds ? 'success' : 'error'}>{t(holds ? 'rent.intact' : 'rent.broken')}</Tag>
  );
  return (
    <KeyValue
      columns={3}
      facts={[
        { key: 'seal', label: t('rent.contract.seal'), value: mark(data.seal === 'intact') },
        ...checks.map((key) => ({ key, label: t(`rent.contract.${key}`), value: mark(data[key]) })),
      ]}
    />
  );
}

/** The sealed contract of a lease: to be had, and to be checked. */
export function LeaseContract({ lease }: { lease: Lease }) {
  const t = useT();
  const { id, code } = lease;
  const { data: contract } = useContract(id);
  const { busy, download } = useDownload();
  const params = { id };
  if (!contract)
    return (
      <Flex vertical gap={12} align="start">
        <Typography.Text type="secondary">{t('rent.contract.none')}</Typography.Text>
        <Button
          loading={busy}
          onClick={() => void download(`${code}-draft.pdf`, () => sdk.contracts.preview({ params }))}
        >
          {t('rent.contract.preview')}
        </Button>
      </Flex>
    );
  return (
    <Flex vertical gap={16}>
      <Flex gap={8} wrap>
        <Button
          type="primary"
          loading={busy}
          onClick={() => void download(`${code}.pdf`, () => sdk.contracts.file({ params }))}
        >
          {t('rent.contract.download')}
        </Button>
        <Button
          loading={busy}
          onClick={() => void download(`${code}-evidence.json`, () => sdk.contracts.evidence({ params }))}
        >
          {t('rent.contract.downloadEvidence')}
        </Button>
      </Flex>
      <KeyValue
        columns={2}
        facts={[
          { key: 'at', label: t('rent.contract.sealedAt'), value: dateTime(contract.at) },
          {
            key: 'template',
            label: t('rent.contract.template'),
            value: `${t(`rent.leaseKinds.${contract.templateKind}`)} ${contract.templateNumber}`,
          },
          { key: 'sha256', label: 'SHA-256', value: <Typography.Text code>{contract.sha256}</Typography.Text> },
          {
            key: 'certificate',
            label: t('rent.contract.certificate'),
            value: <Typography.Text code>{contract.certificate}</Typography.Text>,
          },
        ]}
      />
      <Proof id={id} />
    </Flex>
  );
}
