import {
  AudioOutlined,
  DownloadOutlined,
  FileOutlined,
  PictureOutlined,
  UploadOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Input, Typography, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { RecordPhoto, useDownload } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { addEvidence, openEvidence } from './evidence-file.ts';
import { type CaseFile, useChange } from './queries.ts';

const icons: Record<string, ReactNode> = {
  photo: <PictureOutlined />,
  video: <VideoCameraOutlined />,
  audio: <AudioOutlined />,
};

/** Photos and files from the site. */
export function Evidence({ file }: { file: CaseFile }) {
  const t = useT();
  const { may } = useSession();
  const [note, setNote] = useState('');
  const { busy, download } = useDownload();
  const add = useChange((chosen: File) => addEvidence(file, chosen, note.trim() || undefined));
  const mayAdd = may('case:write') && may('record:write') && !file.endedAt;

  return (
    <Flex vertical gap={12}>
      {add.error ? <Alert type="error" title={said(add.error)} /> : null}
      {file.evidence.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noEvidence')} />
      ) : null}
      {file.evidence.map((piece) => (
        <Flex key={piece.id} gap={12} align="center" wrap>
          {piece.kind === 'photo' && may('record:read') ? (
            <RecordPhoto record={piece.record} purpose={file.code} alt={piece.note ?? t('cases.photo')} />
          ) : (
            (icons[piece.kind] ?? <FileOutlined />)
          )}
          <Flex vertical style={{ flex: 1, minWidth: 200 }}>
            <Typography.Text>{piece.note ?? t(`cases.evidenceKind.${piece.kind}`)}</Typography.Text>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {t('cases.evidenceFacts', {
                name: piece.actorName,
                at: dateTime(piece.at),
                taken: dateTime(piece.takenAt),
              })}
            </Typography.Text>
            {piece.sha256 ? (
              <Typography.Text type="secondary" style={{ fontSize: 12 }} copyable={{ text: piece.sha256 }}>
                {t('cases.fingerprint', { hash: piece.sha256.slice(0, 16) })}
              </Typography.Text>
            ) : null}
          </Flex>
          {may('record:read') ? (
            <Button
              size="small"
              icon={<DownloadOutlined />}
              loading={busy}
              onClick={() =>
                void download(`${file.code}-${piece.id.slice(0, 8)}`, () => openEvidence(file, piece.record))
              }
            >
              {t('cases.download')}
            </Button>
          ) : null}
        </Flex>
      ))}
      {mayAdd ? (
        <Flex gap={8} wrap>
          <Input
            value={note}
            maxLength={400}
            style={{ width: 260 }}
            placeholder={t('cases.evidenceNote')}
            aria-label={t('cases.evidenceNote')}
            onChange={(event) => setNote(event.target.value)}
          />
          <Upload
            showUploadList={false}
            disabled={add.isPending}
            beforeUpload={(chosen) => {
              add.mutate(chosen, { onSuccess: () => setNote('') });
              return Upload.LIST_IGNORE;
            }}
          >
            <Button icon={<UploadOutlined />} loading={add.isPending}>
              {t('cases.upload')}
            </Button>
          </Upload>
        </Flex>
      ) : null}
    </Flex>
  );
}
