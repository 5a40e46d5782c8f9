import { climateZones, deviceClasses, EvidenceItemSchema, gapCodes } from '@keystead/contracts/device-contract';
import { type Static, Type } from 'typebox';
import { IdText, Nullable } from '../schemas.ts';

export const EvidenceListSchema = Type.Array(EvidenceItemSchema, { maxItems: 30 });

export const GapView = Type.Object({
  clause: Type.String(),
  code: Type.Enum(gapCodes),
  subject: Type.String(),
  strength: Type.Enum(['must', 'should']),
  detail: Type.Optional(Type.String()),
});

export const ContractFilterSchema = Type.Object({
  /** Path of a place: everything in its subtree. */
  under: Type.Optional(Type.String({ maxLength: 200 })),
  /** Families, comma-separated. */
  family: Type.Optional(Type.String({ maxLength: 500 })),
  deviceClass: Type.Optional(Type.Enum(deviceClasses)),
  clause: Type.Optional(Type.String({ maxLength: 20 })),
  code: Type.Optional(Type.Enum(gapCodes)),
  strength: Type.Optional(Type.Enum(['must', 'should'])),
});
export type ContractFilter = Static<typeof ContractFilterSchema>;

const Name = Type.Object({ zh: Type.String(), en: Type.String() });

/** One device that falls short. */
export const ShortThingView = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  family: Type.String(),
  modelVersion: Type.Integer(),
  deviceClass: Type.Enum(deviceClasses),
  state: Type.String(),
  placeName: Nullable(Type.String()),
  siteName: Nullable(Type.String()),
  climateZone: Nullable(Type.Enum(climateZones)),
  /** Forecast of one set of batteries. */
  batteryYears: Nullable(Type.Number()),
  gaps: Type.Array(GapView),
});
export type ShortThing = Static<typeof ShortThingView>;

export const ContractReportView = Type.Object({
  /** Devices that have a contract, and those of them that fall short. */
  things: Type.Integer(),
  short: Type.Integer(),
  /** Models in use whose promises fall short, whatever stands where. */
  types: Type.Array(
    Type.Object({
      family: Type.String(),
      version: Type.Integer(),
      name: Name,
      deviceClass: Type.Enum(deviceClasses),
      things: Type.Integer(),
      gaps: Type.Array(GapView),
    }),
  ),
  /** Sites with devices that fall short; null = devices that stand on no site. */
  sites: Type.Array(
    Type.Object({
      id: Nullable(IdText),
      name: Nullable(Type.String()),
      climateZone: Nullable(Type.Enum(climateZones)),
      things: Type.Integer(),
      short: Type.Integer(),
      must: Type.Integer(),
    }),
  ),
  items: Type.Array(ShortThingView),
  next: Nullable(Type.String()),
  /** More devices than one report looks at; narrow the question. */
  truncated: Type.Boolean(),
});
export type ContractReport = Static<typeof ContractReportView>;

export const CoverageView = Type.Object({
  /** Corridors and lift lobbies looked at. */
  places: Type.Integer(),
  gaps: Type.Array(
    Type.Object({ id: IdText, path: Type.String(), kind: Type.String(), code: Type.String(), name: Type.String() }),
  ),
});
export type Coverage = Static<typeof CoverageView>;
