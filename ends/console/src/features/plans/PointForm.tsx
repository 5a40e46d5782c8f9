import { CameraOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Flex, Input, InputNumber, Upload } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { type Round, useRead } from './queries.ts';

type Point = Round['definition']['points'][number];

/** Where the phone is; nothing when it does not say within five seconds. */
const position = (): Promise<{ longitude: number; latitude: number } | undefined> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) resolve(undefined);
    else
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ longitude: coords.longitude, latitude: coords.latitude }),
        () => resolve(undefined),
        { timeout: 5000, enableHighAccuracy: true },
      );
  });

/** Photos may show people and homes: kept as personal data, five years. */
async function keepPhoto(round: string, photo: File): Promise<string> {
  const query = {
    name: photo.name,
    mediaType: photo.type || 'image/jpeg',
    subject: `round:${round}`,
    storeLevel: 3 as const,
    retentionYears: 5,
  };
  return (await sdk.records.put({ query, body: photo })).id;
}

/** Reading one point: a value or a word, a photo, and where it was taken. */
export function PointForm({ round, number, point }: { round: string; number: number; point: Point }) {
  const t = useT();
  const { message } = App.useApp();
  const [value, setValue] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<File>();
  const [busy, setBusy] = useState(false);
  const read = useRead(round);
  const measured = point.low !== undefined || point.high !== undefined;

  async function send(passed: boolean | undefined): Promise<void> {
    setBusy(true);
    try {
      const [record, where] = await Promise.all([photo ? keepPhoto(round, photo) : undefined, position()]);
      await read.mutateAsync({
        point: number,
        ...(value === null ? {} : { value }),
        ...(passed === undefined ? {} : { passed }),
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(record ? { record } : {}),
        ...where,
        takenAt: new Date().toISOString(),
      });
    } catch (cause) {
      void message.error(said(cause));
    } finally {
      setBusy(false);
    }
  }

  const ready = (!measured || value !== null) && (!point.photo || photo !== undefined);
  return (
    <Flex vertical gap={8}>
      {measured ? (
        <InputNumber
          size="large"
          style={{ width: '100%' }}
          aria-label={point.text}
          placeholder={`${point.low ?? ''} – ${point.high ?? ''} ${point.unit ?? ''}`}
          value={value}
          onChange={setValue}
        />
      ) : null}
      <Input
        size="large"
        aria-label={t('plans.rounds.note')}
        placeholder={t('plans.rounds.note')}
        value={note}
        maxLength={400}
        onChange={({ target }) => setNote(target.value)}
      />
      <Upload
        accept="image/*"
        capture="environment"
        showUploadList={false}
        beforeUpload={(file) => {
          setPhoto(file);
          return false;
        }}
      >
        <Button size="large" icon={<CameraOutlined />} style={{ minHeight: 48 }}>
          {photo ? photo.name : t(point.photo ? 'plans.rounds.photoNeeded' : 'plans.photo')}
        </Button>
      </Upload>
      <Flex gap={8}>
        <Button
          type="primary"
          size="large"
          block
          style={{ minHeight: 48 }}
          loading={busy}
          disabled={!ready}
          onClick={() => void send(measured ? undefined : true)}
        >
          {t(measured ? 'plans.save' : 'plans.rounds.kept')}
        </Button>
        {measured ? null : (
          <Button
            danger
            size="large"
            block
            style={{ minHeight: 48 }}
            loading={busy}
            disabled={!ready}
            onClick={() => void send(false)}
          >
            {t('plans.rounds.out')}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
