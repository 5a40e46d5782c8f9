import { newId } from '@keystead/contracts/ids';
import { movePaths, sql, type Tx } from '@keystead/kernel/db';
import { type NotifyRule, type RuleDefinition, standardRules } from './rule.ts';
import type { OwnText } from './template.ts';

export const rulesOf = (organisation: string) =>
  sql<NotifyRule>`select id, name, enabled, definition, version from notify.rule where organisation = ${organisation} order by id`;

export interface RuleDraft {
  name: string;
  enabled: boolean;
  definition: RuleDefinition;
}

export async function insertRule(tx: Tx, organisation: string, rule: RuleDraft, at: Date): Promise<string> {
  const id = newId();
  await tx.run(sql`
    insert into notify.rule (id, organisation, name, enabled, definition, version, changed_at)
    values (${id}, ${organisation}, ${rule.name}, ${rule.enabled}, ${JSON.stringify(rule.definition)}, 1, ${at})`);
  return id;
}

/** Gives an organisation its first rules and the demonstration provider for text messages, once. */
export async function furnish(tx: Tx, organisation: string, at: Date): Promise<void> {
  const first = await tx.run(
    sql`insert into notify.furnished (organisation, at) values (${organisation}, ${at}) on conflict do nothing`,
  );
  if (first === 0) return;
  for (const rule of standardRules) await insertRule(tx, organisation, { ...rule, enabled: true }, at);
  await tx.run(sql`
    insert into notify.channel (id, organisation, kind, name, enabled, settings, version, changed_at)
    values (${newId()}, ${organisation}, 'sms', '短信', true, ${JSON.stringify({ provider: 'log' })}, 1, ${at})
    on conflict do nothing`);
}

export const ownTextsOf = (organisation: string) =>
  sql<OwnText & { version: number }>`
    select trigger, channel, language, title, body, version from notify.template
    where organisation = ${organisation} order by trigger, channel, language`;

/** A subtree was hung up elsewhere: rules for it, and what was told about it, move along. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  await tx.run(sql`
    update notify.rule set definition = jsonb_set(definition, '{place}', to_jsonb(${to}::text || substr(definition->>'place', ${from.length + 1})))
    where organisation = ${organisation} and starts_with(definition->>'place', ${from})`);
  await movePaths(tx, 'notify.delivery', 'place', organisation, from, to);
}
