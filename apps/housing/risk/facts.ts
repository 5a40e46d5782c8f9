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
  /** Square metres of the home; undefined when its file does not say. */
  readonly area?: number | undefined;
  /** Oldest first, the last is yesterday. */
  readonly days: readonly DayUse[];
}

export const emptyDay: DayUse = { entries: 0, night: 0, marks: [], trouble: 0 };

/** 1 gravest. */
export type Grade = 1 | 2 | 3 | 4;

/** A number of the policy as a judgement went by it: which rule, of which pack, and where it stands written. */
export interface PolicyNumber {
  readonly rule: string;
  readonly value: number;
  readonly source: string;
  readonly pack: string;
}

/** One fact that speaks for a warning, with what it was held against; `policy` where the limit is the policy's. */
export interface Reason {
  readonly fact: string;
  readonly value: number;
  readonly limit: number;
  readonly policy?: PolicyNumber;
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
export type Scorer = (facts: HomeFacts, rules: RiskRules, limits: HomeLimits) => Finding | undefined;

/** What the policy in force at a home says of its use. */
export interface HomeLimits {
  /** Months without a break after which a home counts as idle. */
  readonly idle: PolicyNumber;
  /** The same in days up to now, by the calendar: a third, two thirds, the whole. Grades 3, 2, 1. */
  readonly idleDays: readonly [number, number, number];
  /** Square metres for each person, at least. */
  readonly area: PolicyNumber;
}

/** How sensitive the judgement is; an organisation may set it. What a home may be used for is the policy's, and not here. Days unless told. */
export interface RiskRules {
  /** Litres and kWh a day that an empty home may use. */
  readonly stillWater: number;
  readonly stillElectricity: number;
  /** An empty home that uses more for so long. */
  readonly vacantUseDays: number;
  /** Credentials used but once or twice within thirty days. */
  readonly strangers: number;
  /** Troubles at the lock in seven days. */
  readonly lockTroubles: number;
  /** Overdue: grades 3, 2, 1. */
  readonly arrearsDays: readonly [number, number, number];
}

export const standardRules: RiskRules = {
  stillWater: 20,
  stillElectricity: 1.5,
  vacantUseDays: 3,
  strangers: 8,
  lockTroubles: 12,
  arrearsDays: [1, 30, 90],
};

/** Days of use that are kept where the policy asks for no more: the longest any other scorer looks back, and a little. */
export const keptDays = 200;
