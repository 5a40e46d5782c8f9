import { useT } from '@keystead/ui/i18n';
import { Flex, Form, Input, Select } from 'antd';

/** Who a user is; the same for a new one and one that stands. */
export function UserFields({ disabled = false }: { disabled?: boolean }) {
  const t = useT();
  const wide = { flex: 1, minWidth: 200 };
  return (
    <>
      <Flex gap={16} wrap>
        <Form.Item
          name="username"
          label={t('identity.username')}
          style={wide}
          rules={[
            { required: true, message: t('identity.needUsername') },
            {
              pattern: /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff._@-]{1,63}$/,
              message: t('identity.badUsername'),
            },
          ]}
        >
          <Input maxLength={64} autoComplete="off" disabled={disabled} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('identity.name')}
          style={wide}
          rules={[{ required: true, whitespace: true, message: t('identity.needName') }]}
        >
          <Input maxLength={80} autoComplete="off" disabled={disabled} />
        </Form.Item>
      </Flex>
      <Flex gap={16} wrap>
        <Form.Item
          name="phone"
          label={t('identity.phone')}
          style={wide}
          rules={[{ pattern: /^$|^[+0-9][0-9 -]{4,19}$/, message: t('identity.badPhone') }]}
        >
          <Input maxLength={20} inputMode="tel" autoComplete="off" disabled={disabled} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('identity.email')}
          style={wide}
          rules={[{ type: 'email', message: t('identity.badEmail') }]}
        >
          <Input maxLength={200} inputMode="email" autoComplete="off" disabled={disabled} />
        </Form.Item>
      </Flex>
      <Flex gap={16} wrap>
        <Form.Item name="kind" label={t('identity.kind')} style={wide}>
          <Select
            disabled={disabled}
            options={['staff', 'tenant'].map((each) => ({ value: each, label: t(`identity.kinds.${each}`) }))}
          />
        </Form.Item>
        <Form.Item name="language" label={t('identity.language')} style={wide}>
          <Select
            disabled={disabled}
            options={[
              { value: 'zh-CN', label: t('identity.chinese') },
              { value: 'en', label: t('identity.english') },
            ]}
          />
        </Form.Item>
      </Flex>
    </>
  );
}
