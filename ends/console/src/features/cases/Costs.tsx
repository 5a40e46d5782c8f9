import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Flex, Form, Input, InputNumber, Select, Table, Typography } from 'antd';
import { minorOf, money, useRefusal } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, useChange } from './queries.ts';

type CostBody = Parameters<typeof sdk.cases.addCost>[0]['body'];
type Filled = Omit<CostBody, 'unitPrice' | 'minutes'> & { price: number; minutes?: number | null };
const costKinds: CostBody['kind'][] = ['part', 'labour', 'other'];

/** Parts used, work done and what it all cost. */
export function Costs({ file }: { file: CaseFile }) {
  const t = useT();
  const { may } = useSession();
  const [form] = Form.useForm<Filled>();
  const kind = Form.useWatch('kind', form) ?? 'part';
  const refuse = useRefusal();
  const stock = useQuery({
    queryKey: ['parts', file.version],
    queryFn: () => sdk.things.partList(),
    enabled: may('case:handle') && may('thing:read') && !file.endedAt,
  });
  const add = useChange((body: CostBody) => sdk.cases.addCost({ params: { id: file.id }, body }));

  const submit = ({ price, minutes, part, stock: taken, ...rest }: Filled) =>
    add.mutate(
      {
        ...rest,
        unitPrice: minorOf(price),
        ...(part ? { part } : {}),
        ...(taken ? { stock: taken } : {}),
        ...(minutes ? { minutes } : {}),
      },
      {
        onSuccess: () => form.resetFields(),
        onError: (cause) =>
          refuse(form, cause, ([name, ...rest]) => (name === 'unitPrice' ? ['price'] : [name ?? '', ...rest])),
      },
    );

  return (
    <Flex vertical gap={16}>
      <Table<CaseFile['costs'][number]>
        size="small"
        rowKey={(line) => line.id}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={file.costs}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noCosts')} /> }}
        columns={[
          { title: t('cases.costKindLabel'), width: 80, render: (_, line) => t(`cases.costKind.${line.kind}`) },
          {
            title: t('cases.costText'),
            render: (_, line) => (line.part ? t('cases.withPart', { text: line.text, part: line.part }) : line.text),
          },
          { title: t('cases.quantity'), align: 'right', render: (_, line) => line.quantity },
          { title: t('cases.unitPrice'), align: 'right', render: (_, line) => money(line.unitPrice) },
          { title: t('cases.amount'), align: 'right', render: (_, line) => money(line.amount) },
          { title: t('cases.minutes'), align: 'right', render: (_, line) => line.minutes ?? '—' },
          { title: t('cases.booked'), render: (_, line) => `${line.actorName}  ${dateTime(line.at)}` },
        ]}
        footer={() => (
          <Flex justify="end">
            <Typography.Text strong>{t('cases.total', { amount: money(file.cost) })}</Typography.Text>
          </Flex>
        )}
      />
      {add.error ? <Alert type="error" title={said(add.error)} /> : null}
      {may('case:handle') && !file.endedAt ? (
        <Form<Filled>
          form={form}
          layout="inline"
          initialValues={{ kind: 'part', quantity: 1 }}
          onFinish={submit}
          style={{ rowGap: 8 }}
        >
          <Form.Item name="kind">
            <Select
              style={{ width: 100 }}
              aria-label={t('cases.costKindLabel')}
              options={costKinds.map((each) => ({ value: each, label: t(`cases.costKind.${each}`) }))}
            />
          </Form.Item>
          <Form.Item name="text" rules={[{ required: true, whitespace: true, message: t('cases.needText') }]}>
            <Input
              maxLength={200}
              placeholder={t('cases.costText')}
              aria-label={t('cases.costText')}
              style={{ width: 200 }}
            />
          </Form.Item>
          {kind === 'part' && stock.data && stock.data.length > 0 ? (
            <Form.Item name="stock">
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('cases.fromStock')}
                aria-label={t('cases.fromStock')}
                style={{ width: 260 }}
                options={stock.data.map(({ id, ...part }) => ({ value: id, label: t('cases.inStock', { ...part }) }))}
                onChange={(id: string | undefined) =>
                  form.setFieldValue('text', stock.data.find((part) => part.id === id)?.name)
                }
              />
            </Form.Item>
          ) : null}
          {kind === 'part' ? (
            <Form.Item name="part">
              <Input maxLength={80} placeholder={t('cases.part')} aria-label={t('cases.part')} style={{ width: 130 }} />
            </Form.Item>
          ) : null}
          <Form.Item name="quantity" rules={[{ required: true, message: t('cases.needNumber') }]}>
            <InputNumber
              min={0.001}
              max={1_000_000}
              aria-label={t('cases.quantity')}
              placeholder={t('cases.quantity')}
              style={{ width: 90 }}
            />
          </Form.Item>
          <Form.Item name="price" rules={[{ required: true, message: t('cases.needNumber') }]}>
            <InputNumber
              min={0}
              max={10_000_000}
              precision={2}
              aria-label={t('cases.unitPrice')}
              placeholder={t('cases.unitPrice')}
              style={{ width: 120 }}
            />
          </Form.Item>
          {kind === 'labour' ? (
            <Form.Item name="minutes">
              <InputNumber
                min={0}
                precision={0}
                aria-label={t('cases.minutes')}
                placeholder={t('cases.minutes')}
                style={{ width: 120 }}
              />
            </Form.Item>
          ) : null}
          <Button htmlType="submit" icon={<PlusOutlined />} loading={add.isPending}>
            {t('cases.book')}
          </Button>
        </Form>
      ) : null}
    </Flex>
  );
}
