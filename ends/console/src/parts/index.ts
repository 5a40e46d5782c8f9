import './texts.ts';

export { AboutLink, pageOf } from './AboutLink.tsx';
export { Ago } from './Ago.tsx';
export { oneOf, useAddress } from './address.ts';
export { useDownload } from './download.ts';
export { ExportButton, type ExportFormat } from './ExportButton.tsx';
export { useNow } from './now.ts';
export { PersonChoice } from './PersonChoice.tsx';
export { PlaceChoice } from './PlaceChoice.tsx';
export { PlaceName } from './PlaceName.tsx';
export { usePlace, usePlaceByPath } from './places.ts';
export { RoleChoice, useRoles } from './RoleChoice.tsx';
export { type FieldPath, useRefusal } from './refusal.ts';
export { type RowColumn, RowTable } from './rows/RowTable.tsx';
export { SecretText } from './SecretText.tsx';
export { refreshSoon, useSoon } from './soon.ts';
