import { CheckOutlined, MinusOutlined, StopOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { Checkbox, Flex, Switch, Table, Typography, theme } from 'antd';
import type { ReactNode } from 'react';
import { axesOf, type Rights, type Standing, standingOf, turned, withStar } from './matrix.ts';

interface PermissionMatrixProps {
  all: readonly string[];
  rights: Rights;
  /** Absent: to be looked at only. */
  onChange?: ((rights: Rights) => void) | undefined;
}

const icons: Record<Standing, ReactNode> = {
  allowed: <CheckOutlined />,
  'by-star': <CheckOutlined />,
  denied: <StopOutlined />,
  none: <MinusOutlined />,
};

/** Nouns by verbs. A cell is a button: nothing → allowed → denied. Sign and word tell it, colour only helps. */
export function PermissionMatrix({ all, rights, onChange }: PermissionMatrixProps) {
  const { t, has } = useTexts();
  const { token } = theme.useToken();
  const { nouns, verbs } = axesOf(all);
  const nounWord = (noun: string) => (has(`identity.noun.${noun}`) ? t(`identity.noun.${noun}`) : noun);
  const verbWord = (verb: string) => (has(`identity.verb.${verb}`) ? t(`identity.verb.${verb}`) : verb);
  const colours: Record<Standing, string> = {
    allowed: token.colorPrimary,
    'by-star': token.colorPrimary,
    denied: token.colorErrorText,
    none: token.colorTextQuaternary,
  };
  const everything = rights.permissions.includes('*');

  const cell = (noun: string, verb: string) => {
    if (!nouns.get(noun)?.has(verb)) return null;
    const permission = `${noun}:${verb}`;
    const standing = standingOf(rights, permission);
    const says = t('identity.cell', {
      what: `${nounWord(noun)} · ${verbWord(verb)}`,
      standing: t(`identity.cellStanding.${standing}`),
    });
    return (
      <button
        type="button"
        disabled={!onChange}
        aria-label={says}
        title={`${says}  ${permission}`}
        onClick={() => onChange?.(turned(rights, permission))}
        style={{
          width: 36,
          height: 28,
          border: `1px ${standing === 'none' ? 'dashed' : 'solid'} ${token.colorBorder}`,
          borderRadius: token.borderRadius,
          background: standing === 'allowed' ? token.colorPrimaryBg : 'transparent',
          color: colours[standing],
          cursor: onChange ? 'pointer' : 'default',
        }}
      >
        {icons[standing]}
      </button>
    );
  };

  return (
    <Flex vertical gap={12}>
      <Flex gap={24} wrap align="center">
        <Flex gap={8} align="center">
          <Switch
            checked={everything}
            disabled={!onChange}
            aria-label={t('identity.everything')}
            onChange={(on) => onChange?.(withStar(rights, '*', on))}
          />
          {t('identity.everything')}
        </Flex>
        <Typography.Text type="secondary">{t('identity.clickHint')}</Typography.Text>
        {(['none', 'allowed', 'denied'] as const).map((standing) => (
          <Typography.Text key={standing} type="secondary">
            <span style={{ color: colours[standing] }}>{icons[standing]}</span> {t(`identity.cellStanding.${standing}`)}
          </Typography.Text>
        ))}
      </Flex>
      <Table<{ noun: string }>
        size="small"
        pagination={false}
        rowKey="noun"
        scroll={{ x: 'max-content' }}
        dataSource={[...nouns.keys()].map((noun) => ({ noun }))}
        columns={[
          {
            title: t('identity.nounLabel'),
            fixed: 'left',
            width: 130,
            render: (_, { noun }) => (
              <Flex vertical>
                {nounWord(noun)}
                <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                  {noun}
                </Typography.Text>
              </Flex>
            ),
          },
          {
            title: t('identity.wholeNoun'),
            width: 70,
            align: 'center',
            render: (_, { noun }) => (
              <Checkbox
                checked={everything || rights.permissions.includes(`${noun}:*`)}
                disabled={!onChange || everything}
                aria-label={t('identity.wholeNounOf', { noun: nounWord(noun) })}
                onChange={(event) => onChange?.(withStar(rights, `${noun}:*`, event.target.checked))}
              />
            ),
          },
          ...verbs.map((verb) => ({
            key: verb,
            title: verbWord(verb),
            width: 72,
            align: 'center' as const,
            render: (_: unknown, { noun }: { noun: string }) => cell(noun, verb),
          })),
        ]}
      />
    </Flex>
  );
}
