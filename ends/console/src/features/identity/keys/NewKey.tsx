import { fromSiteTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, DatePicker, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useMemo, useState } from 'react';
import { PlaceChoice, SecretText, useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useConfirming } from '../confirming.tsx';
import { type KeyDraft, useKeyChange } from '../queries.ts';

interface Filled {
  name: string;
  permissions: string[];
  places?: string[];
  perMinute?: number | null;
}

/** A key within one's own rights. What it is for decides which rights it needs; fewer are better. */
export function NewKey({ onClose }: { onClose(): void }) {
  const { t, has } = useTexts();
  const { session } = useSession();
  const [form] = Form.useForm<Filled>();
  const [expires, setExpires] = useState('');
  const [problem, setProblem] = useState<string>();
  const [text, setText] = useState<string>();
  const refuse = useRefusal();
  const { confirmed, dialog } = useConfirming();
  const create = useKeyChange((body: KeyDraft) => confirmed(() => sdk.keys.create({ body })));

  const options = useMemo(() => {
    const nouns = new Map<string, string[]>();
    for (const permission of session?.permissions ?? []) {
      const [noun = ''] = permission.split(':');
      nouns.set(noun, [...(nouns.get(noun) ?? []), permission]);
    }
    return [...nouns].map(([noun, permissions]) => ({
      label: has(`identity.noun.${noun}`) ? t(`identity.noun.${noun}`) : noun,
      options: permissions.map((permission) => ({ value: permission, label: permission })),
    }));
  }, [session, t, has]);

  async function submit({ name, permissions, places = [], perMinute }: Filled) {
    setProblem(undefined);
    const until = fromSiteTime(expires);
    try {
      const made = await create.mutateAsync({
        name,
        permissions,
        ...(places.length > 0 ? { places } : {}),
        ...(until ? { expiresAt: until.toISOString() } : {}),
        ...(perMinute ? { perMinute } : {}),
      });
      setText(made.text);
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause, ([name]) => [name ?? 'name']);
    }
  }

  return (
    <Drawer
      open
      size={560}
      title={t('identity.addKey')}
      onClose={onClose}
      mask={{ closable: false }}
      extra={
        text ? (
          <Button type="primary" onClick={onClose}>
            {t('identity.keptIt')}
          </Button>
        ) : (
          <Button type="primary" loading={create.isPending} onClick={form.submit}>
            {t('identity.create')}
          </Button>
        )
      }
    >
      {text ? (
        <SecretText text={text} label={t('identity.keyText')} />
      ) : (
        <>
          {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
          <Form<Filled> form={form} layout="vertical" onFinish={(filled) => void submit(filled)}>
            <Form.Item
              name="name"
              label={t('identity.keyName')}
              extra={t('identity.keyNameHint')}
              rules={[{ required: true, whitespace: true, message: t('identity.needName') }]}
            >
              <Input maxLength={80} autoFocus />
            </Form.Item>
            <Form.Item
              name="permissions"
              label={t('identity.rights')}
              extra={t('identity.keyRightsHint')}
              rules={[{ required: true, message: t('identity.needRights') }]}
            >
              <Select mode="multiple" options={options} placeholder={t('identity.chooseRights')} />
            </Form.Item>
            <Form.Item name="places" label={t('identity.places')} extra={t('identity.keyPlacesHint')}>
              <PlaceChoice multiple style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="expiresAt" label={t('identity.expiresAt')} extra={t('identity.expiresHint')}>
              <DatePicker
                showTime={{ format: 'HH:mm' }}
                format="YYYY-MM-DD HH:mm"
                style={{ width: 220 }}
                onChange={(_, chosen) => setExpires(typeof chosen === 'string' ? chosen : '')}
              />
            </Form.Item>
            <Form.Item name="perMinute" label={t('identity.perMinute')} extra={t('identity.perMinuteHint')}>
              <InputNumber min={1} max={100_000} precision={0} style={{ width: 160 }} />
            </Form.Item>
          </Form>
        </>
      )}
      {dialog}
    </Drawer>
  );
}
