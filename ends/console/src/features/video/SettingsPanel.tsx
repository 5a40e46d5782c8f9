import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Form, Input, InputNumber, Select, Skeleton, Switch } from 'antd';
import { said } from '../../shell/sdk.ts';
import { useSaveSettings, useSettings, type VideoSettings } from './queries.ts';

const slots = ['face', 'behaviour', 'plate'] as const;

interface Filled {
  mediaUrl?: string;
  publicUrl?: string;
  app: string;
  segment: number;
  retentionDays: number;
  middleSlots: (typeof slots)[number][];
  secret?: string;
  registered: boolean;
  uplink?: { id: string; upper: string; host: string; port: number; announce: string };
  uplinkPassword?: string;
}

function SettingsForm({ settings }: { settings: VideoSettings }) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const registered = Form.useWatch('registered', form);
  const save = useSaveSettings();
  const number20 = [{ required: true, pattern: /^[0-9]{20}$/, message: t('video.numberRule') }];
  const finish = ({ mediaUrl, publicUrl, secret, registered: above, uplink, uplinkPassword, ...rest }: Filled) =>
    save.mutate(
      {
        ...rest,
        mediaUrl: mediaUrl || null,
        publicUrl: publicUrl || null,
        uplink: above && uplink ? uplink : null,
        ...(secret ? { secret } : {}),
        ...(uplinkPassword ? { uplinkPassword } : {}),
      },
      {
        onSuccess: () => void message.success(t('video.saved')),
        onError: (cause) => void message.error(said(cause)),
      },
    );
  const kept = (set: boolean) => ({ placeholder: t(set ? 'video.secretSet' : 'video.secretUnset') });
  return (
    <Form
      form={form}
      layout="vertical"
      style={{ maxWidth: 560 }}
      initialValues={{ ...settings, registered: settings.uplink !== null }}
      onFinish={finish}
    >
      <Form.Item name="mediaUrl" label={t('video.mediaUrl')} extra={t('video.mediaUrlHint')}>
        <Input maxLength={300} placeholder="http://127.0.0.1:8080" />
      </Form.Item>
      <Form.Item name="secret" label={t('video.secret')}>
        <Input.Password maxLength={200} autoComplete="new-password" {...kept(settings.secretSet)} />
      </Form.Item>
      <Form.Item name="publicUrl" label={t('video.publicUrl')} extra={t('video.publicUrlHint')}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="app" label={t('video.app')} rules={[{ required: true }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="segment" label={t('video.segment')}>
        <InputNumber min={10} max={86_400} />
      </Form.Item>
      <Form.Item name="retentionDays" label={t('video.retentionDays')}>
        <InputNumber min={30} max={3650} />
      </Form.Item>
      <Form.Item name="middleSlots" label={t('video.middleSlots')}>
        <Select mode="multiple" options={slots.map((each) => ({ value: each, label: t(`video.slots.${each}`) }))} />
      </Form.Item>
      <Form.Item name="registered" label={t('video.uplink')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {registered ? (
        <>
          <Form.Item name={['uplink', 'id']} label={t('video.uplinkId')} rules={number20}>
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item name={['uplink', 'upper']} label={t('video.uplinkUpper')} rules={number20}>
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item name={['uplink', 'host']} label={t('video.uplinkHost')} rules={[{ required: true }]}>
            <Input maxLength={253} />
          </Form.Item>
          <Form.Item name={['uplink', 'port']} label={t('video.uplinkPort')} rules={[{ required: true }]}>
            <InputNumber min={1} max={65_535} />
          </Form.Item>
          <Form.Item name={['uplink', 'announce']} label={t('video.uplinkAnnounce')} rules={[{ required: true }]}>
            <Input maxLength={253} />
          </Form.Item>
          <Form.Item name="uplinkPassword" label={t('video.uplinkPassword')}>
            <Input.Password maxLength={64} autoComplete="new-password" {...kept(settings.uplinkPasswordSet)} />
          </Form.Item>
        </>
      ) : null}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('video.save')}
      </Button>
    </Form>
  );
}

/** The media server, how long recordings stay, algorithms between the sizes, and the platform above. */
export function SettingsPanel() {
  const { data, error } = useSettings();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return data ? <SettingsForm key={data.version} settings={data} /> : <Skeleton active />;
}
