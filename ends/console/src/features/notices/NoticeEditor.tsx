import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Card, Checkbox, Flex, Form, Input, Radio, Select, Skeleton, Typography } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { PlaceChoice, useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { AudienceCard } from './AudienceCard.tsx';
import {
  feeStates,
  leaseStates,
  type Notice,
  type NoticeBody,
  noticeKinds,
  useNotice,
  usePublish,
  useSaveNotice,
} from './queries.ts';

interface Filled {
  kind: NoticeBody['kind'];
  title: string;
  text: string;
  place?: string;
  states: NoticeBody['audience']['states'];
  fees: NoticeBody['audience']['fees'];
}

const bodyOf = ({ place, states, fees, ...rest }: Filled): NoticeBody => ({
  ...rest,
  place: place ?? null,
  audience: { states, fees },
});
const filledOf = (notice: Notice | undefined): Partial<Filled> =>
  notice
    ? {
        kind: notice.kind as Filled['kind'],
        title: notice.title,
        text: notice.text,
        ...(notice.place ? { place: notice.place } : {}),
        ...notice.audience,
      }
    : { kind: 'service', states: ['effective', 'expiring', 'holdover'], fees: 'any' };

function Editor({ notice }: { notice: Notice | undefined }) {
  const t = useT();
  const go = useNavigate();
  const { modal, message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const now = Form.useWatch([], form) as Filled | undefined;
  const save = useSaveNotice();
  const publish = usePublish();
  const refuse = useRefusal();

  async function keep(): Promise<string | undefined> {
    try {
      const values = await form.validateFields();
      return await save.mutateAsync({ notice, body: bodyOf(values) });
    } catch (cause) {
      if (cause instanceof Error) refuse(form, cause);
      return undefined;
    }
  }
  const saveDraft = async () => {
    const id = await keep();
    if (id) void go(`/notices/${id}`);
  };
  const send = async () => {
    const id = await keep();
    if (!id) return;
    modal.confirm({
      title: t('notices.publishAsk'),
      content: t('notices.publishNote'),
      okText: t('notices.publish'),
      onCancel: () => void go(`/notices/${id}`),
      onOk: () =>
        publish.mutateAsync(id).then(
          () => void go(`/notices/${id}`),
          (cause: unknown) => void message.error(said(cause)),
        ),
    });
  };
  const required = [{ required: true, whitespace: true }];
  return (
    <Flex vertical gap={16} style={{ maxWidth: 900 }}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t(notice ? 'notices.edit' : 'notices.write')}
      </Typography.Title>
      {save.error ? <Alert type="error" showIcon title={said(save.error)} /> : null}
      <Form<Filled> form={form} layout="vertical" initialValues={filledOf(notice)}>
        <Card size="small" title={t('notices.content')} style={{ marginBottom: 16 }}>
          <Form.Item name="kind" label={t('notices.kind')}>
            <Radio.Group
              optionType="button"
              options={noticeKinds.map((value) => ({ value, label: t(`notices.kinds.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="title" label={t('notices.heading')} rules={required}>
            <Input maxLength={100} showCount />
          </Form.Item>
          <Form.Item name="text" label={t('notices.text')} rules={required}>
            <Input.TextArea maxLength={5000} showCount autoSize={{ minRows: 6, maxRows: 20 }} />
          </Form.Item>
        </Card>
        <Card size="small" title={t('notices.toWhom')}>
          <Form.Item name="place" label={t('notices.place')} extra={t('notices.placeHint')}>
            <PlaceChoice style={{ width: 360 }} />
          </Form.Item>
          <Form.Item name="states" label={t('notices.leases')} rules={[{ required: true, type: 'array', min: 1 }]}>
            <Checkbox.Group
              options={leaseStates.map((value) => ({ value, label: t(`notices.leaseStates.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="fees" label={t('notices.fees')}>
            <Select
              style={{ width: 240 }}
              options={feeStates.map((value) => ({ value, label: t(`notices.feeStates.${value}`) }))}
            />
          </Form.Item>
        </Card>
      </Form>
      <AudienceCard place={now?.place} audience={{ states: now?.states ?? [], fees: now?.fees ?? 'any' }} />
      <Flex gap={8}>
        <Button type="primary" loading={save.isPending} onClick={() => void send()}>
          {t('notices.publish')}
        </Button>
        <Button loading={save.isPending} onClick={() => void saveDraft()}>
          {t('notices.saveDraft')}
        </Button>
      </Flex>
    </Flex>
  );
}

/** Writing a notice: what it says, whom it is for, and whom that would reach before anybody is told. */
export default function NoticeEditor() {
  const { id } = useParams();
  const { data, error } = useNotice(id);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (id && !data) return <Skeleton active />;
  return <Editor key={id ?? 'new'} notice={data} />;
}
