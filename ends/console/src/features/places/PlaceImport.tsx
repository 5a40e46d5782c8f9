import { useT } from '@keystead/ui/i18n';
import { ImportDialog } from '@keystead/ui/sheet';
import { useQueryClient } from '@tanstack/react-query';
import { said, sdk } from '../../shell/sdk.ts';

const columns = ['path', 'kind', 'name', 'order', 'tags', 'divisionCode', 'attributes'] as const;
const examples: Record<(typeof columns)[number], string> = {
  path: 'HX/B1/1U/0301',
  kind: 'house',
  name: '301',
  order: '1',
  tags: '核心城区;无障碍',
  divisionCode: '',
  attributes: '',
};

/** Many places from a sheet: paths of codes, parents before or after their children. */
export function PlaceImport({ onClose }: { onClose(): void }) {
  const t = useT();
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ['places'] });
  return (
    <ImportDialog
      title={t('places.importTitle')}
      unit={t('places.unit')}
      templateName={t('places.templateName')}
      errorSheetName={t('places.errorSheetName')}
      columns={columns.map((name) => ({
        name,
        meaning: t(`places.column.${name}`),
        required: name === 'path' || name === 'kind' || name === 'name',
        example: examples[name],
      }))}
      check={(file) => sdk.places.importSheet({ query: { dryRun: true }, body: file })}
      commit={async (file) => {
        const done = await sdk.places.importSheet({ query: { dryRun: false }, body: file });
        await again();
        return done;
      }}
      undo={async () => {
        await sdk.places.undoImport({});
        await again();
      }}
      said={said}
      onClose={onClose}
    />
  );
}
