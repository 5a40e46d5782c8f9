import { SearchOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Grid, Typography } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';

const SearchDialog = lazy(() => import('./SearchDialog.tsx'));

/** The search in the top bar; Ctrl K opens it from anywhere. */
export function Search() {
  const t = useT();
  const narrow = Grid.useBreakpoint().md === false;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button
        icon={<SearchOutlined />}
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K"
        aria-label={t('search.open')}
        {...(narrow ? { type: 'text' as const } : {})}
      >
        {narrow ? null : (
          <Flex gap={16} align="center">
            {t('search.open')}
            <Typography.Text keyboard style={{ fontSize: 12 }}>
              {t('search.key')}
            </Typography.Text>
          </Flex>
        )}
      </Button>
      {open ? (
        <Suspense>
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
