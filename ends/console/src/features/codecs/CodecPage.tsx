import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Flex, Popconfirm, Spin, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { CodecEditor } from './CodecEditor.tsx';
import { type CodecFile, useCodec, useRemove, useVersion } from './queries.ts';
import { VersionTable } from './VersionTable.tsx';

/** One script: its text beside its sample frames, and below all versions there were. */
export default function CodecPage() {
  const { id } = useParams();
  const known = id === 'new' ? undefined : id;
  const file = useCodec(known);
  const [chosen, setChosen] = useState<number>();
  const number = chosen ?? file.data?.latest;
  const version = useVersion(known, number);
  const problem = file.error ?? version.error;
  if (problem) return <Alert type="error" showIcon title={said(problem)} />;
  if (known === undefined) return <CodecEditor key="new" codec={undefined} version={undefined} onWritten={() => {}} />;
  if (!file.data || !version.data) return <Spin />;
  return (
    <Flex vertical gap={16}>
      <Head codec={file.data} />
      <CodecEditor
        key={`${known} ${version.data.number}`}
        codec={file.data}
        version={version.data}
        onWritten={() => setChosen(undefined)}
      />
      <VersionTable codec={file.data} open={version.data.number} onOpen={setChosen} />
    </Flex>
  );
}

function Head({ codec }: { codec: CodecFile }) {
  const t = useT();
  const go = useNavigate();
  const { message } = App.useApp();
  const { may } = useSession();
  const remove = useRemove();
  return (
    <Flex justify="space-between" align="center" wrap gap={8}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        <code>{codec.name}</code>{' '}
        {codec.published === null ? (
          <Tag>{t('codecs.none')}</Tag>
        ) : (
          <Tag color="success">{t('codecs.inForceNow', { number: codec.published })}</Tag>
        )}
      </Typography.Title>
      <Flex gap={8} align="center">
        {codec.users.length > 0 ? (
          <Typography.Text type="secondary">{t('codecs.usedBy', { users: codec.users.join('，') })}</Typography.Text>
        ) : null}
        {may('codec:publish') ? (
          <Popconfirm
            title={t('codecs.removeSure', { name: codec.name })}
            onConfirm={() =>
              remove.mutate(codec.id, {
                onSuccess: () => void go('/codecs'),
                onError: (cause) => void message.error(said(cause)),
              })
            }
          >
            <Button danger disabled={codec.users.length > 0}>
              {t('codecs.remove')}
            </Button>
          </Popconfirm>
        ) : null}
      </Flex>
    </Flex>
  );
}
