import { useT } from '@keystead/ui/i18n';
import { ImportDialog } from '@keystead/ui/sheet';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { said, sdk } from '../../shell/sdk.ts';

const examples: Record<string, string> = {
  project: 'YL/HX',
  building: 'B1',
  unit: '1U',
  floor: '3',
  code: '301',
  state: 'vacant',
  since: '2026-01-15',
  floorArea: '58.4',
  usableArea: '42',
  layout: '一室一厅',
  address: '和平路 1 号',
  structure: '钢混',
  builtYear: '2021',
  owner: '住房保障中心',
  ownershipKind: 'government',
  certificateNumber: '苏(2021)0000001号',
  rentStandard: '12.50',
  marketRent: '18.00',
  deposit: '1000',
  operator: '安居公司',
  propertyCompany: '安居物业',
  contactPhone: '0516-83700000',
};
const required = new Set(['project', 'building', 'code']);

/** Many houses from a sheet, new ones and changes; a confirmed sheet can be taken back. */
export function StockImport({ onClose }: { onClose(): void }) {
  const t = useT();
  const client = useQueryClient();
  const batch = useRef<string | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ['houses'] });
  const counted = (done: Awaited<ReturnType<typeof sdk.houses.import>>) => ({
    ...done,
    created: done.created + done.changed,
  });
  return (
    <ImportDialog
      title={t('stock.import.title')}
      unit={t('stock.import.unit')}
      templateName={t('stock.import.templateName')}
      errorSheetName={t('stock.import.errorSheetName')}
      columns={Object.entries(examples).map(([name, example]) => ({
        name,
        meaning: t(`stock.import.column.${name}`),
        required: required.has(name),
        example,
      }))}
      check={async (file) => counted(await sdk.houses.import({ query: { dryRun: true }, body: file }))}
      commit={async (file) => {
        const done = await sdk.houses.import({ query: { dryRun: false }, body: file });
        batch.current = done.batch;
        await again();
        return counted(done);
      }}
      undo={async () => {
        if (batch.current) await sdk.houses.undoImport({ params: { id: batch.current } });
        await again();
      }}
      said={said}
      onClose={onClose}
    />
  );
}
