import { useTexts } from '@keystead/ui/i18n';

/** Categories of repair that are known by name; others are written as they are. */
export const skillOptions = ['*', 'water', 'electricity', 'door', 'appliance', 'building', 'other'] as const;

/** A skill in the reader's words. */
export function useSkillName(): (skill: string) => string {
  const { t, has } = useTexts();
  return (skill) => {
    const key = `caseSettings.crew.skillNames.${skill}`;
    return has(key) ? t(key) : skill;
  };
}
