import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Select, Typography } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { withDevice } from './adoption.ts';
import type { CandidateRow } from './candidates.ts';
import { fleetKey } from './queries.ts';

interface Filled {
  code: string;
  family?: string;
  at: string;
}

interface AdoptDialogProps {
  agent: string;
  candidate: CandidateRow;
  onClose(): void;
}

const isEntry = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** Takes a device that was only heard into the configuration of its agent and, with a model, into the register of things. */
export function AdoptDialog({ agent, candidate, onClose }: AdoptDialogProps) {
  const { t, language } = useTexts();
  const { may } = useSession();
  const { message } = App.useApp();
  const models = useQuery({ queryKey: ['models'], queryFn: () => sdk.models.list({}), staleTime: 60_000 });

  async function adopt({ code, family, at }: Filled): Promise<void> {
    const newest = await sdk.fleet.configuration({ params: { id: agent }, query: {} });
    const model = models.data?.find((each) => each.family === family);
    const device = {
      name: code.trim(),
      at: JSON.parse(at) as Record<string, unknown>,
      ...(model && family ? { family } : {}),
    };
    const document = withDevice(newest.document, candidate.channel, device, model);
    if (!document) throw new Error(t('fleet.adopt.channelGone', { channel: candidate.channel }));
    const registerDevices = model !== undefined && may('thing:write');
    const given = await sdk.fleet.configure(
      {
        params: { id: agent },
        body: { document, note: t('fleet.adopt.note', { code: device.name }), registerDevices },
      },
      { ifMatch: newest.version },
    );
    // Others of the configuration that could not be registered are shown where configurations are given.
    const refused = given.devices?.refused.some((each) => each.device === device.name);
    if (refused) void message.warning(t('fleet.notRegistered', { devices: device.name }));
    else void message.success(t('fleet.given', { version: given.version }));
  }

  return (
    <FormDialog<Filled, void>
      title={t('fleet.adopt.title', { title: candidate.title })}
      okText={t('fleet.adopt.do')}
      initial={{ at: JSON.stringify(candidate.at, null, 2) }}
      stale={[fleetKey, ['things']]}
      run={adopt}
      onClose={onClose}
    >
      <Typography.Paragraph type="secondary">
        {t('fleet.adopt.hint', { channel: candidate.channel })}
      </Typography.Paragraph>
      <Form.Item
        name="code"
        label={t('fleet.adopt.code')}
        rules={[
          {
            required: true,
            pattern: /^\s*[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff._:/#-]{0,62}\s*$/,
            message: t('fleet.adopt.needCode'),
          },
        ]}
      >
        <Input maxLength={63} autoFocus />
      </Form.Item>
      <Form.Item name="family" label={t('fleet.adopt.family')} extra={t('fleet.adopt.familyHint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={models.isPending}
          options={(models.data ?? []).map(({ family, name }) => ({
            value: family,
            label: `${language === 'en' ? name.en : name.zh} · ${family}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="at"
        label={t('fleet.adopt.at')}
        extra={t('fleet.adopt.atHint')}
        rules={[
          {
            validator: (_, text: string) =>
              isEntry(text) ? Promise.resolve() : Promise.reject(new Error(t('fleet.noJson'))),
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} spellCheck={false} style={{ fontFamily: 'monospace' }} />
      </Form.Item>
    </FormDialog>
  );
}
