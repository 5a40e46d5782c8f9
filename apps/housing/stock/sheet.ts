import { localDate } from '@keystead/contracts/calendar';
import type { Translate } from '@keystead/kernel/i18n';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import type { HouseLine } from './list.ts';
import { columns, yuan } from './sheet-columns.ts';

/** Codes above a house: they are not kept with it. */
export interface CodesAbove {
  readonly project: string;
  readonly building: string;
  readonly unit: string;
  readonly floor: string;
}

/** The codes above a house from the places on its path. */
export function codesAbove(place: string, byPath: ReadonlyMap<string, { kind: string; code: string }>): CodesAbove {
  const project: string[] = [];
  const found = { building: '', unit: '', floor: '' };
  let path = '';
  for (const segment of place.split('/').slice(0, -2)) {
    path += `${segment}/`;
    const at = byPath.get(path);
    if (!at) continue;
    if (at.kind === 'building' || at.kind === 'unit' || at.kind === 'floor') found[at.kind] = at.code;
    else project.push(at.code);
  }
  return { project: project.join('/'), ...found };
}

function cellOf(line: HouseLine, above: CodesAbove, key: string, stateWord: string): Cell {
  if (key === 'project' || key === 'building' || key === 'unit' || key === 'floor') return above[key];
  if (key === 'state') return stateWord;
  if (key === 'since') return localDate(line.since);
  if (key === 'code') return line.code;
  if (key === 'name') return line.name;
  if (key === 'tags') return line.tags.join(';');
  const column = columns.find((each) => each.key === key);
  const entry = column?.entry ?? key;
  const from =
    column?.target === 'place'
      ? line.attributes
      : ((line.dossier[column?.target as keyof HouseLine['dossier']] ?? {}) as Record<string, unknown>);
  const value = from[entry];
  if (column?.parse === 'money' && typeof value === 'number') return yuan(value);
  if (Array.isArray(value)) return value.join(';');
  return typeof value === 'string' || typeof value === 'number' ? value : '';
}

/** The list as a table: with the heads the import takes back, or in the words of the reader's language. */
export function houseSheet(
  lines: readonly HouseLine[],
  above: (line: HouseLine) => CodesAbove,
  t: Translate,
  forPeople: boolean,
): Sheet {
  return {
    name: t('house.sheet'),
    heads: columns.map(({ key }) => (forPeople ? t(`house.column.${key}`) : key)),
    rows: lines.map((line) => {
      const codes = above(line);
      return columns.map(({ key }) =>
        cellOf(line, codes, key, forPeople ? t(`house.state.${line.state}`) : line.state),
      );
    }),
  };
}
