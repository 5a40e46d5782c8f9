import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Checkbox, Flex, Input } from 'antd';
import { useState } from 'react';
import { isProblem, said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { lineOf } from './document.ts';
import { FaultList } from './FaultList.tsx';
import { useFleetChange } from './queries.ts';

interface Current {
  version: number;
  document: unknown;
}

interface Refusal {
  title: string;
  faults: { pointer: string; code: string; detail?: string | undefined }[];
}

const textOf = (current: Current | null): string => {
  const { version: _, ...document } = (current?.document ?? { channels: [] }) as Record<string, unknown>;
  return JSON.stringify(document, null, 2);
};

/** The configuration as a JSON text. Faults are named with their field and the line it stands on. */
export function ConfigurationEditor({ id, current }: { id: string; current: Current | null }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [text, setText] = useState(() => textOf(current));
  const [note, setNote] = useState('');
  const [registerDevices, setRegister] = useState(true);
  const [refusal, setRefusal] = useState<Refusal>();
  const put = useFleetChange((document: unknown) =>
    sdk.fleet.configure(
      { params: { id }, body: { document, note, registerDevices: registerDevices && may('thing:write') } },
      { ifMatch: current?.version ?? 0 },
    ),
  );

  async function submit() {
    setRefusal(undefined);
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch (cause) {
      setRefusal({ title: t('fleet.noJson'), faults: [{ pointer: '', code: String(cause) }] });
      return;
    }
    try {
      const { version, devices } = await put.mutateAsync(document);
      void message.success(t('fleet.given', { version }));
      if (devices?.refused.length)
        void message.warning(
          t('fleet.notRegistered', { devices: devices.refused.map(({ device }) => device).join(', ') }),
        );
    } catch (cause) {
      const faults = isProblem(cause) ? cause.errors : [];
      setRefusal({
        title: said(cause),
        faults: faults.map(({ pointer, code, detail }) => {
          const line = lineOf(text, pointer);
          return { pointer: line === undefined ? pointer : `${t('fleet.line', { line })} ${pointer}`, code, detail };
        }),
      });
    }
  }

  return (
    <Flex vertical gap={12}>
      {refusal && refusal.faults.length > 0 ? <FaultList title={refusal.title} faults={refusal.faults} /> : null}
      {refusal && refusal.faults.length === 0 ? <Alert type="error" showIcon title={refusal.title} /> : null}
      <Input.TextArea
        aria-label={t('fleet.configuration')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        readOnly={!may('fleet:manage')}
        autoSize={{ minRows: 16, maxRows: 36 }}
        spellCheck={false}
        style={{ fontFamily: 'monospace' }}
      />
      {may('fleet:manage') ? (
        <Flex gap={12} align="center" wrap>
          <Input
            placeholder={t('fleet.note')}
            aria-label={t('fleet.note')}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
            style={{ width: 280 }}
          />
          <Checkbox
            checked={registerDevices && may('thing:write')}
            disabled={!may('thing:write')}
            onChange={({ target }) => setRegister(target.checked)}
          >
            {t('fleet.registerDevices')}
          </Checkbox>
          <Button type="primary" loading={put.isPending} onClick={() => void submit()}>
            {t('fleet.give')}
          </Button>
        </Flex>
      ) : null}
    </Flex>
  );
}
