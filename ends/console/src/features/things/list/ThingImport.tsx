import { DownloadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { ImportDialog, saveFile } from '@keystead/ui/sheet';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';

const examples = {
  code: 'SD-0001',
  name: '1 号楼 301 烟感',
  family: 'smoke-detector',
  place: 'HX/B1/1U/0301',
  gateway: '',
  state: 'in-use',
  maker: '',
  serial: '',
  specification: '',
  productionDate: '2026-01-31',
  warrantyUntil: '2029-01-31',
  contractNo: '',
  bearer: 'nb-iot',
  protocol: 'mqtt',
  labels: '',
} as const;

const names = Object.keys(examples) as (keyof typeof examples)[];

interface Issued {
  code: string;
  token: string | null;
}

/** Tokens of an import as a sheet, kept by the person and by nobody else. */
function Tokens({ things }: { things: readonly Issued[] }) {
  const t = useT();
  const issued = things.filter((thing) => thing.token !== null);
  if (issued.length === 0) return null;
  const sheet = () => ['code,token', ...issued.map((thing) => `${thing.code},${thing.token}`)].join('\r\n');
  return (
    <Alert
      type="warning"
      showIcon
      title={t('things.tokensOnce', { count: issued.length })}
      action={
        <Button icon={<DownloadOutlined />} onClick={() => saveFile(sheet(), t('things.tokensName'))}>
          {t('things.tokensKeep')}
        </Button>
      }
    />
  );
}

/** Many things from a sheet: checked as a whole, registered all or none. */
export function ThingImport({ onClose }: { onClose(): void }) {
  const t = useT();
  const client = useQueryClient();
  const { may } = useSession();
  const [tokens, setTokens] = useState(false);
  return (
    <ImportDialog
      title={t('things.importTitle')}
      unit={t('things.unit')}
      templateName={t('things.templateName')}
      errorSheetName={t('things.errorSheetName')}
      columns={names.map((name) => ({
        name,
        meaning: t(`things.column.${name}`),
        required: name === 'code' || name === 'name' || name === 'family',
        example: examples[name],
      }))}
      options={
        may('thing:credential') ? (
          <Checkbox checked={tokens} onChange={(event) => setTokens(event.target.checked)}>
            {t('things.withTokens')}
          </Checkbox>
        ) : null
      }
      check={(file) => sdk.things.importSheet({ query: { dryRun: true, tokens }, body: file })}
      commit={async (file) => {
        const done = await sdk.things.importSheet({ query: { dryRun: false, tokens }, body: file });
        await client.invalidateQueries({ queryKey: ['things'] });
        return done;
      }}
      undo={async () => {
        await sdk.things.undoImport({});
        await client.invalidateQueries({ queryKey: ['things'] });
      }}
      result={(done) => <Tokens things={done.things} />}
      said={said}
      onClose={onClose}
    />
  );
}
