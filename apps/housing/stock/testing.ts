import type { Dossier } from './dossier.ts';

/** A file with everything that is required. */
export const completeDossier: Dossier = {
  location: { address: '云龙区和平路 1 号', postcode: '221000' },
  building: { structure: '钢筋混凝土', builtYear: 2021 },
  ownership: { owner: '市住房保障中心', kind: 'government', certificateNumber: '苏(2021)徐州市不动产权第0000001号' },
  lease: { rentStandard: 1250, deposit: 100_000, quota: 3 },
  management: { operator: '安居运营公司', propertyCompany: '安居物业', contactPhone: '0516-83700000' },
};

/** What the place of such a house says. */
export const completePlace = { floorArea: 58.4, usableArea: 42, layout: '一室一厅' };
