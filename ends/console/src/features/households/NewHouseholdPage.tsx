import { InboxOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Flex, Form, Input, InputNumber, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { CategoryChoice, keepPaper, PlaceChoice, useRefusal } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { type ApplicationFilled, bodyOf, placeOf } from './application.ts';
import { MemberFields } from './MemberFields.tsx';
import { householdsKey } from './queries.ts';

/** An application taken down at the desk: the household, its members and their data, its papers; handed in at once or later. */
export default function NewHouseholdPage() {
  const t = useT();
  const go = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<ApplicationFilled>();
  const [papers, setPapers] = useState<File[]>([]);
  const [handIn, setHandIn] = useState(true);
  const refuse = useRefusal();
  const send = useMutation({
    mutationFn: async (values: ApplicationFilled) => {
      const review = await sdk.eligibility.applyFor({ body: bodyOf(values) });
      // The application stands from here on: what fails now is told, and done on its page.
      try {
        for (const paper of papers) await keepPaper(`household:${review.household}`, paper);
        if (handIn) await sdk.eligibility.step({ params: { id: review.id }, body: { step: 'submit' } });
      } catch (cause) {
        void message.warning(t('households.halfDone', { cause: said(cause) }), 10);
      }
      return review;
    },
    onSuccess: async (review) => {
      await client.invalidateQueries({ queryKey: householdsKey });
      void go(`/households/${review.household}`);
    },
    onError: (cause, values) => {
      refuse(form, cause, (path) => placeOf(path, values));
    },
  });
  return (
    <Flex vertical gap={16} style={{ maxWidth: 1100 }}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('households.newApplication')}
      </Typography.Title>
      {send.error ? <Alert type="error" showIcon title={said(send.error)} /> : null}
      <Form<ApplicationFilled>
        form={form}
        layout="vertical"
        initialValues={{ members: [{ relation: 'applicant' }], area: 0, category: 'general' }}
        onFinish={(values) => send.mutate(values)}
        scrollToFirstError
      >
        <Flex vertical gap={16}>
          <Card size="small" title={t('households.name')}>
            <Flex wrap gap={16}>
              <Form.Item
                name="placeId"
                label={t('households.area')}
                rules={[{ required: true }]}
                style={{ width: 280 }}
              >
                <PlaceChoice />
              </Form.Item>
              <Form.Item name="name" label={t('households.householdName')} style={{ width: 220 }}>
                <Input maxLength={100} placeholder={t('households.asApplicant')} autoComplete="off" />
              </Form.Item>
              <Form.Item name="area" label={t('households.areaElsewhere')} style={{ width: 220 }}>
                <InputNumber min={0} max={10_000} precision={1} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item
                name="category"
                label={t('households.category')}
                tooltip={t('households.categoryHint')}
                style={{ width: 260 }}
              >
                <CategoryChoice />
              </Form.Item>
            </Flex>
          </Card>
          <Form.List name="members">
            {(rows, { add, remove }) => (
              <Flex vertical gap={12}>
                {rows.map(({ key, name }, index) => (
                  <MemberFields
                    key={key}
                    at={name}
                    number={index + 1}
                    {...(rows.length > 1 ? { onRemove: () => remove(name) } : {})}
                  />
                ))}
                <Button icon={<PlusOutlined />} style={{ alignSelf: 'flex-start' }} onClick={() => add({})}>
                  {t('households.addMember')}
                </Button>
              </Flex>
            )}
          </Form.List>
          <Card size="small" title={t('households.papers')}>
            <Upload.Dragger
              multiple
              fileList={papers.map((paper, at) => ({ uid: String(at), name: paper.name }))}
              beforeUpload={(chosen) => {
                setPapers((before) => [...before, chosen]);
                return false;
              }}
              onRemove={({ uid }) => setPapers((before) => before.filter((_, at) => String(at) !== uid))}
            >
              <InboxOutlined style={{ fontSize: 28 }} aria-hidden />
              <Typography.Paragraph style={{ margin: '8px 0 0' }}>{t('households.papersHint')}</Typography.Paragraph>
            </Upload.Dragger>
          </Card>
          <Flex gap={8}>
            <Button
              type="primary"
              loading={send.isPending && handIn}
              onClick={() => {
                setHandIn(true);
                form.submit();
              }}
            >
              {t('households.handIn')}
            </Button>
            <Button
              loading={send.isPending && !handIn}
              onClick={() => {
                setHandIn(false);
                form.submit();
              }}
            >
              {t('households.saveDraft')}
            </Button>
            <Button onClick={() => void go('/households')}>{t('households.cancel')}</Button>
          </Flex>
        </Flex>
      </Form>
    </Flex>
  );
}
