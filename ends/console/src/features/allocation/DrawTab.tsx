import { DownloadOutlined } from '@ant-design/icons';
import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useDownload } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import type { PlanFile } from './queries.ts';

const Hash = ({ text }: { text: string | null | undefined }) =>
  text ? (
    <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
      {text}
    </Typography.Text>
  ) : null;

/** What is published, as a file of bytes: whoever verifies it reads plain JSON. */
async function publishedFile(id: string): Promise<Blob> {
  const published: unknown = await sdk.allocation.published({ params: { id } });
  return new Blob([`${JSON.stringify(published, null, 1)}\n`], { type: 'application/json' });
}

/** What is published of the draw, before and after it, and how anybody runs it again. */
export function DrawTab({ file: { plan, drawn, faults } }: { file: PlanFile }) {
  const t = useT();
  const { busy, download } = useDownload();
  const name = `draw-${plan.code}.json`;
  if (!plan.listHash) return <Alert type="info" showIcon title={t('allocation.notCommitted')} />;
  return (
    <Flex vertical gap={16}>
      {faults ? (
        <Alert
          type={faults.length === 0 ? 'success' : 'error'}
          showIcon
          title={
            faults.length === 0
              ? t('allocation.holds')
              : `${t('allocation.broken')} ${faults.map((fault) => t(`allocation.faults.${fault}`)).join('、')}`
          }
        />
      ) : (
        <Alert type="info" showIcon title={t('allocation.committedHint')} />
      )}
      <Card size="small" title={t('allocation.before')}>
        <KeyValue
          columns={1}
          facts={[
            { key: 'list', label: t('allocation.listHash'), value: <Hash text={plan.listHash} /> },
            { key: 'seed', label: t('allocation.seedHash'), value: <Hash text={plan.seedHash} /> },
            { key: 'at', label: t('allocation.at'), value: dateTime(plan.committedAt) },
          ]}
        />
      </Card>
      {drawn ? (
        <Card size="small" title={t('allocation.after')}>
          <KeyValue
            columns={1}
            facts={[
              { key: 'seed', label: t('allocation.seed'), value: <Hash text={drawn.seed} /> },
              { key: 'witness', label: t('allocation.witness'), value: drawn.witness },
              { key: 'at', label: t('allocation.at'), value: dateTime(plan.drawnAt) },
            ]}
          />
        </Card>
      ) : null}
      <Card size="small" title={t('allocation.verify')}>
        <Flex vertical gap={8} align="start">
          <Typography.Text>{t(drawn ? 'allocation.verifyHint' : 'allocation.keepHint')}</Typography.Text>
          <Button
            icon={<DownloadOutlined />}
            loading={busy}
            onClick={() => void download(name, () => publishedFile(plan.id))}
          >
            {t('allocation.published')}
          </Button>
          {drawn ? <Typography.Text code copyable>{`npm run lottery:verify -- ${name}`}</Typography.Text> : null}
        </Flex>
      </Card>
    </Flex>
  );
}
