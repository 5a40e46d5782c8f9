/** What passed at the door and through the meters of a home on one local day; no names, no times of day, no log. */
export interface DayUse {
  /** Openings from outside. */
  readonly entries: number;
  /** Of them between midnight and five. */
  readonly night: number;
  /** Keyed marks of the credentials used, each once: they tell credentials apart, and not whose they are. */
  readonly marks: readonly string[];
  /** Wrong codes, refusals, tampering. */
  readonly trouble: number;
  /** Litres and kWh; undefined where nothing measures. */
  readonly water?: number | undefined;
  readonly electricity?: number | undefined;
}

/** What is known of a home when it is judged. */
export interface HomeFacts {
  readonly leased: boolean;
  /** Days since the lease took effect; 0 without one. */
  readonly leasedDays: number;
  /** Who is named in the contract; undefined when nobody said. */
  readonly people?: number | undefined;
  /** Oldest first, the last is yesterday. */
  readonly days: readonly DayUse[];
}

export const emptyDay: DayUse = { entries: 0, night: 0, marks: [], trouble: 0 };

/** 1 gravest. */
export type Grade = 1 | 2 | 3 | 4;

/** One fact that speaks for a warning, with what it was held against. */
export interface Reason {
  readonly fact: string;
  readonly value: number;
  readonly limit: number;
}

export const warningKinds = ['idle', 'sublet', 'crowding', 'arrears', 'expiry', 'vacant-use', 'lock-anomaly'] as const;
export type WarningKind = (typeof warningKinds)[number];

/** What a scorer found. */
export interface Finding {
  readonly kind: WarningKind;
  readonly grade: Grade;
  /** 0–1: how much speaks for it. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** A pure judgement over facts; undefined when nothing speaks for a warning. */
export type Scorer = (facts: HomeFacts, rules: RiskRules) => Finding | undefined;

/** Numbers an organisation may set. Days unless told. */
export interface RiskRules {
  /** Nobody in and next to no use: grades 3, 2, 1. */
  readonly idleDays: readonly [number, number, number];
  /** Litres and kWh a day that an empty home may use. */
  readonly stillWater: number;
  readonly stillElectricity: number;
  /** An empty home that uses more for so long. */
  readonly vacantUseDays: number;
  /** Credentials used but once or twice within thirty days. */
  readonly strangers: number;
  /** Regular users beyond the contract. */
  readonly crowdBeyond: number;
  /** Troubles at the lock in seven days. */
  readonly lockTroubles: number;
  /** Overdue: grades 3, 2, 1. */
  readonly arrearsDays: readonly [number, number, number];
}

export const standardRules: RiskRules = {
  idleDays: [60, 120, 180],
  stillWater: 20,
  stillElectricity: 1.5,
  vacantUseDays: 3,
  strangers: 8,
  crowdBeyond: 2,
  lockTroubles: 12,
  arrearsDays: [1, 30, 90],
};

/** Days of use that are kept: the longest any scorer looks back, and a little. */
export const keptDays = 200;
