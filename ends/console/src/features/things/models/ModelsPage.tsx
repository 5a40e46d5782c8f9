import { duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Drawer, Input, Typography } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { said } from '../../../shell/sdk.ts';
import { type ThingModel, useModels } from '../queries.ts';
import { named, useAxisWords } from '../words.ts';
import { ModelBody } from './ModelBody.tsx';

/** Thing models: what each kind of thing can say and do. */
export default function ModelsPage() {
  const { t, language } = useTexts();
  const axis = useAxisWords();
  const [search, setSearch] = useSearchParams();
  const { data, error, isPending, refetch } = useModels();
  const text = search.get('text')?.toLowerCase() ?? '';
  const family = search.get('family');
  const rows = useMemo(
    () => data?.filter((model) => `${model.family} ${model.name.zh} ${model.name.en}`.toLowerCase().includes(text)),
    [data, text],
  );
  const put = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  return (
    <>
      <ListPage<ThingModel>
        title={t('things.models')}
        total={rows?.length}
        query={
          <Input.Search
            allowClear
            placeholder={t('things.searchModels')}
            aria-label={t('things.searchModels')}
            defaultValue={text}
            onSearch={(value) => put('text', value || undefined)}
            style={{ width: 260 }}
          />
        }
        columns={[
          {
            title: t('things.family'),
            render: (_, model) => (
              <>
                {named(model.name, language)} <Typography.Text type="secondary">{model.family}</Typography.Text>
              </>
            ),
          },
          { title: t('things.version'), render: (_, model) => `v${model.version}` },
          { title: t('things.function'), render: (_, model) => axis('functions', model.category.function) },
          { title: t('things.domain'), render: (_, model) => axis('domains', model.category.domain) },
          { title: t('things.properties'), align: 'right', render: (_, model) => model.properties.length },
          { title: t('things.events'), align: 'right', render: (_, model) => model.events.length },
          { title: t('things.services'), align: 'right', render: (_, model) => model.services.length },
          { title: t('things.interval'), render: (_, model) => duration(model.interval, language) },
          {
            title: '',
            render: (_, model) => (
              <Link to={`/things?family=${model.family}`} onClick={(event) => event.stopPropagation()}>
                {t('things.itsThings')}
              </Link>
            ),
          },
        ]}
        rows={rows}
        rowKey={(model) => model.family}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
        onOpen={(model) => put('family', model.family)}
        empty={t('things.noModels')}
      />
      <Drawer
        open={family !== null}
        onClose={() => put('family', undefined)}
        size={860}
        title={t('things.model')}
        destroyOnHidden
      >
        {family ? <ModelBody family={family} /> : null}
      </Drawer>
    </>
  );
}
