import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Form, Input, InputNumber, Select, TimePicker, Typography } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { PlaceChoice, useAddress } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { DeviceChoice } from './DeviceChoice.tsx';
import { PreviewCard } from './PreviewCard.tsx';
import { type CampaignBody, type Preview, useFirmwareChange, usePackages } from './queries.ts';

interface Filled {
  name: string;
  package: string;
  models?: string[];
  under?: string;
  labels?: string;
  things?: string[];
  first: number;
  percent: number;
  window?: [Dayjs, Dayjs] | null;
  parallel: number;
  failures: number;
  soak: number;
  reason?: string;
}

const patience = { offer: 86_400, download: 1_800, apply: 900 };

/** `floor=1, batch=A` as labels. */
const labelsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(/[,\s]+/).flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)] as const] : [];
    }),
  );

/** A list in the address. */
const listIn = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

function bodyOf(filled: Filled): CampaignBody {
  const { name, models = [], under, labels = '', things = [], first, percent, window, reason = '' } = filled;
  const marks = labelsIn(labels);
  return {
    name,
    package: filled.package,
    audience: {
      ...(models.length > 0 && { models }),
      ...(under && { under }),
      ...(Object.keys(marks).length > 0 && { labels: marks }),
      ...(things.length > 0 && { things }),
    },
    plan: {
      waves: [{ devices: first }, { percent }],
      ...(window && {
        window: { from: window[0].format('HH:mm'), until: window[1].format('HH:mm'), zone: 'Asia/Shanghai' },
      }),
      parallel: filled.parallel,
      failures: filled.failures / 100,
      soak: filled.soak,
      patience,
    },
    reason,
  };
}

/** A new campaign: whom it reaches, in which waves, and a look at what it would do before it begins. */
export default function CampaignWizard() {
  const t = useT();
  const go = useNavigate();
  const { get } = useAddress();
  const [form] = Form.useForm<Filled>();
  const packages = usePackages();
  const [preview, setPreview] = useState<Preview>();
  const [problem, setProblem] = useState<string>();
  const look = useFirmwareChange(({ package: id, audience, plan }: CampaignBody) =>
    sdk.firmware.preview({ body: { package: id, audience, plan } }),
  );
  const begin = useFirmwareChange((body: CampaignBody) => sdk.firmware.begin({ body }));
  const chosen = Form.useWatch('package', form);
  const models = packages.data?.find(({ id }) => id === chosen)?.models ?? [];

  async function dryRun(filled: Filled) {
    setProblem(undefined);
    try {
      setPreview(await look.mutateAsync(bodyOf(filled)));
    } catch (cause) {
      setPreview(undefined);
      setProblem(said(cause));
    }
  }

  async function submit() {
    setProblem(undefined);
    try {
      const filled = await form.validateFields();
      const { id } = await begin.mutateAsync({ ...bodyOf(filled), ...(preview && { expected: preview.count }) });
      void go(`/firmware/${id}`);
    } catch (cause) {
      setProblem(said(cause));
    }
  }

  const needed = [{ required: true, message: t('firmware.needed') }];
  const fit = (packages.data ?? []).filter(({ withdrawnAt, trusted }) => !withdrawnAt && trusted);
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('firmware.newCampaign')}
      </Typography.Title>
      {problem ? <Alert type="error" showIcon title={problem} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{
          ...{ first: 1, percent: 10, parallel: 20, failures: 10, soak: 300 },
          things: listIn(get('things')),
          models: listIn(get('models')),
        }}
        onValuesChange={() => setPreview(undefined)}
        onFinish={(filled) => void dryRun(filled)}
      >
        <Card size="small" title={t('firmware.what')}>
          <Flex gap={12} wrap>
            <Form.Item name="name" label={t('firmware.name')} rules={needed} style={{ minWidth: 260 }}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="package" label={t('firmware.package')} rules={needed} style={{ minWidth: 260 }}>
              <Select options={fit.map(({ id, title, version }) => ({ value: id, label: `${title} ${version}` }))} />
            </Form.Item>
            <Form.Item
              name="reason"
              label={t('firmware.reason')}
              extra={t('firmware.reasonHint')}
              style={{ minWidth: 320 }}
            >
              <Input maxLength={500} />
            </Form.Item>
          </Flex>
        </Card>
        <Card size="small" title={t('firmware.audience')} style={{ marginTop: 12 }}>
          <Flex gap={12} wrap>
            <Form.Item name="models" label={t('firmware.models')} style={{ minWidth: 260 }}>
              <Select mode="multiple" options={models.map((value) => ({ value, label: value }))} />
            </Form.Item>
            <Form.Item name="under" label={t('firmware.place')} style={{ minWidth: 260 }}>
              <PlaceChoice by="path" />
            </Form.Item>
            <Form.Item name="labels" label={t('firmware.labels')} extra={t('firmware.labelsHint')}>
              <Input maxLength={400} />
            </Form.Item>
            <Form.Item name="things" label={t('firmware.things')} style={{ minWidth: 320 }}>
              <DeviceChoice />
            </Form.Item>
          </Flex>
        </Card>
        <Card size="small" title={t('firmware.plan')} style={{ marginTop: 12 }}>
          <Flex gap={12} wrap>
            <Form.Item name="first" label={t('firmware.firstWave')}>
              <InputNumber min={1} max={20_000} precision={0} />
            </Form.Item>
            <Form.Item name="percent" label={t('firmware.secondWave')}>
              <InputNumber min={1} max={100} precision={0} suffix="%" />
            </Form.Item>
            <Form.Item name="window" label={t('firmware.window')}>
              <TimePicker.RangePicker format="HH:mm" order={false} />
            </Form.Item>
            <Form.Item name="parallel" label={t('firmware.parallel')}>
              <InputNumber min={1} max={1000} precision={0} />
            </Form.Item>
            <Form.Item name="failures" label={t('firmware.failuresMost')}>
              <InputNumber min={0} max={100} precision={0} suffix="%" />
            </Form.Item>
            <Form.Item name="soak" label={t('firmware.soak')}>
              <InputNumber min={0} max={604_800} precision={0} />
            </Form.Item>
          </Flex>
        </Card>
        <Flex gap={12} style={{ marginTop: 12 }}>
          <Button htmlType="submit" loading={look.isPending}>
            {t('firmware.dryRun')}
          </Button>
          <Button type="primary" disabled={!preview?.count} loading={begin.isPending} onClick={() => void submit()}>
            {preview?.dangers.length ? t('firmware.askApproval') : t('firmware.begin')}
          </Button>
        </Flex>
      </Form>
      {preview ? <PreviewCard preview={preview} /> : null}
    </Flex>
  );
}
