import { useT } from '@keystead/ui/i18n';
import { Button, Card, Flex, Input, Segmented, Tag, Typography } from 'antd';
import type { Verdict } from './queries.ts';
import { emptyDraft, type SampleDraft } from './sample-draft.ts';

interface SampleListProps {
  drafts: SampleDraft[];
  /** Of the last run, in the order of the samples. */
  verdicts: Verdict[];
  onChange(drafts: SampleDraft[]): void;
}

/** Sample frames with what is expected of them, and how the last run went. */
export function SampleList({ drafts, verdicts, onChange }: SampleListProps) {
  const t = useT();
  const change = (key: number, part: Partial<SampleDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  return (
    <Card
      size="small"
      title={t('codecs.samples')}
      extra={
        <Button
          size="small"
          disabled={drafts.length >= 50}
          onClick={() => onChange([...drafts, emptyDraft(t('codecs.sampleName', { number: drafts.length + 1 }))])}
        >
          {t('codecs.addSample')}
        </Button>
      }
    >
      <Flex vertical gap={12}>
        {drafts.length === 0 ? <Typography.Text type="secondary">{t('codecs.noSamples')}</Typography.Text> : null}
        {drafts.map((draft, index) => (
          <SampleCard
            key={draft.key}
            draft={draft}
            verdict={verdicts[index]?.name === draft.name ? verdicts[index] : undefined}
            onChange={(part) => change(draft.key, part)}
            onRemove={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
          />
        ))}
      </Flex>
    </Card>
  );
}

interface SampleCardProps {
  draft: SampleDraft;
  verdict: Verdict | undefined;
  onChange(part: Partial<SampleDraft>): void;
  onRemove(): void;
}

const mono = { fontFamily: 'monospace, var(--ks-font-family)', fontSize: 12 };

function SampleCard({ draft, verdict, onChange, onRemove }: SampleCardProps) {
  const t = useT();
  const { way, name, hex, method, given, expected } = draft;
  const field = (key: 'hex' | 'method' | 'given' | 'expected', value: string, rows: number) => (
    <Input.TextArea
      value={value}
      aria-label={t(`codecs.sample.${key}`)}
      placeholder={t(`codecs.sample.${key}`)}
      autoSize={{ minRows: rows, maxRows: 12 }}
      spellCheck={false}
      style={mono}
      onChange={({ target }) => onChange({ [key]: target.value })}
    />
  );
  return (
    <Card size="small" type="inner">
      <Flex vertical gap={6}>
        <Flex gap={6} align="center">
          <Input
            size="small"
            value={name}
            maxLength={80}
            aria-label={t('codecs.name')}
            onChange={({ target }) => onChange({ name: target.value })}
          />
          <Segmented<'up' | 'down'>
            size="small"
            value={way}
            options={[
              { value: 'up', label: t('codecs.up') },
              { value: 'down', label: t('codecs.down') },
            ]}
            onChange={(to) => onChange({ way: to })}
          />
          <Button size="small" type="text" danger onClick={onRemove}>
            {t('codecs.removeSample')}
          </Button>
        </Flex>
        {way === 'up' ? field('hex', hex, 2) : field('method', method, 1)}
        {field('given', given, 1)}
        {field('expected', expected, 2)}
        {verdict ? <Result verdict={verdict} onTake={(text) => onChange({ expected: text })} /> : null}
      </Flex>
    </Card>
  );
}

function Result({ verdict, onTake }: { verdict: Verdict; onTake(expected: string): void }) {
  const t = useT();
  const { passed, differences, made, refused, detail } = verdict;
  return (
    <Flex vertical gap={4}>
      <Flex gap={6} align="center" wrap>
        <Tag color={passed ? 'success' : 'error'}>{t(passed ? 'codecs.passed' : 'codecs.failed')}</Tag>
        {differences.map((pointer) => (
          <Typography.Text key={pointer} type="danger" code>
            {pointer}
          </Typography.Text>
        ))}
        {made && !passed ? (
          <Button size="small" type="link" onClick={() => onTake(JSON.stringify(made, null, 1))}>
            {t('codecs.takeResult')}
          </Button>
        ) : null}
      </Flex>
      {refused ? <Typography.Text type="danger">{`${refused}${detail ? `: ${detail}` : ''}`}</Typography.Text> : null}
      {made ? <pre style={{ ...mono, margin: 0, overflowX: 'auto' }}>{JSON.stringify(made, null, 1)}</pre> : null}
    </Flex>
  );
}
