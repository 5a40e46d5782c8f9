import { SearchOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Alert, AutoComplete, Flex, Input, Modal, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { definedFeatures } from '../../shell/feature.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Hit, pagesNamed, useHits } from './hits.ts';

/** Typed words settle before they are asked for. */
function useSettled(text: string, milliseconds: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}

function HitLine({ hit }: { hit: Hit }) {
  return (
    <Flex justify="space-between" gap={16}>
      <Typography.Text ellipsis>{hit.title}</Typography.Text>
      <Typography.Text type="secondary">{hit.note}</Typography.Text>
    </Flex>
  );
}

/** One box for things, places, orders and pages; arrows choose, Enter goes there. */
export default function SearchDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const { may } = useSession();
  const [text, setText] = useState('');
  const settled = useSettled(text.trim(), 200);
  const found = useHits(settled, may);
  const pages = { label: 'search.pages', hits: pagesNamed(definedFeatures(), text, may, t) };
  const groups = [...(settled.length > 1 ? (found.data ?? []) : []), pages].filter(({ hits }) => hits.length > 0);
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} width={640} style={{ top: 80 }} destroyOnHidden>
      {found.error ? <Alert type="error" title={said(found.error)} style={{ marginBottom: 8 }} /> : null}
      <AutoComplete
        autoFocus
        open
        defaultActiveFirstOption
        value={text}
        onChange={setText}
        style={{ width: '100%' }}
        listHeight={420}
        notFoundContent={t('search.nothing')}
        onSelect={(to: string) => {
          onClose();
          void navigate(to);
        }}
        onInputKeyDown={(event) => event.key === 'Escape' && onClose()}
        options={groups.map(({ label, hits }) => ({
          label: t(label),
          options: hits.map((hit) => ({ value: hit.to, label: <HitLine hit={hit} /> })),
        }))}
      >
        <Input
          size="large"
          prefix={<SearchOutlined />}
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
        />
      </AutoComplete>
    </Modal>
  );
}
