import type { Catalogue } from '@keystead/kernel/i18n';
import { createCrew } from './crew.ts';
import { createEntries } from './entries.ts';
import { importHistory } from './history.ts';
import { createReactions } from './reactions.ts';
import { createReading } from './reading.ts';
import { type CaseParts, createDesk } from './service.ts';
import { createCaseSettings } from './settings.ts';
import { createUpkeep } from './upkeep.ts';

/** The whole of the case engine over what the platform gives it. Its own words are written in Chinese, the default. */
export function createCases(parts: CaseParts, catalogue: Catalogue) {
  const t = catalogue.in('zh-CN');
  const desk = createDesk(parts);
  const entries = createEntries(parts, desk);
  return {
    ...desk,
    ...entries,
    ...createReading(parts, catalogue),
    ...createCaseSettings(parts),
    ...createCrew(parts),
    reactions: createReactions(parts, desk, entries, t),
    upkeep: createUpkeep(parts, desk, t),
    importHistory,
  };
}

export type CasesService = ReturnType<typeof createCases>;
