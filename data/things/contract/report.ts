import { type Actor, pathRange } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import type { EvidenceItem } from '@keystead/contracts/device-contract';
import type { Clock } from '@keystead/kernel/base';
import { type Db, inSubtrees, sql } from '@keystead/kernel/db';
import type { Catalogue, Language } from '@keystead/kernel/i18n';
import type { Sheet } from '@keystead/kernel/sheet';
import type { Models } from '../models.ts';
import { type Assessment, assess, type Judged } from './assessment.ts';
import { readGround } from './ground.ts';
import type { ContractFilter, ContractReport } from './schemas.ts';

interface Row {
  id: string;
  code: string;
  name: string;
  family: string;
  modelVersion: number;
  state: string;
  place: string;
  placeName: string | null;
  evidence: EvidenceItem[] | null;
  batteryYears: number | null;
}

/** Devices one report looks at. */
const most = 50_000;
const columns = [
  'code',
  'name',
  'deviceClass',
  'family',
  'siteName',
  'placeName',
  'climateZone',
  'batteryYears',
  'clause',
  'gap',
  'subject',
  'strength',
  'detail',
] as const;

/** Which device types and sites fall short of the device contract (H-6.*), with filters, as list and as sheet. */
export function createContractReport({
  db,
  clock,
  models,
  catalogue,
}: {
  db: Db;
  clock: Clock;
  models: Models;
  catalogue: Catalogue;
}) {
  async function devices(actor: Actor, filter: ContractFilter): Promise<{ found: Judged[]; truncated: boolean }> {
    const under = pathRange(filter.under ?? '');
    const families = filter.family?.split(',').map((family) => family.trim()) ?? null;
    const rows = await db.read(
      actor.scope,
      sql<Row>`
        select t.id, t.code, t.name, t.family, t.model_version as "modelVersion", t.state, t.place, p.name as "placeName",
          f.years as "batteryYears", e.papers as evidence
        from things.thing t
        left join places_pub.place p on p.id = t.place_id
        left join things.battery_forecast f on f.thing = t.number
        left join lateral (
          select json_agg(json_build_object('standard', standard, 'certificate', certificate, 'verifiedOn', verified_on,
            'validUntil', valid_until, 'record', record)) as papers from things.evidence where thing = t.number) e on true
        where ${inSubtrees(actor.scope, 't.place')} and t.state not in ('retired', 'scrapped')
          and (${families}::text[] is null or t.family = any(${families}::text[]))
          and (${filter.under ?? ''} = '' or (t.place >= ${under.lo} collate "C" and t.place < ${under.hi} collate "C"))
        order by t.code limit ${most + 1}`,
    );
    const ground = await readGround(db, actor.scope);
    const found: Judged[] = [];
    for (const { place, evidence, ...row } of rows.slice(0, most)) {
      const model = await models.of(actor.scope.organisation, row.family, row.modelVersion);
      const site = ground.siteOf(place);
      found.push({
        ...row,
        model,
        evidence: evidence ?? [],
        site: site ? { id: site.id, name: site.name } : null,
        climateZone: ground.zoneOf(place),
      });
    }
    return { found, truncated: rows.length > most };
  }

  async function assessed(actor: Actor, filter: ContractFilter): Promise<Assessment & { truncated: boolean }> {
    const { found, truncated } = await devices(actor, filter);
    return { ...assess(found, localDate(clock.now()), filter), truncated };
  }

  /** Devices that fall short come in pages by code; types and sites always count all of them. */
  async function report(
    actor: Actor,
    { limit = 50, cursor, ...filter }: ContractFilter & { limit?: number; cursor?: string } = {},
  ): Promise<ContractReport> {
    const { short, ...rest } = await assessed(actor, filter);
    const from = cursor === undefined ? 0 : short.findIndex(({ id }) => id === cursor) + 1;
    const items = short.slice(from, from + limit);
    const next = from + limit < short.length ? (items.at(-1)?.id ?? null) : null;
    return { ...rest, short: short.length, items, next };
  }

  /** One row a gap: with the field names for programs, or in the words of a language for people. */
  async function sheet(actor: Actor, filter: ContractFilter, language?: Language): Promise<Sheet> {
    const { short } = await assessed(actor, filter);
    const t = catalogue.in(language ?? 'zh-CN');
    return {
      name: t('thing.contract.sheet'),
      heads: language === undefined ? columns : columns.map((column) => t(`thing.contract.column.${column}`)),
      rows: short.flatMap(({ gaps, ...device }) =>
        gaps.map(({ clause, code, subject, strength, detail }) => [
          device.code,
          device.name,
          device.deviceClass,
          device.family,
          device.siteName,
          device.placeName,
          device.climateZone,
          device.batteryYears,
          clause,
          language === undefined ? code : t(`thing.contract.gap.${code}`),
          subject,
          strength,
          detail ?? '',
        ]),
      ),
    };
  }

  return { report, sheet };
}
