// Written by `npm run gen` from the API document; do not edit.
import type { Call, CallOptions } from './client.ts';

export type AlarmRulesCheckDraft = {
  name: {
    zh: string;
    en: string;
  };
  enabled: boolean;
  appliesTo: unknown;
  trigger: unknown;
  hold?: number;
  silence?: number;
  schedule?: unknown;
  zone?: string;
};

export type AlarmRulesCreateView = {
  id: string;
  family: string;
  definition: {
    name: {
      zh: string;
      en: string;
    };
    enabled: boolean;
    appliesTo: unknown;
    trigger: unknown;
    hold?: number;
    silence?: number;
    schedule?: unknown;
    zone?: string;
  };
  enabled: boolean;
  builtin: boolean;
  version: number;
  changedAt: string;
  changedBy: string;
};

export type AlarmsGroupingView = {
  enabled: boolean;
  window: number;
  settle: number;
  version: number;
};

export type AlarmsListView = {
  items: AlarmsStepView[];
  next: string | null;
};

export type AlarmsSilenceView = {
  id: string;
  place: string;
  rule: string | null;
  subject: string | null;
  since: string;
  until: string;
  reason: string;
  by: string;
};

export type AlarmsStepDraftStep = 'acknowledge' | 'handle' | 'resolve' | 'review' | 'close' | 'reopen';

export type AlarmsStepView = {
  id: string;
  place: string;
  rule: string;
  subject: {
    kind: string;
    id: string;
    code: string;
    name: string;
  };
  title: {
    zh: string;
    en: string;
  };
  severity: number;
  worstSeverity: number;
  transferLevel: number;
  condition: string;
  handling: string;
  suppressed: boolean;
  escalated: boolean;
  falsePositive: boolean;
  occurrences: number;
  readings: Record<string, unknown>;
  firstEventTime: string;
  lastEventTime: string;
  raisedAt: string;
  acknowledgedAt: string | null;
  handlingAt: string | null;
  clearedAt: string | null;
  resolvedAt: string | null;
  reviewedAt: string | null;
  closedAt: string | null;
  handler: {
    id: string;
    name: string;
  } | null;
  group?: {
    id: string;
    lead: string;
    kind: 'dependency' | 'symptom';
    role: 'lead' | 'member' | 'beside';
    active: number;
    worst: number;
  };
  members?: number;
  steps: string[];
  version: number;
};

export type AllocationDrawView = {
  id: string;
  code: string;
  name: string;
  placeName: string | null;
  ranking: 'queue' | 'score' | 'lottery';
  state: 'draft' | 'open' | 'committed' | 'choosing' | 'closed';
  houses: number;
  taken: number;
  intents: number;
  madeAt: string;
  intentUntil: string;
  choosingFrom: string | null;
  slotMinutes: number;
  committedAt: string | null;
  listHash: string | null;
  seedHash: string | null;
  drawnAt: string | null;
  version: number;
};

export type AllocationEnterView = {
  id: string;
  code: string;
  household: string;
  category: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
  priority: number;
  score: number;
  since: string;
  until: string;
  state: 'waiting' | 'choosing' | 'allocated' | 'expired' | 'cancelled';
  declines: number;
  endedBy: string | null;
  version: number;
};

export type AllocationPassView = {
  plan: string;
  entry: string;
  code: string;
  household: string;
  rank: number | null;
  slotFrom: string | null;
  passedAt: string | null;
  state: 'intended' | 'chosen' | 'declined' | 'ended';
  house: string | null;
  process: string | null;
};

export type AllocationPlansView = AllocationDrawView[];

export type BillsLinesView = {
  id: string;
  bill: string;
  agreement: string;
  subject: string;
  period: string;
  dueOn: string;
  amount: number;
  settled: number;
  waived: number;
  reversed: boolean;
  detail: Record<string, unknown>;
}[];

export type BillsRunView = {
  id: string;
  period: string;
  state: 'running' | 'done' | 'stopped';
  total: number;
  passed: number;
  bills: number;
  lines: number;
  amount: number;
  startedAt: string;
  progressAt: string;
  finishedAt: string | null;
  actorName: string;
};

export type BillsSchedulesView = ({
  report: string;
  name: {
    zh: string;
    en: string;
  };
  enabled: boolean;
  day: number;
  hour: number;
  formats: string[];
  receivers: string[];
  offered: string[];
  next: string | null;
  last: {
    month: string;
    at: string;
    receivers: number;
    sent: number;
    failed: number;
  } | null;
})[];

export type BillsSetScheduleDraft = {
  enabled: boolean;
  day: number;
  hour: number;
  formats: string[];
  receivers: string[];
};

export type CaseCalendarsSetDraft = {
  zone: string;
  hours: LinkagesCreateDraftHoursWeeklyItem[];
  holidays: string[];
  workdays: string[];
};

export type CaseRulesAddDraft = {
  position: number;
  name: string;
  source: 'alarm' | 'offline';
  conditions: {
    severityUpTo?: number;
    rules?: string[];
    notRules?: string[];
    subjectKinds?: string[];
    families?: string[];
  };
  kind: string;
  delay: number;
  enabled: boolean;
};

export type CasesGetView = {
  id: string;
  code: string;
  kind: string;
  state: 'new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled';
  title: string;
  description: string;
  category?: string;
  place: string;
  placeId?: string;
  impact: 1 | 2 | 3;
  urgency: 1 | 2 | 3;
  priority: 1 | 2 | 3 | 4;
  source: string;
  requester?: string;
  requesterName?: string;
  assignee?: string;
  assigneeName?: string;
  team?: string;
  waitingFor?: string;
  outcome?: string;
  rating?: number;
  ratingNote?: string;
  openedAt: string;
  acceptedAt?: string;
  doneAt?: string;
  endedAt?: string;
  reopened: number;
  changedAt: string;
  version: number;
  form: Record<string, unknown>;
  steps: ('triage' | 'assign' | 'accept' | 'decline' | 'start' | 'wait' | 'resume' | 'finish' | 'confirm' | 'reject' | 'close' | 'reopen' | 'cancel' | 'recover')[];
  clocks: {
    name: string;
    target: number;
    calendar: string;
    spent: number;
    running: boolean;
    stoppedAt?: string;
    warnAt?: string;
    dueAt?: string;
    warnedAt?: string;
    breachedAt?: string;
  }[];
  subjects: {
    kind: string;
    id: string;
    label: string;
  }[];
  history: {
    number: number;
    at: string;
    actor: string;
    actorName: string;
    actorKind: string;
    step: string;
    from: string;
    to: string;
    reason?: string;
  }[];
  items: {
    id: string;
    text: string;
    required: boolean;
    doneAt?: string;
    doneBy?: string;
    note?: string;
  }[];
  comments: {
    id: string;
    at: string;
    actor: string;
    actorName: string;
    internal: boolean;
    text: string;
  }[];
  evidence: {
    id: string;
    record: string;
    kind: string;
    note?: string;
    sha256?: string;
    takenAt?: string;
    longitude?: number;
    latitude?: number;
    device?: string;
    at: string;
    actorName: string;
  }[];
  costs: {
    id: string;
    kind: string;
    text: string;
    part?: string;
    quantity: number;
    unitPrice: number;
    amount: number;
    minutes?: number;
    at: string;
    actorName: string;
  }[];
  cost: number;
  links: {
    relation: string;
    targetKind: string;
    target: string;
    code?: string;
    title?: string;
    at: string;
  }[];
};

export type CasesWaitDraft = {
  reason?: string;
  note?: string;
  assignee?: string;
  team?: string;
  waitingFor?: string;
  impact?: 1 | 2 | 3;
  urgency?: 1 | 2 | 3;
};

export type CodecsCreateDraftSamplesItem = {
  way: 'up';
  name: string;
  hex: string;
  fPort?: number;
  recvTime?: number;
  variables?: Record<string, unknown>;
  expected: Record<string, unknown>;
} | {
  way: 'down';
  name: string;
  method: string;
  params?: unknown;
  request?: number;
  device?: string;
  variables?: Record<string, unknown>;
  expected: Record<string, unknown>;
};

export type CodecsFramesViewCodecUp = {
  made: Record<string, unknown>;
} | {
  refused: string;
  detail?: string;
};

export type CodecsTrialDraftSamples = CodecsCreateDraftSamplesItem[];

export type CodecsWriteView = {
  id: string;
  name: string;
  title: string;
  latest: number;
  published: number | null;
  changedAt: string;
  changedBy: string;
};

export type CommandsBatchDraftTargets = {
  things?: string[];
  query?: {
    family?: string;
    under?: string;
    text?: string;
  };
};

export type CommandsCancelDraft = {
  note?: string;
  window?: {
    from?: string;
    until: string;
  };
};

export type CommandsGetView = {
  id: string;
  number: number;
  thing: string;
  thingCode: string;
  thingName: string;
  place: string;
  family: string;
  kind: 'service' | 'desired';
  method: string;
  methodName: {
    zh: string;
    en: string;
  };
  input: unknown;
  before: unknown;
  risk: 'read' | 'normal' | 'dangerous' | 'vital';
  urgent: boolean;
  origin: 'person' | 'key' | 'rule' | 'scene' | 'plan' | 'model';
  originId?: string;
  requester: string;
  requesterName: string;
  reason: string;
  group?: string;
  state: 'drafted' | 'awaiting-approval' | 'approved' | 'queued' | 'sent' | 'acknowledged' | 'verified' | 'refused' | 'expired' | 'failed' | 'cancelled';
  failure?: string;
  reply: unknown;
  wanted?: unknown;
  approver?: string;
  approverName?: string;
  approvalNote?: string;
  windowFrom?: string;
  windowUntil?: string;
  createdAt: string;
  approvedAt?: string;
  queuedAt?: string;
  deadline?: string;
  sentAt?: string;
  sends: number;
  acknowledgedAt?: string;
  seenAt?: string;
  endedAt?: string;
};

export type ContractsCheckView = {
  /** intact, altered or none */
  seal: string;
  sameFile: boolean;
  sameCertificate: boolean;
  evidence: boolean;
  signatures: boolean;
  holds: boolean;
};

export type ContractsGetView = {
  agreement: string;
  version: number;
  digest: string;
  templateKind: string;
  templateNumber: number;
  contract: string;
  evidence: string;
  sha256: string;
  evidenceSha256: string;
  certificate: string;
  at: string;
};

export type ContractsWriteTemplateDraftClauses = {
  heading: string;
  text: string;
}[];

export type DialsGetView = {
  id: string;
  thing: string;
  thingCode: string;
  thingName: string;
  property: string;
  propertyName: {
    zh: string;
    en: string;
  };
  unit: string;
  photo: string;
  takenAt: string;
  dial: string;
  firstDial: string | null;
  register: number | null;
  registerTime: string | null;
  lastPlaces: number | null;
  state: 'waiting' | 'agrees' | 'confirmed' | 'corrected' | 'unreadable';
  actorName: string;
  recordedAt: string;
  own: boolean;
  note: string | null;
  reviewerName: string | null;
  reviewedAt: string | null;
};

export type DoorKeysGetView = {
  id: string;
  house: string;
  household: string;
  holder: string;
  holderName: string;
  kind: 'card' | 'pin' | 'face' | 'fingerprint' | 'qr' | 'ble' | 'mechanical';
  pattern: 'lasting' | 'period' | 'once' | 'cyclic';
  label: string;
  state: 'issuing' | 'working' | 'frozen' | 'resting' | 'ended';
  validFrom: string | null;
  validUntil: string | null;
  uses: number | null;
  used: number;
  weekly: {
    days: number[];
    from: number;
    to: number;
  } | null;
  issuedAt: string;
  issuedBy: string;
  frozenAt: string | null;
  frozenFor: string | null;
  endedAt: string | null;
  endedFor: 'revoked' | 'lease' | 'consent' | 'expired' | 'used-up' | null;
  locks: ({
    thing: string;
    thingCode: string;
    gate: boolean;
    wanted: 'valid' | 'rests' | 'gone';
    from: string | null;
    until: string | null;
    confirmed: boolean;
    confirmedAt: string | null;
    failure: string | null;
  })[];
};

export type DoorKeysUsesView = ({
  thing: string;
  thingCode: string;
  seq: number;
  at: string;
  received: string;
  event: string;
  direction: 'in' | 'out' | null;
  means: string | null;
  reason: string | null;
  key: string | null;
  kind: string | null;
  label: string | null;
  holderName: string | null;
})[];

export type EligibilityImposeView = {
  id: string;
  code: string;
  household: string;
  hearing: string | null;
  hearingCode: string | null;
  ground: 'fraud' | 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle' | 'violation';
  reason: string;
  lease: string | null;
  state: 'imposed' | 'appealed' | 'upheld' | 'lifted';
  policy: string;
  barredUntil: string;
  /** In fen; charged once nobody can appeal any more */
  fine: number;
  appealUntil: string;
  answerBy: string | null;
  appealReason: string | null;
  answer: string | null;
  finalAt: string | null;
  imposedAt: string;
  imposedByName: string;
  version: number;
};

export type EligibilityOpenView = {
  id: string;
  code: string;
  household: string;
  kind: 'initial' | 'pre-allocation' | 'annual' | 'renewal' | 'change' | 'spot';
  category: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
  state: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn';
  area: number;
  policy: string | null;
  because: string[];
  reason: string | null;
  publicityUntil: string | null;
  appealUntil: string | null;
  dueAt: string | null;
  duePolicy: string | null;
  lease: string | null;
  openedAt: string;
  endedAt: string | null;
  version: number;
};

export type EligibilitySetSourceDraft = {
  url: string;
  secret: string;
};

export type EligibilityStandingView = {
  household: string;
  status: 'valid' | 'suspended' | 'invalid' | 'barred';
  validUntil: string | null;
  lostAt: string | null;
  moveOutBy: string | null;
  appealBy: string | null;
  barredUntil: string | null;
} | null;

export type EligibilityStepDraftStep = 'submit' | 'ask-supplement' | 'accept' | 'forward' | 'pass' | 'approve' | 'publish' | 'refuse' | 'object' | 'dismiss-objection' | 'uphold-objection' | 'close-publicity' | 'appeal' | 'grant-appeal' | 'refuse-appeal' | 'withdraw' | 'lapse' | 'bar';

export type ExitsAcceptViewInspectionCase1Usages = ({
  subject: string;
  begin: number;
  end: number;
  /** Whether the meter itself said so */
  source: 'typed' | 'telemetry';
})[];

export type ExitsGetViewInspection = {
  lastDay: string;
  usages: ExitsAcceptViewInspectionCase1Usages;
  damages: {
    text: string;
    amount: number;
  }[];
  photos: string[];
  note: string;
} | null;

export type ExitsGetViewSettlement = {
  lines: {
    subject: string;
    period: string;
    amount: number;
    settled: number;
    /** Rent of days beyond the one to leave by */
    transition: boolean;
  }[];
  transition: {
    from: string;
    market: number;
    percent: number;
    rent: number;
    policy: string;
    to: string;
    charged: number;
  } | null;
  prepaid: number;
  damages: number;
  deposit: number;
  refunded: number;
  owed: number;
  channel: string;
} | null;

export type ExitsMetersViewItemBegin = {
  value: number;
  rule: 'billed' | 'handover' | 'exact' | 'between' | 'carried' | 'following' | 'continued' | 'estimated';
} | null;

export type ExitsMetersViewItemEnd = {
  value: number;
  rule: 'exact' | 'between' | 'carried' | 'following' | 'continued' | 'estimated';
} | null;

export type ExitsOpenView = {
  id: string;
  code: string;
  household: string;
  householdName: string;
  lease: string;
  leaseCode: string;
  house: string;
  kind: 'voluntary' | 'expiry' | 'transfer' | 'ineligible' | 'acquired' | 'relocation' | 'death' | 'arrears' | 'violation' | 'fraud';
  state: 'initiated' | 'accepted' | 'inspected' | 'settled' | 'handed-over' | 'reported' | 'cancelled';
  reason: string;
  source: 'tenant' | 'staff' | 'platform';
  ground: 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle' | null;
  finding: string | null;
  policy: string | null;
  leaveBy: string;
  openedAt: string;
  inspectBy: string;
  settleBy: string;
  depositBy: string;
  endedAt: string | null;
  inspection: ExitsGetViewInspection;
  settlement: ExitsGetViewSettlement;
  handover: string | null;
  escalated: string | null;
  ack: string | null;
  ackedAt: string | null;
  confirmedAt: string | null;
  version: number;
};

export type FeesAddSubjectView = {
  code: string;
  nameZh: string;
  nameEn: string;
  fund: 'income' | 'deposit';
  rank: number;
  unit: string | null;
  retired: boolean;
  version: number;
};

export type FeesAddTariffView = {
  subject: string;
  effectiveOn: string;
  steps: ({
    /** Thousandths of the unit; null = without end */
    upTo: number | null;
    /** Ten-thousandths of yuan a unit */
    price: number;
  })[];
  basis: string;
  id: string;
  at: string;
  actorName: string;
};

export type FeesRulesView = {
  dueDay: number;
  lateGrace: number;
  latePermyriad: number;
  version: number;
};

export type FirmwareAddPackageView = {
  id: string;
  title: string;
  version: string;
  models: string[];
  size: number;
  hash: string;
  signer: string;
  signerName: string;
  algorithm: 'ed25519' | 'sm2';
  trusted: boolean;
  note: string;
  madeAt: string;
  madeBy: string;
  withdrawnAt: string | null;
};

export type FirmwareBeginDraftAudience = {
  models?: string[];
  under?: string;
  labels?: Record<string, string>;
  things?: string[];
  versions?: string[];
};

export type FirmwareBeginDraftPlan = {
  waves: ({
    devices: number;
  } | {
    percent: number;
  })[];
  window?: {
    from: string;
    until: string;
    weekdays?: number[];
    zone: string;
  };
  parallel: number;
  failures: number;
  soak: number;
  patience: {
    offer: number;
    download: number;
    apply: number;
  };
};

export type FirmwareBeginView = {
  id: string;
  name: string;
  package: string;
  rollbackOf: string | null;
  dangers: ('life-safety' | 'dangerous-services' | 'edge-agents' | 'many-devices')[];
  reason: string;
  state: 'awaiting-approval' | 'running' | 'paused' | 'completed' | 'cancelled' | 'refused';
  pauseReason: string | null;
  wave: number;
  waves: number;
  requester: string;
  requesterName: string;
  approverName: string | null;
  approvalNote: string | null;
  createdAt: string;
  approvedAt: string | null;
  endedAt: string | null;
};

export type FirmwareCampaignViewCounts = ({
  wave: number;
  state: 'pending' | 'offered' | 'downloading' | 'downloaded' | 'verified' | 'applying' | 'succeeded' | 'failed' | 'rolled-back' | 'skipped';
  count: number;
})[];

export type FirmwareTrustView = {
  id: string;
  name: string;
  algorithm: 'ed25519' | 'sm2';
  publicKey: string;
  fingerprint: string;
  madeAt: string;
  madeBy: string;
};

export type FleetGetView = {
  id: string;
  code: string;
  name: string;
  placeId: string | null;
  placeName: string | null;
  online: 'unknown' | 'online' | 'offline';
  connected: boolean;
  lastHeard: string | null;
  wanted: number;
  configuration: 'none' | 'waiting' | 'applied' | 'refused';
  status?: {
    version: string;
    configuration: {
      version: number;
      state: 'none' | 'applied' | 'refused';
      refused?: number;
      errors: {
        pointer: string;
        code: string;
        detail?: string;
      }[];
    };
    kinds: string[];
    load: {
      cpu: number;
      memory: number;
      disk: number;
      backlog: number[];
      hoursLeft?: number;
    };
    log: string;
    heads: number[];
    started: string;
  };
  statusAt?: string;
};

export type HouseholdsChangeViewChange = {
  id: string;
  household: string;
  householdCode: string;
  party: string;
  kind: 'income' | 'members' | 'housing';
  state: 'submitted' | 'approved' | 'refused' | 'withdrawn';
  evidence: string[];
  note: string;
  caseId: string;
  caseCode: string;
  submittedAt: string;
  decidedAt: string | null;
  reason: string | null;
  version: number;
};

export type HouseholdsGetView = {
  id: string;
  code: string;
  tags: string[];
  openedBy: 'register' | 'application' | 'check-in';
  openedAt: string;
  party: PartiesAddView;
  members: ({
    person: string;
    name: string;
    relation: string;
    from: string;
    until: string | null;
    fields: HouseholdsGetViewPartyFields;
  })[];
  documents: {
    id: string;
    name: string;
    size: number;
    createdAt: string;
  }[];
  marks: HouseholdsMarksView;
  parts: Record<string, {
      id: string;
      title: string;
      kind?: string;
      state: string;
      at: string;
      fen?: number;
    }[]>;
};

export type HouseholdsGetViewPartyFields = ({
  field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  slot: string;
  masked: string;
  source: string;
  recordedAt: string;
})[];

export type HouseholdsMarkView = {
  id: string;
  household: string;
  person: string;
  kind: 'very-old' | 'seriously-ill' | 'severely-disabled';
  source: string;
  evidence: string | null;
  validFrom: string;
  validTo: string | null;
};

export type HouseholdsMarksView = HouseholdsMarkView[];

export type HouseholdsRevealChangeViewFieldsItem = {
  field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  slot?: string;
  value: string;
};

export type HouseholdsSubmitChangeDraft = {
  kind: 'income' | 'members' | 'housing';
  person?: string;
  change: {
    fields?: HouseholdsSubmitChangeDraftChangeFields;
    join?: PartiesAddMemberDraftCase1[];
    leave?: {
      person: string;
      until: string;
    }[];
  };
  evidence: string[];
  note?: string;
};

export type HouseholdsSubmitChangeDraftChangeFields = OwnPrivacyAskDraftFieldsItem[];

export type HousesAsOfViewEditionCase1 = {
  number: number;
  at: string;
  actorName: string;
  groups: string[];
  dossier: HousesOpenDraftDossier;
  facts: {
    name: string;
    tags: string[];
    attributes: Record<string, unknown>;
  };
};

export type HousesAsOfViewStatusCase1 = {
  number: number;
  at: string;
  recordedAt: string;
  step: string;
  from: string;
  to: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
  repairing: boolean;
  actor: string;
  actorName: string;
  reason: string | null;
  lease: string | null;
  handover: string | null;
};

export type HousesGetView = {
  id: string;
  place: string;
  code: string;
  name: string;
  tags: string[];
  state: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
  since: string;
  vacantSince: string | null;
  reservedUntil: string | null;
  repairing: boolean;
  lease: string | null;
  completeness: number;
  version: number;
  attributes: Record<string, unknown>;
  dossier: HousesOpenDraftDossier;
  missing: string[];
  groups: Record<string, {
      filled: number;
      required: number;
    }>;
  steps: ({
    step: 'deliver' | 'release' | 'withdraw' | 'reserve' | 'lapse' | 'sign' | 'unsign' | 'move-in' | 'follow' | 'start-leaving' | 'stay' | 'vacate' | 'start-repair' | 'end-repair' | 'disable' | 'enable';
    needs: string[];
  })[];
};

export type HousesOpenDraftDossier = {
  location?: {
    address?: string;
    postcode?: string;
    community?: string;
  };
  building?: {
    structure?: string;
    builtYear?: number;
    decoration?: string;
    facilities?: string[];
  };
  ownership?: {
    owner?: string;
    kind?: 'government' | 'state-owned' | 'enterprise' | 'leased-in' | 'other';
    certificateNumber?: string;
    unitNumber?: string;
    acquiredOn?: string;
  };
  lease?: {
    rentStandard?: number;
    marketRent?: number;
    deposit?: number;
    quota?: number;
  };
  management?: {
    operator?: string;
    propertyCompany?: string;
    contact?: string;
    contactPhone?: string;
    remark?: string;
  };
};

export type HousesWholeViewAlarms = {
  id: string;
  title: {
    zh: string;
    en: string;
  };
  severity: number;
  condition: string;
  handling: string;
  raisedAt: string;
  subject: {
    kind: string;
    id: string;
    code: string;
    name: string;
  };
}[];

export type HousesWholeViewDevices = ({
  id: string;
  code: string;
  name: string;
  family: string;
  online: string;
  lastHeard: string | null;
  values: Record<string, unknown>;
  alarms: number;
})[];

export type JournalGetView = {
  id: string;
  at: string;
  kind: 'operation' | 'access' | 'device' | 'system';
  actor: {
    kind: string;
    id: string;
    name: string;
  };
  from: string;
  action: string;
  subject: string;
  outcome: 'done' | 'refused' | 'failed';
  purpose: string;
  place: string;
  detail: Record<string, unknown> | null;
  seq: number | null;
  hash: string | null;
};

export type JournalVerifyView = {
  id: string;
  startedAt: string;
  state: 'running' | 'done' | 'failed';
  done: number;
  total: number;
  report: {
    ok: boolean;
    lines: number;
    first: number | null;
    last: number | null;
    unsealed: number;
    unsealedSince: string | null;
    anchorsAgreed: number;
    rootsAgreed: number;
    restores: {
      at: string;
      through: number;
    }[];
    pruned: {
      through: number;
      on: string;
    } | null;
    faults: {
      kind: string;
      seq?: number;
      at?: string;
    }[];
    faultCount: number;
    seconds: number;
  } | null;
};

export type KeysCreateViewKey = {
  id: string;
  name: string;
  owner: {
    id: string;
    name: string;
  };
  permissions: string[] | null;
  reach: 'organisation' | 'places';
  places: {
    id: string;
    path: string;
  }[];
  perMinute: number;
  expiresAt: string | null;
  lastUsedAt: string | null;
  madeAt: string;
};

export type LeasesCreateDraftFees = {
  subject: string;
  basis: LeasesSetFeeDraftBasisCase1;
}[];

export type LeasesGetViewFees = ({
  subject: string;
  basis: Record<string, unknown>;
  startsOn: string;
  endsOn: string | null;
})[];

export type LeasesSetFeeDraftBasisCase1 = {
  kind: 'fixed';
  amount: number;
  months?: number;
  discount?: number;
} | {
  kind: 'metered';
  discount?: number;
} | {
  kind: 'once';
  amount: number;
};

export type LeasesSignView = {
  id: string;
  code: string;
  title: string;
  house: string;
  state: string;
  startsOn: string;
  endsOn: string;
  replaces: string | null;
  version: number;
  parties: {
    role: string;
    party: string;
    name: string;
  }[];
};

export type LedgerCloseView = {
  period: string;
  at: string;
  actorName: string;
  vouchers: number;
  amount: number;
  digest: string;
};

export type LinkagesCreateDraft = {
  name: string;
  place: string;
  enabled: boolean;
  trigger: {
    kind: 'alarm';
    rule?: string;
    change: 'raised' | 'escalated' | 'cleared';
    severity?: number;
    thing?: string;
  } | {
    kind: 'event';
    family: string;
    event: string;
    thing?: string;
  };
  hours?: {
    zone: string;
    weekly: LinkagesCreateViewHoursWeekly;
  };
  action: {
    kind: 'scene';
    scene: string;
  } | {
    kind: 'command';
    thing?: string;
    service: string;
    input?: Record<string, unknown>;
    carry?: Record<string, string>;
  };
  perMinute: number;
};

export type LinkagesCreateDraftHoursWeeklyItem = {
  weekdays: number[];
  from: string;
  to: string;
};

export type LinkagesCreateView = {
  id: string;
  name: string;
  place: string;
  enabled: boolean;
  trigger: {
    kind: 'alarm';
    rule?: string;
    change: 'raised' | 'escalated' | 'cleared';
    severity?: number;
    thing?: string;
  } | {
    kind: 'event';
    family: string;
    event: string;
    thing?: string;
  };
  hours?: {
    zone: string;
    weekly: LinkagesCreateViewHoursWeekly;
  };
  action: {
    kind: 'scene';
    scene: string;
  } | {
    kind: 'command';
    thing?: string;
    service: string;
    input?: Record<string, unknown>;
    carry?: Record<string, string>;
  };
  perMinute: number;
  suppressed: number;
  lastSuppressedAt?: string;
  version: number;
  changedAt: string;
  changedBy: string;
};

export type LinkagesCreateViewHoursWeekly = LinkagesCreateDraftHoursWeeklyItem[];

export type MaintenanceWriteView = {
  id: string;
  caseId: string;
  caseCode: string;
  subject: string;
  at: string;
  content: string;
  problems: string;
  actions: string;
  signature: string;
  signatureHash: string;
  actorName: string;
  recordedAt: string;
  holds: boolean;
};

export type MeasuresFigureView = {
  measure: string;
  version: number;
  day: string;
  at: string;
  frozen: boolean;
  value: number | null;
  num: number;
  den: number;
  rows: number;
};

export type MeasuresFiguresView = MeasuresFigureView[];

export type ModelsGetView = ModelsGetViewItem[];

export type ModelsGetViewItem = {
  family: string;
  version: number;
  name: {
    zh: string;
    en: string;
  };
  category: ModelsGetViewItemCategory;
  authentication: 'certificate' | 'secret' | 'gateway';
  interval: number;
  grace: number;
  properties: ({
    id: string;
    key: number;
    name: {
      zh: string;
      en: string;
    };
    type: ModelsGetViewItemPropertiesItemType;
    unit?: string;
    min?: number;
    max?: number;
    resolution?: number;
    maxRate?: number;
    maxStill?: number;
    cumulative?: boolean;
    values?: ModelsGetViewItemPropertiesItemValues;
    access: 'r' | 'w' | 'rw';
    autonomy?: 'disables';
    transferLevel: 1 | 2 | 3;
    storeLevel: 1 | 2 | 3;
  })[];
  events: ModelsGetViewItemEvents;
  services: ModelsGetViewItemServices;
  capabilities?: ModelsGetViewItemCapabilities;
};

export type ModelsGetViewItemCapabilities = {
  cacheHours?: number;
  batteryYears?: number;
  temperature?: {
    min: number;
    max: number;
  };
  freezeDays?: number;
  lockLogDays?: number;
  emergencyOpening?: ('password' | 'mechanical-key' | 'card' | 'external-power')[];
  bearers?: {
    near: ('ble' | 'nfc' | 'zigbee' | 'nearlink' | 'infrared' | 'rs-485')[];
    remote: ('nb-iot' | 'lora' | 'wifi' | 'cellular' | 'ethernet')[];
  };
  localAlarm?: boolean;
  digitised?: boolean;
  ota?: boolean;
  certificateForm?: 'gm-t-0014' | 'x509';
  standards?: string[];
};

export type ModelsGetViewItemCategory = {
  function: string;
  domain: string;
  specification: string;
};

export type ModelsGetViewItemEvents = ({
  id: string;
  name: {
    zh: string;
    en: string;
  };
  severity?: 1 | 2 | 3 | 4;
  transferLevel: 1 | 2 | 3;
  storeLevel: 1 | 2 | 3;
})[];

export type ModelsGetViewItemPropertiesItemType = 'number' | 'integer' | 'boolean' | 'enum' | 'string' | 'json';

export type ModelsGetViewItemPropertiesItemValues = ({
  value: string | number;
  name: {
    zh: string;
    en: string;
  };
})[];

export type ModelsGetViewItemServices = ({
  id: string;
  name: {
    zh: string;
    en: string;
  };
  input?: Record<string, unknown>;
  risk: 'read' | 'normal' | 'dangerous' | 'vital';
  deadline: number;
  readBack?: {
    property: string;
    from?: string;
    value?: string | number | boolean;
    tolerance?: number;
    within: number;
  };
  urgent?: boolean;
  repeatable?: boolean;
  level?: 1 | 2 | 3;
  approval?: 'second-person' | 'none';
  record?: 'calibration';
  autonomy?: 'disables';
})[];

export type MoveInsBeginView = {
  id: string;
  code: string;
  household: string;
  householdName: string;
  house: string;
  plan: string | null;
  state: 'allocated' | 'contract' | 'checked-in' | 'cancelled';
  lease: string | null;
  openedAt: string;
  contractAt: string | null;
  checkedInAt: string | null;
  appointmentAt: string | null;
  version: number;
};

export type MoveInsCheckInDraft = {
  readings: Record<string, number>;
  furniture: {
    item: string;
    count: number;
    condition: string;
  }[];
  photos: string[];
};

export type MoveInsGetView = {
  process: MoveInsBeginView;
  history: ({
    at: string;
    state: 'allocated' | 'contract' | 'checked-in' | 'cancelled';
    actorName: string;
    reason: string | null;
  })[];
  lease: {
    id: string;
    code: string;
    title: string;
    state: string;
    startsOn: string;
    endsOn: string;
  } | null;
  digest: string | null;
  handover: {
    id: string;
    at: string;
    actorName: string;
    readings: Record<string, number>;
    furniture: {
      item: string;
      count: number;
      condition: string;
    }[];
    photos: string[];
  } | null;
};

export type NoticesDraftDraft = {
  place: string | null;
  kind: 'service' | 'policy' | 'bill';
  title: string;
  text: string;
  audience: {
    states: ('signed' | 'effective' | 'expiring' | 'holdover')[];
    fees: 'any' | 'nothing-due' | 'owing' | 'late';
  };
};

export type NoticesGetView = {
  id: string;
  place: string | null;
  kind: string;
  title: string;
  text: string;
  audience: {
    states: ('signed' | 'effective' | 'expiring' | 'holdover')[];
    fees: 'any' | 'nothing-due' | 'owing' | 'late';
  };
  state: string;
  told: number | null;
  sent: number;
  failed: number;
  /** Tenants who opened it in the app */
  read: number;
  version: number;
  madeAt: string;
  actorName: string;
  publishedAt: string | null;
};

export type NotifyChannelsAddDraft = {
  kind: 'mail';
  settings: {
    host: string;
    port: number;
    security: 'tls' | 'starttls' | 'none';
    user?: string;
    from: string;
  };
  name: string;
  enabled: boolean;
  secret?: string | null;
} | {
  kind: 'sms';
  settings: {
    provider: 'log';
  } | {
    provider: 'http';
    url: string;
    sign?: string;
    template?: string;
  };
  name: string;
  enabled: boolean;
  secret?: string | null;
} | {
  kind: 'webhook';
  settings: {
    url: string;
  };
  name: string;
  enabled: boolean;
  secret?: string | null;
};

export type NotifyRulesAddDraft = {
  name: string;
  enabled: boolean;
  definition: NotifyRulesAddDraftDefinition;
};

export type NotifyRulesAddDraftDefinition = {
  triggers: NotifyRulesAddDraftDefinitionTriggers;
  severity: {
    from: 1 | 2 | 3 | 4;
    to: 1 | 2 | 3 | 4;
  };
  place: string;
  audience: {
    users: string[];
    roles: string[];
    permission?: string;
    assignee: boolean;
  };
  channels: ('in-app' | 'mail' | 'sms')[];
  webhooks: string[];
  quiet?: {
    from: string;
    to: string;
    zone?: string;
  };
  throttle?: {
    seconds: number;
    per: 'subject' | 'rule';
  };
};

export type NotifyRulesAddDraftDefinitionTriggers = ('alarm.raised' | 'alarm.escalated' | 'case.assigned' | 'case.warning' | 'case.overdue' | 'thing.offline' | 'device.fault' | 'maintenance.due' | 'refund.held' | 'job.troubled' | 'system.troubled')[];

export type OrganisationsOwnView = {
  id: string;
  kind: 'operating-body' | 'technical-provider' | 'supervising-authority';
  name: string;
  secondFactor: 'required' | 'waived-while-loopback';
  idleMinutes: number;
  absoluteMinutes: number;
  version: number;
};

export type OwnBillsOrderView = {
  id: string;
  number: string;
  /** Fen */
  amount: number;
  state: string;
  pay?: {
    kind: string;
    text: string;
  };
};

export type OwnDataConsentDraft = {
  purposes: ('eligibility-check' | 'biometric-key' | 'special-care' | 'inactivity-watch' | 'data-sharing')[];
  wording: string;
};

export type OwnDataConsentView = ({
  id: string;
  purpose: 'eligibility-check' | 'biometric-key' | 'special-care' | 'inactivity-watch' | 'data-sharing';
  separate: boolean;
  wording: string;
  givenAt: string;
  withdrawnAt: string | null;
})[];

export type OwnDataLooksView = {
  at: string;
  by: string;
  action: string;
  reason: string;
  fields: string[];
}[];

export type OwnDoorKeysListView = DoorKeysGetView[];

export type OwnEligibilityAppealSanctionView = {
  id: string;
  code: string;
  household: string;
  hearing: string | null;
  hearingCode: string | null;
  ground: 'fraud' | 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle' | 'violation';
  reason: string;
  lease: string | null;
  state: 'imposed' | 'appealed' | 'upheld' | 'lifted';
  policy: string;
  barredUntil: string;
  /** In fen; charged once nobody can appeal any more */
  fine: number;
  appealUntil: string;
  answerBy: string | null;
  appealReason: string | null;
  answer: string | null;
  finalAt: string | null;
  imposedAt: string;
  version: number;
};

export type OwnHomeGetViewHomeCase1 = {
  id: string;
  code: string;
  state: string;
  house: string;
  houseName: string;
  startsOn: string;
  endsOn: string;
};

export type OwnHouseholdChangesView = HouseholdsChangeViewChange[];

export type OwnLeasesListView = OwnHomeGetViewHomeCase1[];

export type OwnPrivacyAskDraftFieldsItem = {
  field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  slot?: string;
  value: string;
};

export type OwnPrivacyAskView = {
  id: string;
  party: string;
  kind: 'see' | 'correct' | 'delete';
  state: 'open' | 'granted' | 'refused';
  note: string;
  caseId: string;
  caseCode: string;
  askedAt: string;
  dueAt: string;
  decidedAt: string | null;
  answer: string | null;
  outcome: string | null;
  keptUntil: string | null;
  version: number;
};

export type OwnRepairsGetView = {
  id: string;
  code: string;
  title: string;
  category?: string;
  state: string;
  openedAt: string;
  handler?: string;
  dueAt?: string;
  description: string;
  source: string;
  rating?: number;
  mayConfirm: boolean;
  mayRate: boolean;
  history: {
    at: string;
    step: string;
    to: string;
    by: string;
  }[];
  photos: string[];
  comments: {
    at: string;
    by: string;
    text: string;
  }[];
};

export type OwnRepairsListView = {
  id: string;
  code: string;
  title: string;
  category?: string;
  state: string;
  openedAt: string;
  handler?: string;
  dueAt?: string;
}[];

export type PartiesAddDraftFields = OwnPrivacyAskDraftFieldsItem[];

export type PartiesAddMemberDraftCase1 = {
  name: string;
  relation: 'applicant' | 'spouse' | 'child' | 'parent' | 'sibling' | 'grandchild' | 'other';
  from: string;
  fields?: PartiesAddDraftFields;
};

export type PartiesAddMemberView = {
  person: string;
  name: string;
  relation: 'applicant' | 'spouse' | 'child' | 'parent' | 'sibling' | 'grandchild' | 'other';
  from: string;
  until: string | null;
};

export type PartiesAddView = {
  id: string;
  kind: 'person' | 'household' | 'organisation' | 'team' | 'supplier';
  name: string;
  code: string | null;
  state: 'active' | 'restricted' | 'erased';
  hasAccount: boolean;
  madeAt: string;
  version: number;
  fields: HouseholdsGetViewPartyFields;
};

export type PartiesFindView = PartiesAddView[];

export type PartiesMembersView = PartiesAddMemberView[];

export type PartiesRevealView = ({
  field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  slot: string;
  value: string;
})[];

export type PatchesAddAdvisoryView = {
  id: string;
  code: string;
  title: string;
  summary: string;
  severity: number;
  source: 'hand' | 'osv' | 'csaf';
  affected: PatchesAddAdvisoryViewAffected;
  links: string[];
  publishedAt?: string;
  withdrawnAt?: string;
  version: number;
};

export type PatchesAddAdvisoryViewAffected = {
  ecosystem: string;
  name: string;
  ranges: {
    introduced?: string;
    fixed?: string;
    lastAffected?: string;
  }[];
  versions: string[];
}[];

export type PatchesTasksViewItems = ({
  id: string;
  advisory: string;
  code: string;
  title: string;
  severity: number;
  group: string;
  caseId: string;
  caseCode: string;
  state: 'open' | 'verified' | 'waived';
  affected: number;
  patched: number;
  openedAt: string;
  checkedAt: string;
  verifiedAt?: string;
})[];

export type PaymentsAddChannelDraft = {
  kind: 'wechat' | 'alipay';
  name: string;
  enabled: boolean;
  settings: Record<string, string>;
  secret?: string;
  privateKey?: string;
};

export type PaymentsDaysViewItem = {
  id: string;
  channel: string;
  day: string;
  at: string;
  actorName: string;
  lines: number;
  matched: number;
  stated: number;
  booked: number;
  open: number;
};

export type PaymentsOrderView = {
  id: string;
  number: string;
  amount: number;
  state: string;
  pay?: {
    kind: 'qr' | 'link' | 'app';
    text: string;
    fields?: Record<string, string>;
  };
};

export type PaymentsRefundOrderView = {
  id: string;
  agreement: string;
  code: string;
  party: string;
  /** Masked */
  tenant: string;
  way: 'channel' | 'desk';
  via: string;
  order: string | null;
  number: string;
  reference: string;
  amount: number;
  reason: string;
  state: 'waiting' | 'asked' | 'done' | 'failed' | 'refused';
  above: number | null;
  own: boolean;
  askedAt: string;
  actorName: string;
  endedAt: string | null;
  decidedName: string | null;
  decidedAt: string | null;
  decision: string | null;
};

export type PlacesChildrenView = PlacesGetView[];

export type PlacesCreateDraftGeometry = {
  type: 'Point';
  coordinates: unknown[];
} | {
  type: 'Polygon';
  coordinates: unknown[][][];
} | null;

export type PlacesGetView = {
  id: string;
  organisation: string;
  parent: string | null;
  kind: 'region' | 'project' | 'site' | 'building' | 'workshop' | 'unit' | 'floor' | 'line' | 'station' | 'room' | 'house' | 'rack' | 'zone';
  code: string;
  name: string;
  path: string;
  order: number;
  tags: string[];
  divisionCode: string | null;
  retired: boolean;
  attributes: Record<string, unknown>;
  geometry: PlacesCreateDraftGeometry;
  version: number;
};

export type PlacesImportView = {
  batch: string | null;
  dryRun: boolean;
  rows: number;
  created: number;
  unchanged: number;
  errors: {
    line: number;
    column?: string;
    code: string;
    detail?: string;
  }[];
};

export type PlansChangeDraftDefinition = {
  trigger: PlansPreviewDraftTrigger;
  target: {
    kind: 'case';
    assignee?: string;
    team?: string;
    manager?: string;
  } | {
    kind: 'command';
    service: string;
    input: Record<string, unknown>;
  } | {
    kind: 'work';
    name: string;
  };
  lead: number;
  allow: number;
  content?: string;
  procedure?: {
    code: string;
    title: string;
    steps: string[];
  };
  points: {
    text: string;
    unit?: string;
    low?: number;
    high?: number;
    photo: boolean;
  }[];
};

export type PlansGetView = {
  id: string;
  code: string;
  name: string;
  kind: 'inspection' | 'maintenance' | 'review' | 'drill' | 'rotation' | 'report';
  system: 'hvac' | 'power' | 'weak-current' | 'fire' | 'dwelling' | 'other';
  cycle: string;
  enabled: boolean;
  edition: number;
  dueAt: string | null;
  placeId: string | null;
  version: number;
  definition: PlansRoundViewDefinition;
  subjects: {
    kind: string;
    id: string;
    label: string;
  }[];
  editions: {
    number: number;
    at: string;
    actorName: string;
    definition: PlansRoundViewDefinition;
  }[];
};

export type PlansPreviewDraftTrigger = {
  kind: 'time';
  every: 'day' | 'week' | 'month' | 'quarter' | 'year';
  interval: number;
  weekdays?: number[];
  monthDay?: number;
  at: string;
  zone?: string;
  from: string;
  until?: string;
  freeDays: 'keep' | 'skip' | 'next' | 'previous';
} | {
  kind: 'usage';
  property: string;
  each: number;
} | {
  kind: 'condition';
  property: string;
  above?: number;
  below?: number;
};

export type PlansReadView = {
  point: number;
  at: string;
  actorName: string;
  value: number | null;
  passed: boolean;
  note: string | null;
  record: string | null;
  sha256: string | null;
  takenAt: string | null;
  longitude: number | null;
  latitude: number | null;
  device: string | null;
  digest: string;
};

export type PlansRoundViewDefinition = {
  trigger: {
    kind: 'time';
    every: 'day' | 'week' | 'month' | 'quarter' | 'year';
    interval: number;
    weekdays?: number[];
    monthDay?: number;
    at: string;
    zone?: string;
    from: string;
    until?: string;
    freeDays: 'keep' | 'skip' | 'next' | 'previous';
  } | {
    kind: 'usage';
    property: string;
    each: number;
  } | {
    kind: 'condition';
    property: string;
    above?: number;
    below?: number;
  };
  target: {
    kind: 'case';
    assignee?: string;
    team?: string;
    manager?: string;
  } | {
    kind: 'command';
    service: string;
    input: Record<string, unknown>;
  } | {
    kind: 'work';
    name: string;
  };
  lead: number;
  allow: number;
  content?: string;
  procedure?: {
    code: string;
    title: string;
    steps: string[];
  };
  points: {
    text: string;
    unit?: string;
    low?: number;
    high?: number;
    photo: boolean;
  }[];
};

export type PolicyCompareViewItemAfter = PolicyDraftViewValuesValue | null;

export type PolicyDraftViewValuesValue = {
  value: number | number[];
  source: string;
};

export type PolicyEditView = {
  id: string;
  code: string;
  number: number;
  title: string;
  /** Path of the place it holds for; empty = the whole organisation */
  place: string;
  state: 'draft' | 'published';
  values: Record<string, PolicyDraftViewValuesValue>;
  effectiveFrom: string | null;
  publishedAt: string | null;
  madeAt: string;
  version: number;
};

export type RecordsGetView = {
  id: string;
  subject: string;
  name: string;
  mediaType: string;
  size: number;
  hash: string;
  storeLevel: 1 | 2 | 3;
  transferLevel: 1 | 2 | 3 | null;
  retentionYears: number;
  keepUntil: string;
  legalHold: boolean;
  createdAt: string;
  createdBy: string;
  version: number;
};

export type RiskGetViewWarning = {
  id: string;
  kind: 'idle' | 'sublet' | 'crowding' | 'arrears' | 'expiry' | 'vacant-use' | 'lock-anomaly';
  subjectKind: string;
  subject: string;
  name: string;
  house: string | null;
  alarm: string;
  grade: number;
  score: number;
  reasons: {
    fact: string;
    value: number;
    limit: number;
    policy?: {
      rule: string;
      value: number;
      source: string;
      pack: string;
    };
  }[];
  state: 'open' | 'closed';
  liftedAt: string | null;
  owner: string;
  ownerName: string;
  caseId: string | null;
  caseCode: string | null;
  action: string | null;
  person: string | null;
  result: string | null;
  feedback: 'confirmed' | 'unfounded' | 'unclear' | null;
  openedAt: string;
  closedAt: string | null;
  version: number;
};

export type RolesGetView = {
  id: string;
  code: string;
  names: {
    'zh-CN': string;
    en: string;
  };
  permissions: string[];
  denies: string[];
  version: number;
  /** Rights this version ships the role with; null for a role of your own */
  shipped: string[] | null;
};

export type ScenesCreateDraft = {
  name: string;
  place: string;
  steps: {
    thing: string;
    service: string;
    input?: Record<string, unknown>;
  }[];
};

export type ScenesGetView = {
  id: string;
  name: string;
  place: string;
  steps: {
    thing: string;
    service: string;
    input?: Record<string, unknown>;
    code: string;
    thingName: string;
    risk: string;
  }[];
  version: number;
  changedAt: string;
  changedBy: string;
};

export type ScenesRunView = {
  id: string;
  scene?: string;
  name: string;
  origin: string;
  by: string;
  startedAt: string;
  wanted: number;
  states: Record<string, number>;
  outcome: string;
  refused: {
    thing: string;
    code: string;
    problem: string;
  }[];
};

export type SessionsCurrentView = {
  status: 'active' | 'second-factor' | 'enrol' | 'change-password';
  user: {
    id: string;
    username: string;
    name: string;
    language: string;
    kind: string;
  };
  organisation: {
    id: string;
    name: string;
  };
  permissions: string[];
  scope: {
    subtrees: string[];
  };
  mustChangePassword: boolean;
  secondFactor: {
    enrolled: boolean;
    waived: boolean;
    recoveryCodesLeft: number;
  };
  session: {
    id: string;
    expiresAt: string;
    freshUntil: string;
    idleMinutes: number;
  } | null;
};

export type SupervisionAddTerminalView = {
  id: string;
  name: string;
  place: string;
  severity: number;
  account: string | null;
  madeAt: string;
};

export type SupervisionMakeReportView = {
  id: string;
  template: string;
  month: string;
  number: number;
  at: string;
  madeBy: string;
};

export type SwapsApproveViewWish = {
  house?: string;
  layout?: string;
  areaFrom?: number;
  note?: string;
};

export type SwapsReadDraftReadings = {
  subject: string;
  begin: number;
  end: number;
}[];

export type SwapsReadView = {
  id: string;
  code: string;
  kind: 'free' | 'mutual';
  state: 'proposed' | 'requested' | 'approved' | 'scheduled' | 'changing' | 'done' | 'declined' | 'refused' | 'withdrawn' | 'cancelled' | 'lapsed';
  reason: string;
  wish: SwapsApproveViewWish;
  changeOn: string | null;
  note: string | null;
  openedAt: string;
  decidedAt: string | null;
  endedAt: string | null;
  worked: ('contracts' | 'bills' | 'deposits' | 'houses')[];
  version: number;
  sides: ({
    number: number;
    houseName: string;
    newHouseName: string | null;
    agreedAt: string | null;
    household: string;
    name: string;
    lease: string;
    leaseCode: string;
    house: string;
    newHouse: string | null;
    newLease: string | null;
    readings: ExitsAcceptViewInspectionCase1Usages | null;
    carried: number | null;
  })[];
};

export type SystemThresholdsView = {
  version: number;
  limits: Record<string, {
      troubled: number;
      well: number;
      forSeconds: number;
      severity: number;
      on: boolean;
    }>;
};

export type TelemetryHistoryViewBuckets = ({
  time: string;
  count: number;
  min: number | null;
  max: number | null;
  avg: number | null;
  first: number | null;
  last: number | null;
  sum: number | null;
  quality: string;
  reason?: string;
})[];

export type TelemetryLatestView = {
  thing: string;
  values: Record<string, {
      time: string;
      received: string;
      value: number | boolean | string | null;
      quality: string;
      reason?: string;
    }>;
};

export type ThingsAddAuthorityView = {
  id: string;
  name: string;
  subject: string;
  fingerprint: string;
  notAfter: string;
  madeAt: string;
  madeBy: string;
};

export type ThingsAddPartView = {
  id: string;
  code: string;
  name: string;
  unit: string;
  stock: number;
  lowMark: number;
  version: number;
};

export type ThingsContractReportViewItemsItemGaps = ({
  clause: string;
  code: 'claim-missing' | 'claim-short' | 'evidence-missing' | 'evidence-file-missing' | 'evidence-expired' | 'battery-forecast-short';
  subject: string;
  strength: 'must' | 'should';
  detail?: string;
})[];

export type ThingsCreateDraft = {
  code: string;
  name: string;
  family: string;
  modelVersion?: number;
  placeId?: string | null;
  gateway?: string;
  state?: 'planned' | 'purchased' | 'stored' | 'installed' | 'commissioned' | 'in-use' | 'maintenance';
  labels?: Record<string, string>;
  maker?: string | null;
  productionDate?: string | null;
  serial?: string | null;
  specification?: string | null;
  warrantyUntil?: string | null;
  contractNo?: string | null;
  bearer?: 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet' | null;
  protocol?: string | null;
  equipmentClass?: 'production' | 'non-production' | null;
};

export type ThingsDesireView = {
  version: number;
  desired: Record<string, unknown>;
  reported: Record<string, unknown>;
  delta: string[];
};

export type ThingsEvidenceView = ({
  standard: string;
  certificate: string;
  verifiedOn: string;
  validUntil: string | null;
  record: string | null;
})[];

export type ThingsGetView = {
  number: number;
  id: string;
  organisation: string;
  place: string;
  placeId: string | null;
  placeName: string | null;
  code: string;
  name: string;
  family: string;
  modelVersion: number;
  state: 'planned' | 'purchased' | 'stored' | 'installed' | 'commissioned' | 'in-use' | 'maintenance' | 'retired' | 'scrapped';
  whitelist: 'admitted' | 'suspended' | 'revoked';
  bearer: 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet' | null;
  protocol: string | null;
  equipmentClass: 'production' | 'non-production' | null;
  maker: string | null;
  productionDate: string | null;
  serial: string | null;
  specification: string | null;
  warrantyUntil: string | null;
  contractNo: string | null;
  labels: Record<string, string>;
  online: 'unknown' | 'online' | 'offline';
  onlineSince: string | null;
  lastHeard: string | null;
  connected: boolean;
  runHours: number;
  energyKwh: number;
  version: number;
};

export type ThingsImportView = {
  batch: string | null;
  dryRun: boolean;
  rows: number;
  created: number;
  things: ({
    line: number;
    code: string;
    id: string;
    number: number;
    token: string | null;
  })[];
  errors: {
    line: number;
    column?: string;
    code: string;
    detail?: string;
  }[];
};

export type ThingsRefusalsView = ({
  thingId: string | null;
  thingCode: string | null;
  thingName: string | null;
  peer: string;
  type: string;
  count: number;
  first: string;
  last: string;
  sample: string;
})[];

export type UsersAssignView = {
  id: string;
  role: UsersAssignViewRole;
  reach: 'organisation' | 'places' | 'own';
  places: {
    id: string;
    path: string;
  }[];
  validFrom: string | null;
  validUntil: string | null;
};

export type UsersAssignViewRole = {
  id: string;
  code: string;
  names: {
    'zh-CN': string;
    en: string;
  };
};

export type UsersGetView = {
  id: string;
  username: string;
  name: string;
  phone: string;
  email: string;
  language: 'zh-CN' | 'en';
  kind: 'staff' | 'tenant';
  state: 'active' | 'disabled' | 'deleted';
  secondFactor: boolean;
  roles: UsersRolesViewItems;
  version: number;
  madeAt: string;
};

export type UsersRolesViewItems = UsersAssignView[];

export type VideoCameraView = {
  id: string;
  code: string;
  name: string;
  place: string;
  placeId?: string;
  online: string;
  lastHeard?: string;
  stream?: string;
  perimeter: boolean;
  upward?: string;
  recording: string;
  gaps: {
    from: string;
    to: string;
  }[];
  checkedAt?: string;
  settled: number;
  recorder?: string;
  channel?: string;
  lines: number;
  version: number;
};

export type VideoFileHookDraft = {
  app?: string;
  stream?: string;
  path?: string;
  params?: string;
};

export type VideoSetView = {
  mediaUrl: string | null;
  publicUrl: string | null;
  app: string;
  segment: number;
  retentionDays: number;
  middleSlots: string[];
  uplink: {
    id: string;
    upper: string;
    realm?: string;
    host: string;
    port: number;
    announce?: string;
  } | null;
  secretSet: boolean;
  uplinkPasswordSet: boolean;
  version: number;
};

export type VideoSiteView = {
  placeId: string;
  name: string;
  path: string;
  households: number;
  said: boolean;
  slots: ({
    slot: 'face' | 'behaviour' | 'plate';
    standing: string;
    on: boolean;
    gap?: string;
    lastAt?: string;
  })[];
  version: number;
};

export type ViolationsAddEvidenceView = {
  id: string;
  record: string;
  mediaType: string;
  claimed: string;
  arrived: string;
  altered: boolean;
  takenAt: string;
  longitude: number;
  latitude: number;
  handedInAt: string;
  handedInBy: string;
};

export interface AlarmRulesCheckInput {
  body: AlarmRulesCheckDraft;
}

export type AlarmRulesCheckReply = {
  errors: unknown[];
};

export interface AlarmRulesCreateInput {
  body: AlarmRulesCheckDraft;
}

export type AlarmRulesCreateReply = AlarmRulesCreateView;

export interface AlarmRulesListInput {
  query?: {
    family?: string;
  };
}

export type AlarmRulesListReply = {
  items: AlarmRulesCreateView[];
};

export interface AlarmRulesRemoveInput {
  params: {
    id: string;
  };
}

export type AlarmRulesRemoveReply = unknown;

export interface AlarmRulesUpdateInput {
  params: {
    id: string;
  };
  body: AlarmRulesCheckDraft;
}

export type AlarmRulesUpdateReply = AlarmRulesCreateView;

export interface AlarmsAcknowledgeInput {
  params: {
    id: string;
  };
  body: {
    note?: string;
  };
}

export type AlarmsAcknowledgeReply = AlarmsStepView;

export type AlarmsCountsReply = {
  open: Record<string, number>;
  standing: Record<string, number>;
  active: number;
  new: number;
  oldest: number;
};

export interface AlarmsEndSilenceInput {
  params: {
    id: string;
  };
}

export type AlarmsEndSilenceReply = unknown;

export interface AlarmsGetInput {
  params: {
    id: string;
  };
}

export type AlarmsGetReply = {
  alarm: AlarmsStepView;
  occurrences: {
    id: string;
    kind: string;
    severity: number;
    eventTime: string;
    at: string;
    readings: Record<string, unknown>;
  }[];
  steps: {
    id: string;
    step: string;
    from: string;
    to: string;
    actor: string;
    actorName: string;
    note: string;
    at: string;
  }[];
};

export type AlarmsGroupingReply = AlarmsGroupingView;

export interface AlarmsListInput {
  query?: {
    state?: 'open' | 'active' | 'all';
    severity?: number;
    handling?: string;
    subject?: string;
    subjectKind?: string;
    rule?: string;
    lead?: boolean;
    place?: string;
    text?: string;
    from?: string;
    to?: string;
    limit?: number;
    cursor?: string;
  };
}

export type AlarmsListReply = AlarmsListView;

export interface AlarmsMembersInput {
  params: {
    id: string;
  };
  query?: {
    limit?: number;
    cursor?: string;
  };
}

export type AlarmsMembersReply = AlarmsListView;

export interface AlarmsSetGroupingInput {
  body: {
    enabled: boolean;
    window: number;
    settle: number;
  };
}

export type AlarmsSetGroupingReply = AlarmsGroupingView;

export interface AlarmsSilenceInput {
  body: {
    place: string;
    rule?: string;
    subject?: string;
    until: string;
    reason: string;
  };
}

export type AlarmsSilenceReply = AlarmsSilenceView;

export type AlarmsSilencesReply = {
  items: AlarmsSilenceView[];
};

export interface AlarmsStepInput {
  params: {
    id: string;
  };
  body: {
    step: AlarmsStepDraftStep;
    note?: string;
    falsePositive?: boolean;
  };
}

export type AlarmsStepReply = AlarmsStepView;

export interface AlarmsStepManyInput {
  body: {
    ids: string[];
    step: AlarmsStepDraftStep;
    note?: string;
  };
}

export type AlarmsStepManyReply = {
  done: string[];
  refused: {
    id: string;
    type: string;
  }[];
};

export interface AllocationAnnounceInput {
  params: {
    id: string;
  };
}

export type AllocationAnnounceReply = AllocationDrawView;

export interface AllocationChooseInput {
  params: {
    id: string;
    entry: string;
  };
  body: {
    house: string;
  };
}

export type AllocationChooseReply = AllocationPassView;

export interface AllocationCloseInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type AllocationCloseReply = AllocationDrawView;

export interface AllocationCommitInput {
  params: {
    id: string;
  };
}

export type AllocationCommitReply = AllocationDrawView;

export interface AllocationCreateInput {
  body: {
    name: string;
    placeId: string;
    ranking: 'queue' | 'score' | 'lottery';
    intentUntil: string;
    slotMinutes: number;
    houses: string[];
  };
}

export type AllocationCreateReply = AllocationDrawView;

export interface AllocationDeclineInput {
  params: {
    id: string;
    entry: string;
  };
  body: {
    reason: string;
  };
}

export type AllocationDeclineReply = AllocationEnterView;

export interface AllocationDrawInput {
  params: {
    id: string;
  };
  body: {
    witness: string;
    choosingFrom: string;
  };
}

export type AllocationDrawReply = AllocationDrawView;

export interface AllocationEnterInput {
  body: {
    household: string;
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    since?: string;
    reason: string;
  };
}

export type AllocationEnterReply = AllocationEnterView;

export interface AllocationIntendInput {
  params: {
    id: string;
    entry: string;
  };
}

export type AllocationIntendReply = unknown;

export interface AllocationPassInput {
  params: {
    id: string;
    entry: string;
  };
}

export type AllocationPassReply = AllocationPassView;

export interface AllocationPlanInput {
  params: {
    id: string;
  };
}

export type AllocationPlanReply = {
  plan: AllocationDrawView;
  houses: ({
    house: string;
    name: string | null;
    floorArea: number | null;
    layout: string | null;
    takenBy: string | null;
  })[];
  intents: ({
    plan: string;
    entry: string;
    code: string;
    household: string;
    rank: number | null;
    slotFrom: string | null;
    passedAt: string | null;
    state: 'intended' | 'chosen' | 'declined' | 'ended';
    house: string | null;
    process: string | null;
    householdName: string;
    category: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    priority: number;
    score: number;
    since: string;
    slotTo: string | null;
  })[];
  drawn: {
    seed: string;
    witness: string;
  } | null;
  faults: string[] | null;
};

export interface AllocationPlansInput {
  query: {
    state?: 'draft' | 'open' | 'committed' | 'choosing' | 'closed';
    limit: number;
  };
}

export type AllocationPlansReply = AllocationPlansView;

export interface AllocationPublishedInput {
  params: {
    id: string;
  };
}

export type AllocationPublishedReply = unknown;

export interface AllocationScoreInput {
  params: {
    id: string;
  };
  body: {
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    priority: number;
    score: number;
    reason: string;
  };
}

export type AllocationScoreReply = AllocationEnterView;

export interface AllocationWaitingInput {
  query: {
    state?: 'waiting' | 'choosing' | 'allocated' | 'expired' | 'cancelled';
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    text?: string;
    after?: string;
    limit: number;
  };
}

export type AllocationWaitingReply = ({
  id: string;
  code: string;
  household: string;
  category: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
  priority: number;
  score: number;
  since: string;
  until: string;
  state: 'waiting' | 'choosing' | 'allocated' | 'expired' | 'cancelled';
  declines: number;
  endedBy: string | null;
  version: number;
  householdName: string;
  position: number | null;
})[];

export type AllocationWaitingCountsReply = ({
  state: 'waiting' | 'choosing' | 'allocated' | 'expired' | 'cancelled';
  category: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
  count: number;
})[];

export interface AllocationWaitingExportInput {
  query?: {
    state?: 'waiting' | 'choosing' | 'allocated' | 'expired' | 'cancelled';
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    text?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type AllocationWaitingExportReply = unknown;

export interface BillsFiguresInput {
  query: {
    period: string;
    place?: string;
  };
}

export type BillsFiguresReply = {
  subject: string;
  due: number;
  settled: number;
  waived: number;
  lines: number;
}[];

export interface BillsGetInput {
  params: {
    id: string;
  };
}

export type BillsGetReply = {
  id: string;
  number: number;
  agreement: string;
  code: string;
  tenant: string | null;
  party: string | null;
  house: string;
  houseName: string | null;
  period: string;
  revision: number;
  dueOn: string;
  issuedAt: string;
  amount: number;
  settled: number;
  waived: number;
  replaces: string | null;
  reversedAt: string | null;
  reverseReason: string | null;
  lines: BillsLinesView;
};

export interface BillsLinesInput {
  query: {
    period?: string;
    subject?: string;
    state?: 'open' | 'late' | 'paid';
    place?: string;
    agreement?: string;
    after?: string;
    limit: number;
  };
}

export type BillsLinesReply = BillsLinesView;

export interface BillsListInput {
  query: {
    period?: string;
    agreement?: string;
    house?: string;
    state?: 'open' | 'late' | 'paid' | 'reversed';
    place?: string;
    after?: string;
    limit: number;
  };
}

export type BillsListReply = ({
  id: string;
  number: number;
  agreement: string;
  code: string;
  tenant: string | null;
  party: string | null;
  house: string;
  houseName: string | null;
  period: string;
  revision: number;
  dueOn: string;
  issuedAt: string;
  amount: number;
  settled: number;
  waived: number;
  replaces: string | null;
  reversedAt: string | null;
  reverseReason: string | null;
})[];

export interface BillsRecordUsageInput {
  body: {
    usages: {
      house: string;
      subject: string;
      period: string;
      /** Thousandths of the unit */
      begin: number;
      /** Thousandths of the unit */
      end: number;
      source: string;
      photo?: string;
    }[];
  };
}

export type BillsRecordUsageReply = {
  recorded: number;
  reissued: {
    id: string;
    agreement: string;
    amount: number;
    lines: number;
  }[];
};

export interface BillsReportFileInput {
  params: {
    period: string;
  };
  query: {
    format: 'pdf' | 'xlsx';
    language: 'zh-CN' | 'en';
  };
}

export type BillsReportFileReply = unknown;

export type BillsReportsReply = {
  period: string;
  at: string;
  figures: {
    received: number;
    lines: {
      subject: string;
      opening: number;
      due: number;
      collectedCurrent: number;
      collectedEarlier: number;
    }[];
  };
}[];

export interface BillsReverseInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
    reissue: boolean;
  };
}

export type BillsReverseReply = {
  reissued: string | null;
};

export interface BillsRunInput {
  body: {
    period: string;
  };
}

export type BillsRunReply = BillsRunView;

export type BillsRunsReply = BillsRunView[];

export type BillsSchedulesReply = BillsSchedulesView;

export interface BillsSetScheduleInput {
  params: {
    report: string;
  };
  body: BillsSetScheduleDraft;
}

export type BillsSetScheduleReply = unknown;

export interface BillsStopRunInput {
  params: {
    id: string;
  };
}

export type BillsStopRunReply = BillsRunView;

export interface BillsWaiveInput {
  params: {
    id: string;
  };
  body: {
    charge: string;
    amount: number;
    reason: string;
  };
}

export type BillsWaiveReply = unknown;

export type CareAidsReply = {
  id: string;
  thing: string;
  household: string;
  person: string;
  linkedAt: string;
}[];

export interface CareEndPlanInput {
  params: {
    id: string;
  };
}

export type CareEndPlanReply = unknown;

export interface CareLedgerInput {
  params: {
    id: string;
  };
}

export type CareLedgerReply = ({
  id: string;
  kind: 'visit' | 'call' | 'errand' | 'medical' | 'help' | 'other';
  at: string;
  note: string | null;
  byName: string;
})[];

export interface CareLinkAidInput {
  body: {
    thing: string;
    person: string;
  };
}

export type CareLinkAidReply = {
  id: string;
};

export type CarePeopleReply = ({
  person: string;
  name: string;
  household: string;
  kinds: string[];
  lastServed: string | null;
})[];

export interface CarePlanInput {
  body: {
    person: string;
    worker: string;
    recurrence: {
      every: 'day' | 'week' | 'month' | 'quarter';
      interval: number;
      from: string;
      until?: string;
    };
  };
}

export type CarePlanReply = {
  id: string;
};

export type CarePlansReply = {
  id: string;
  household: string;
  person: string;
  worker: string;
  every: string;
  interval: number;
  from: string;
}[];

export interface CareServeInput {
  body: {
    person: string;
    kind: 'visit' | 'call' | 'errand' | 'medical' | 'help' | 'other';
    at?: string;
    note?: string;
  };
}

export type CareServeReply = {
  id: string;
};

export interface CareSetMedicalServiceInput {
  body: EligibilitySetSourceDraft;
}

export type CareSetMedicalServiceReply = unknown;

export interface CareUnlinkAidInput {
  params: {
    id: string;
  };
}

export type CareUnlinkAidReply = unknown;

export interface CareVisitInput {
  params: {
    id: string;
  };
  body: {
    at?: string;
    note?: string;
  };
}

export type CareVisitReply = {
  id: string;
};

export interface CareVisitsInput {
  query?: {
    state?: 'due' | 'overdue' | 'done';
  };
}

export type CareVisitsReply = ({
  id: string;
  code: string;
  plan: string;
  household: string;
  person: string;
  worker: string;
  dueOn: string;
  state: string;
  overdueAt: string | null;
  doneAt: string | null;
})[];

export type CaseCalendarsListReply = {
  items: {
    name: string;
    definition: CaseCalendarsSetDraft;
    version: number;
  }[];
};

export interface CaseCalendarsSetInput {
  params: {
    name: string;
  };
  body: CaseCalendarsSetDraft;
}

export type CaseCalendarsSetReply = unknown;

export type CaseConsentsListReply = {
  kind: string;
  days: number;
}[];

export interface CaseConsentsSetInput {
  params: {
    kind: string;
  };
  body: {
    days: number;
  };
}

export type CaseConsentsSetReply = unknown;

export type CaseLevelsListReply = {
  items: ({
    kind: string;
    priority: 1 | 2 | 3 | 4;
    response: number;
    resolution: number;
    calendar: string;
    version: number;
  })[];
};

export interface CaseLevelsSetInput {
  params: {
    kind: string;
    priority: 1 | 2 | 3 | 4;
  };
  body: {
    response: number;
    resolution: number;
    calendar: string;
  };
}

export type CaseLevelsSetReply = unknown;

export interface CaseRulesAddInput {
  body: CaseRulesAddDraft;
}

export type CaseRulesAddReply = {
  id: string;
};

export interface CaseRulesEditInput {
  params: {
    id: string;
  };
  body: CaseRulesAddDraft;
}

export type CaseRulesEditReply = unknown;

export type CaseRulesListReply = {
  items: ({
    id: string;
    position: number;
    name: string;
    source: 'alarm' | 'offline';
    conditions: {
      severityUpTo?: number;
      rules?: string[];
      notRules?: string[];
      subjectKinds?: string[];
      families?: string[];
    };
    kind: string;
    delay: number;
    enabled: boolean;
    version: number;
  })[];
};

export interface CaseRulesRemoveInput {
  params: {
    id: string;
  };
}

export type CaseRulesRemoveReply = unknown;

export type CaseWorkersListReply = {
  account: string;
  name: string;
  skills: string[];
  /** Open cases at once */
  most: number;
  load: number;
}[];

export interface CaseWorkersSetInput {
  params: {
    account: string;
  };
  body: {
    skills: string[];
    /** Open cases at once */
    most: number;
  };
}

export type CaseWorkersSetReply = unknown;

export interface CasesAcceptInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesAcceptReply = CasesGetView;

export interface CasesAddCostInput {
  params: {
    id: string;
  };
  body: {
    kind: 'part' | 'labour' | 'other';
    text: string;
    part?: string;
    /** id of a spare part that is taken from stock */
    stock?: string;
    quantity: number;
    unitPrice: number;
    minutes?: number;
  };
}

export type CasesAddCostReply = CasesGetView;

export interface CasesAddEvidenceInput {
  params: {
    id: string;
  };
  body: {
    record: string;
    kind: 'photo' | 'video' | 'audio' | 'document' | 'reading' | 'signature';
    note?: string;
    sha256?: string;
    takenAt?: string;
    longitude?: number;
    latitude?: number;
    device?: string;
  };
}

export type CasesAddEvidenceReply = CasesGetView;

export interface CasesAddItemInput {
  params: {
    id: string;
  };
  body: {
    text: string;
    required: boolean;
  };
}

export type CasesAddItemReply = CasesGetView;

export interface CasesAssignInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesAssignReply = CasesGetView;

export interface CasesAssigneesInput {
  params: {
    id: string;
  };
}

export type CasesAssigneesReply = {
  id: string;
  name: string;
}[];

export interface CasesBoardInput {
  query?: {
    state?: ('new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled')[];
    kind?: string[];
    priority?: number[];
    assignee?: string;
    team?: string;
    mine?: boolean;
    open?: boolean;
    overdue?: boolean;
    place?: string;
    subject?: string;
    text?: string;
    openedFrom?: string;
    openedTo?: string;
  };
}

export type CasesBoardReply = {
  items: ({
    kind: string;
    state: 'new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled';
    count: number;
    overdue: number;
  })[];
};

export interface CasesCancelInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesCancelReply = CasesGetView;

export interface CasesCloseInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesCloseReply = CasesGetView;

export interface CasesCommentInput {
  params: {
    id: string;
  };
  body: {
    text: string;
    internal: boolean;
  };
}

export type CasesCommentReply = CasesGetView;

export interface CasesConfirmInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesConfirmReply = CasesGetView;

export interface CasesDeclineInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesDeclineReply = CasesGetView;

export interface CasesEditInput {
  params: {
    id: string;
  };
  body: {
    title?: string;
    description?: string;
    category?: string;
    impact?: 1 | 2 | 3;
    urgency?: 1 | 2 | 3;
    form?: Record<string, unknown>;
  };
}

export type CasesEditReply = CasesGetView;

export interface CasesExportInput {
  query?: {
    state?: ('new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled')[];
    kind?: string[];
    priority?: number[];
    assignee?: string;
    team?: string;
    mine?: boolean;
    open?: boolean;
    overdue?: boolean;
    place?: string;
    subject?: string;
    text?: string;
    openedFrom?: string;
    openedTo?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type CasesExportReply = unknown;

export interface CasesFinishInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesFinishReply = CasesGetView;

export interface CasesGetInput {
  params: {
    id: string;
  };
}

export type CasesGetReply = CasesGetView;

export type CasesKindsReply = {
  items: ({
    id: string;
    prefix: string;
    name: {
      zh: string;
      en: string;
    };
    states: ('new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled')[];
    requires: Record<string, string[]>;
    waits: {
      id: string;
      name: {
        zh: string;
        en: string;
      };
      pauses: boolean;
    }[];
    rated: boolean;
    steps: ('triage' | 'assign' | 'accept' | 'decline' | 'start' | 'wait' | 'resume' | 'finish' | 'confirm' | 'reject' | 'close' | 'reopen' | 'cancel' | 'recover')[];
  })[];
};

export interface CasesLinkInput {
  params: {
    id: string;
  };
  body: {
    relation: 'parent' | 'caused-by' | 'duplicates';
    target: string;
  };
}

export type CasesLinkReply = CasesGetView;

export interface CasesListInput {
  query: {
    state?: ('new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled')[];
    kind?: string[];
    priority?: number[];
    assignee?: string;
    team?: string;
    mine?: boolean;
    open?: boolean;
    overdue?: boolean;
    place?: string;
    subject?: string;
    text?: string;
    openedFrom?: string;
    openedTo?: string;
    limit: number;
    cursor?: string;
  };
}

export type CasesListReply = {
  items: ({
    id: string;
    code: string;
    kind: string;
    state: 'new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled';
    title: string;
    description: string;
    category?: string;
    place: string;
    placeId?: string;
    impact: 1 | 2 | 3;
    urgency: 1 | 2 | 3;
    priority: 1 | 2 | 3 | 4;
    source: string;
    requester?: string;
    requesterName?: string;
    assignee?: string;
    assigneeName?: string;
    team?: string;
    waitingFor?: string;
    outcome?: string;
    rating?: number;
    ratingNote?: string;
    openedAt: string;
    acceptedAt?: string;
    doneAt?: string;
    endedAt?: string;
    reopened: number;
    changedAt: string;
    version: number;
    subjectKind?: string;
    subjectId?: string;
    subjectLabel?: string;
    responseDueAt?: string;
    resolutionDueAt?: string;
    placeName?: string;
    overdue: boolean;
  })[];
  next: string | null;
  total: number;
};

export interface CasesOpenInput {
  body: {
    kind: string;
    title: string;
    description?: string;
    category?: string;
    placeId?: string;
    subjects?: {
      kind: string;
      id: string;
      label: string;
    }[];
    impact?: 1 | 2 | 3;
    urgency?: 1 | 2 | 3;
    requester?: {
      id?: string;
      name: string;
    };
    form?: Record<string, unknown>;
  };
}

export type CasesOpenReply = CasesGetView;

export interface CasesOpenAgesInput {
  query: {
    state?: ('new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled')[];
    kind?: string[];
    priority?: number[];
    assignee?: string;
    team?: string;
    mine?: boolean;
    open?: boolean;
    overdue?: boolean;
    place?: string;
    subject?: string;
    text?: string;
    openedFrom?: string;
    openedTo?: string;
    limit: number;
  };
}

export type CasesOpenAgesReply = {
  items: ({
    id: string;
    code: string;
    kind: string;
    state: 'new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled';
    title: string;
    description: string;
    category?: string;
    place: string;
    placeId?: string;
    impact: 1 | 2 | 3;
    urgency: 1 | 2 | 3;
    priority: 1 | 2 | 3 | 4;
    source: string;
    requester?: string;
    requesterName?: string;
    assignee?: string;
    assigneeName?: string;
    team?: string;
    waitingFor?: string;
    outcome?: string;
    rating?: number;
    ratingNote?: string;
    openedAt: string;
    acceptedAt?: string;
    doneAt?: string;
    endedAt?: string;
    reopened: number;
    changedAt: string;
    version: number;
    subjectKind?: string;
    subjectId?: string;
    subjectLabel?: string;
    responseDueAt?: string;
    resolutionDueAt?: string;
    placeName?: string;
    overdue: boolean;
    age: number;
  })[];
};

export interface CasesRateInput {
  params: {
    id: string;
  };
  body: {
    rating: number;
    note?: string;
  };
}

export type CasesRateReply = CasesGetView;

export interface CasesRejectInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesRejectReply = CasesGetView;

export interface CasesReopenInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesReopenReply = CasesGetView;

export interface CasesResumeInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesResumeReply = CasesGetView;

export interface CasesStartInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesStartReply = CasesGetView;

export interface CasesStatisticsInput {
  query: {
    from: string;
    to: string;
    kind?: string;
    place?: string;
  };
}

export type CasesStatisticsReply = {
  items: {
    kind: string;
    opened: number;
    done: number;
    cancelled: number;
    reopened: number;
    meanToAccept?: number;
    meanToDone?: number;
    medianToDone?: number;
    answered: number;
    answeredInTime: number;
    resolved: number;
    resolvedInTime: number;
    ratings: number;
    meanRating?: number;
  }[];
};

export interface CasesTickInput {
  params: {
    id: string;
    item: string;
  };
  body: {
    done: boolean;
    note?: string;
  };
}

export type CasesTickReply = CasesGetView;

export type CasesTodosReply = {
  items: ({
    id: string;
    code: string;
    kind: string;
    state: 'new' | 'triaged' | 'assigned' | 'accepted' | 'in-progress' | 'waiting' | 'done' | 'confirmed' | 'closed' | 'reopened' | 'cancelled';
    title: string;
    description: string;
    category?: string;
    place: string;
    placeId?: string;
    impact: 1 | 2 | 3;
    urgency: 1 | 2 | 3;
    priority: 1 | 2 | 3 | 4;
    source: string;
    requester?: string;
    requesterName?: string;
    assignee?: string;
    assigneeName?: string;
    team?: string;
    waitingFor?: string;
    outcome?: string;
    rating?: number;
    ratingNote?: string;
    openedAt: string;
    acceptedAt?: string;
    doneAt?: string;
    endedAt?: string;
    reopened: number;
    changedAt: string;
    version: number;
    subjectKind?: string;
    subjectId?: string;
    subjectLabel?: string;
    responseDueAt?: string;
    resolutionDueAt?: string;
    placeName?: string;
    overdue: boolean;
    because: string;
  })[];
};

export interface CasesTriageInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesTriageReply = CasesGetView;

export interface CasesUnlinkInput {
  params: {
    id: string;
  };
  query: {
    relation: 'parent' | 'caused-by' | 'duplicates';
    target: string;
  };
}

export type CasesUnlinkReply = CasesGetView;

export interface CasesWaitInput {
  params: {
    id: string;
  };
  body: CasesWaitDraft;
}

export type CasesWaitReply = CasesGetView;

export interface CodecsCreateInput {
  body: {
    name: string;
    title: string;
    source: string;
    samples: CodecsTrialDraftSamples;
    note: string;
  };
}

export type CodecsCreateReply = CodecsWriteView;

export interface CodecsFramesInput {
  body: {
    hex?: string;
    base64?: string;
    text?: string;
    codec?: string;
    fPort?: number;
  };
}

export type CodecsFramesReply = {
  hex: string;
  protocols: string[];
  frames: ({
    protocol: string;
    start: number;
    end: number;
    certainty: number;
    checksum: 'right' | 'wrong' | 'none';
    fields: {
      name: {
        zh: string;
        en: string;
      };
      start: number;
      end: number;
      value: string;
      fields?: {
        name: {
          zh: string;
          en: string;
        };
        start: number;
        end: number;
        value: string;
        fields?: {
          name: {
            zh: string;
            en: string;
          };
          start: number;
          end: number;
          value: string;
          fields?: {
            name: {
              zh: string;
              en: string;
            };
            start: number;
            end: number;
            value: string;
          }[];
        }[];
      }[];
    }[];
    points: ({
      kind: 'reading' | 'event' | 'attribute';
      device?: string;
      time?: number;
      name: string;
      value?: unknown;
    })[];
    refused?: {
      refused: string;
      detail?: string;
    };
  })[];
  codec?: {
    name: string;
    number: number;
    up: CodecsFramesViewCodecUp;
    down: CodecsFramesViewCodecUp;
  };
};

export interface CodecsGetInput {
  params: {
    id: string;
  };
}

export type CodecsGetReply = {
  id: string;
  name: string;
  title: string;
  latest: number;
  published: number | null;
  changedAt: string;
  changedBy: string;
  versions: {
    number: number;
    note: string;
    functions: string[];
    samples: number;
    writtenAt: string;
    writtenBy: string;
  }[];
  publications: ({
    number: number;
    way: 'publish' | 'roll-back';
    at: string;
    by: string;
  })[];
  users: string[];
};

export type CodecsListReply = {
  items: CodecsWriteView[];
};

export interface CodecsPublishInput {
  params: {
    id: string;
  };
  body: {
    number: number;
  };
}

export type CodecsPublishReply = CodecsWriteView;

export interface CodecsRemoveInput {
  params: {
    id: string;
  };
}

export type CodecsRemoveReply = unknown;

export interface CodecsRollBackInput {
  params: {
    id: string;
  };
  body: {
    number: number;
  };
}

export type CodecsRollBackReply = CodecsWriteView;

export interface CodecsTrialInput {
  body: {
    source: string;
    samples: CodecsTrialDraftSamples;
  };
}

export type CodecsTrialReply = {
  functions: string[];
  refused?: string;
  detail?: string;
  verdicts: {
    name: string;
    passed: boolean;
    differences: string[];
    made?: Record<string, unknown>;
    refused?: string;
    detail?: string;
  }[];
};

export interface CodecsVersionInput {
  params: {
    id: string;
    number: number;
  };
}

export type CodecsVersionReply = {
  number: number;
  source: string;
  samples: CodecsCreateDraftSamplesItem[];
  functions: string[];
  note: string;
  writtenAt: string;
  writtenBy: string;
};

export interface CodecsWriteInput {
  params: {
    id: string;
  };
  body: {
    source: string;
    samples: CodecsTrialDraftSamples;
    note: string;
    title?: string;
  };
}

export type CodecsWriteReply = CodecsWriteView;

export interface CommandsApproveInput {
  params: {
    id: string;
  };
  body: CommandsCancelDraft;
}

export type CommandsApproveReply = CommandsGetView;

export interface CommandsApproveRunInput {
  params: {
    id: string;
  };
  body: CommandsCancelDraft;
}

export type CommandsApproveRunReply = ScenesRunView;

export interface CommandsBatchInput {
  body: {
    targets: CommandsBatchDraftTargets;
    service: string;
    input?: Record<string, unknown>;
    reason?: string;
    key?: string;
    expiresIn?: number;
    window?: {
      from?: string;
      until: string;
    };
    draft?: boolean;
    count?: number;
  };
}

export type CommandsBatchReply = ScenesRunView;

export interface CommandsCalibrationsInput {
  query: {
    thing: string;
  };
}

export type CommandsCalibrationsReply = {
  items: {
    id: string;
    thing: string;
    command: string;
    method: string;
    input: unknown;
    result: unknown;
    by: string;
    at: string;
  }[];
};

export interface CommandsCancelInput {
  params: {
    id: string;
  };
  body: CommandsCancelDraft;
}

export type CommandsCancelReply = CommandsGetView;

export interface CommandsExportInput {
  query?: {
    thing?: string;
    state?: 'drafted' | 'awaiting-approval' | 'approved' | 'queued' | 'sent' | 'acknowledged' | 'verified' | 'refused' | 'expired' | 'failed' | 'cancelled';
    risk?: 'read' | 'normal' | 'dangerous' | 'vital';
    origin?: 'person' | 'key' | 'rule' | 'scene' | 'plan' | 'model';
    method?: string;
    requester?: string;
    group?: string;
    place?: string;
    text?: string;
    from?: string;
    to?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type CommandsExportReply = unknown;

export interface CommandsGetInput {
  params: {
    id: string;
  };
}

export type CommandsGetReply = CommandsGetView;

export interface CommandsLatencyInput {
  query: {
    thing: string;
  };
}

export type CommandsLatencyReply = {
  count: number;
  p50Ms: number | null;
  p99Ms: number | null;
  limitMs: number;
  verdict: string;
};

export interface CommandsListInput {
  query?: {
    thing?: string;
    state?: 'drafted' | 'awaiting-approval' | 'approved' | 'queued' | 'sent' | 'acknowledged' | 'verified' | 'refused' | 'expired' | 'failed' | 'cancelled';
    risk?: 'read' | 'normal' | 'dangerous' | 'vital';
    origin?: 'person' | 'key' | 'rule' | 'scene' | 'plan' | 'model';
    method?: string;
    requester?: string;
    group?: string;
    place?: string;
    text?: string;
    from?: string;
    to?: string;
    limit?: number;
    cursor?: string;
  };
}

export type CommandsListReply = {
  items: CommandsGetView[];
  next: string | null;
};

export interface CommandsPreviewInput {
  body: {
    targets: CommandsBatchDraftTargets;
    service: string;
    input?: Record<string, unknown>;
    reason?: string;
    key?: string;
    expiresIn?: number;
    window?: {
      from?: string;
      until: string;
    };
    draft?: boolean;
  };
}

export type CommandsPreviewReply = {
  count: number;
  items: ({
    thing: string;
    code: string;
    name: string;
    problem?: string;
    errors?: {
      pointer: string;
      code: string;
      detail?: string;
    }[];
    request?: {
      method: string;
      params: unknown;
    };
    risk?: string;
    permission?: string;
    approval?: 'second-person' | 'none';
    limits?: unknown;
    before?: unknown;
    deadline?: number;
  })[];
};

export interface CommandsRefuseInput {
  params: {
    id: string;
  };
  body: CommandsCancelDraft;
}

export type CommandsRefuseReply = CommandsGetView;

export interface CommandsRefuseRunInput {
  params: {
    id: string;
  };
  body: CommandsCancelDraft;
}

export type CommandsRefuseRunReply = ScenesRunView;

export interface CommandsRunInput {
  params: {
    id: string;
  };
}

export type CommandsRunReply = ScenesRunView;

export interface CommandsRunEnergyInput {
  params: {
    id: string;
  };
  query: {
    hours: number;
  };
}

export type CommandsRunEnergyReply = {
  from: string;
  at: string;
  to: string;
  complete: boolean;
  things: {
    thing: string;
    code: string;
    name: string;
    family: string;
    before: number;
    after: number;
    saved: number;
  }[];
  families: {
    family: string;
    things: number;
    before: number;
    after: number;
    saved: number;
  }[];
};

export interface CommandsRunsInput {
  query?: {
    scene?: string;
  };
}

export type CommandsRunsReply = {
  items: ScenesRunView[];
};

export interface CommandsSendInput {
  body: {
    thing: string;
    service: string;
    input?: Record<string, unknown>;
    reason?: string;
    key?: string;
    expiresIn?: number;
    window?: {
      from?: string;
      until: string;
    };
    draft?: boolean;
  };
}

export type CommandsSendReply = CommandsGetView;

export interface CommandsSubmitInput {
  params: {
    id: string;
  };
  body: CommandsCancelDraft;
}

export type CommandsSubmitReply = CommandsGetView;

export interface ContractsCheckInput {
  params: {
    id: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type ContractsCheckReply = ContractsCheckView;

export interface ContractsEvidenceInput {
  params: {
    id: string;
  };
}

export type ContractsEvidenceReply = unknown;

export interface ContractsFileInput {
  params: {
    id: string;
  };
}

export type ContractsFileReply = unknown;

export interface ContractsGetInput {
  params: {
    id: string;
  };
}

export type ContractsGetReply = ContractsGetView;

export interface ContractsMakeInput {
  params: {
    id: string;
  };
}

export type ContractsMakeReply = ContractsGetView;

export interface ContractsPreviewInput {
  params: {
    id: string;
  };
}

export type ContractsPreviewReply = unknown;

export interface ContractsPreviewTemplateInput {
  body: {
    kind: 'first' | 'renewal';
    effectiveOn: string;
    title: string;
    clauses: ContractsWriteTemplateDraftClauses;
  };
}

export type ContractsPreviewTemplateReply = unknown;

export interface ContractsProveInput {
  params: {
    id: string;
  };
}

export type ContractsProveReply = ContractsCheckView;

export interface ContractsReceiptInput {
  params: {
    id: string;
  };
}

export type ContractsReceiptReply = unknown;

export type ContractsTemplatesReply = {
  kind: string;
  number: number;
  effectiveOn: string;
  title: string;
  clauses: {
    heading: string;
    text: string;
  }[];
  note: string;
  actorName: string;
}[];

export interface ContractsWriteTemplateInput {
  body: {
    kind: 'first' | 'renewal';
    effectiveOn: string;
    title: string;
    clauses: ContractsWriteTemplateDraftClauses;
    note: string;
  };
}

export type ContractsWriteTemplateReply = {
  number: number;
};

export interface DialsGetInput {
  params: {
    id: string;
  };
}

export type DialsGetReply = DialsGetView;

export interface DialsKeepInput {
  query: {
    thing: string;
    property?: string;
    dial: string;
    takenAt: string;
    name: string;
    mediaType: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type DialsKeepReply = DialsGetView;

export interface DialsListInput {
  query: {
    thing?: string;
    state?: 'waiting' | 'agrees' | 'confirmed' | 'corrected' | 'unreadable';
    limit: number;
    cursor?: string;
  };
}

export type DialsListReply = {
  items: DialsGetView[];
  next: string | null;
};

export interface DialsReviewInput {
  params: {
    id: string;
  };
  body: {
    verdict: 'confirmed' | 'corrected' | 'unreadable';
    /** Digits as they stand there */
    dial?: string;
    note: string;
  };
}

export type DialsReviewReply = DialsGetView;

export interface DoorKeysCloseInput {
  params: {
    household: string;
  };
  body: {
    house: string;
    ground: 'handed-over' | 'court-order';
    document: string;
  };
}

export type DoorKeysCloseReply = unknown;

export interface DoorKeysFreezeInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type DoorKeysFreezeReply = unknown;

export interface DoorKeysGetInput {
  params: {
    id: string;
  };
}

export type DoorKeysGetReply = DoorKeysGetView;

export interface DoorKeysIssueInput {
  body: {
    house: string;
    holder: string;
    kind: 'card' | 'pin' | 'face' | 'fingerprint' | 'qr' | 'ble' | 'mechanical';
    pattern: 'lasting' | 'period' | 'once' | 'cyclic';
    label: string;
    validFrom?: string;
    validUntil?: string;
    uses?: number;
    weekly?: {
      days: number[];
      from: number;
      to: number;
    };
    credential?: string;
  };
}

export type DoorKeysIssueReply = {
  key: string;
  credential: string | null;
};

export interface DoorKeysLadderInput {
  params: {
    household: string;
  };
}

export type DoorKeysLadderReply = {
  household: string;
  rung: 'none' | 'guests' | 'gates' | 'door';
  lostAt: string | null;
  moveOutBy: string | null;
  at: {
    guests: string;
    gates: string;
    door: string;
  } | null;
  closing: {
    house: string;
    ground: 'handed-over' | 'court-order';
    document: string;
    at: string;
    byName: string;
  } | null;
  days: number[];
};

export interface DoorKeysListInput {
  query?: {
    house?: string;
    household?: string;
    living?: boolean;
    limit?: number;
    cursor?: string;
  };
}

export type DoorKeysListReply = {
  items: OwnDoorKeysListView;
  next: string | null;
};

export interface DoorKeysReopenInput {
  params: {
    household: string;
  };
  body: {
    reason: string;
  };
}

export type DoorKeysReopenReply = unknown;

export interface DoorKeysRevokeInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type DoorKeysRevokeReply = unknown;

export interface DoorKeysUnfreezeInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type DoorKeysUnfreezeReply = unknown;

export interface DoorKeysUsesInput {
  query?: {
    house?: string;
    thing?: string;
    key?: string;
    direction?: 'in' | 'out';
    event?: string;
    from?: string;
    to?: string;
    limit?: number;
  };
}

export type DoorKeysUsesReply = DoorKeysUsesView;

export interface DunningDeliverInput {
  params: {
    id: string;
  };
  body: {
    delivered: boolean;
    how: string;
  };
}

export type DunningDeliverReply = unknown;

export interface DunningExportInput {
  query?: {
    agreement?: string;
    state?: 'queued' | 'sent' | 'delivered' | 'failed' | 'skipped';
    channel?: 'text' | 'call' | 'letter' | 'talk';
    place?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type DunningExportReply = unknown;

export interface DunningListInput {
  query: {
    agreement?: string;
    state?: 'queued' | 'sent' | 'delivered' | 'failed' | 'skipped';
    channel?: 'text' | 'call' | 'letter' | 'talk';
    place?: string;
    after?: string;
    limit: number;
  };
}

export type DunningListReply = ({
  id: string;
  agreement: string;
  code: string;
  subject: string;
  since: string;
  step: string;
  channel: string;
  amount: number;
  state: 'queued' | 'sent' | 'delivered' | 'failed' | 'skipped';
  text: string;
  proof: {
    ways: {
      way: string;
      ok: boolean;
      sentTo?: string;
      error?: string;
      at?: string;
    }[];
    receipts: ({
      way: string;
      fate: 'delivered' | 'read' | 'failed';
      code: string;
      at: string;
    })[];
    by?: string;
    how?: string;
    why?: string;
    error?: string;
  };
  at: string;
  endedAt: string | null;
})[];

export interface DunningPauseInput {
  body: {
    agreement: string;
    reason: 'hardship' | 'objection' | 'hospital' | 'other';
    note: string;
    untilDay: string;
  };
}

export type DunningPauseReply = {
  id: string;
};

export interface DunningPausesInput {
  query: {
    agreement: string;
    all?: boolean;
  };
}

export type DunningPausesReply = ({
  id: string;
  agreement: string;
  reason: string;
  note: string;
  fromDay: string;
  untilDay: string;
  at: string;
  actorName: string;
  endedAt: string | null;
})[];

export interface DunningResumeInput {
  params: {
    id: string;
  };
}

export type DunningResumeReply = unknown;

export type DunningRunReply = unknown;

export interface EligibilityAnswerSanctionInput {
  params: {
    id: string;
  };
  body: {
    upheld: boolean;
    answer: string;
  };
}

export type EligibilityAnswerSanctionReply = EligibilityImposeView;

export interface EligibilityAppealSanctionInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type EligibilityAppealSanctionReply = EligibilityImposeView;

export interface EligibilityApplyForInput {
  body: {
    name: string;
    placeId: string;
    area: number;
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    members: ({
      name: string;
      relation: 'applicant' | 'spouse' | 'child' | 'parent' | 'sibling' | 'grandchild' | 'other';
      fields: HouseholdsSubmitChangeDraftChangeFields;
    })[];
  };
}

export type EligibilityApplyForReply = EligibilityOpenView;

export type EligibilityBoardReply = ({
  kind: 'initial' | 'pre-allocation' | 'annual' | 'renewal' | 'change' | 'spot';
  state: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn';
  count: number;
  overdue: number;
})[];

export type EligibilityCourseReply = {
  kinds: ('initial' | 'pre-allocation' | 'annual' | 'renewal' | 'change' | 'spot')[];
  states: ('draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn')[];
  steps: {
    step: EligibilityStepDraftStep;
    /** Asks for the right to decide */
    decides: boolean;
    /** Needs a reason in words */
    reasoned: boolean;
  }[];
};

export interface EligibilityGetInput {
  params: {
    id: string;
  };
}

export type EligibilityGetReply = {
  review: EligibilityOpenView;
  /** Masked */
  householdName: string;
  verdict: {
    eligible: boolean;
    because: string[];
    policy: string;
  } | null;
  steps: EligibilityStepDraftStep[];
  history: ({
    at: string;
    step: string;
    from: string;
    to: string;
    actorName: string;
    reason: string | null;
  })[];
  inquiries: ({
    id: string;
    person: string;
    /** Masked */
    personName: string;
    source: 'civil-affairs' | 'social-security' | 'police' | 'real-estate' | 'provident-fund' | 'tax' | 'vehicles' | 'market';
    state: 'pending' | 'agrees' | 'conflict' | 'unanswered' | 'waived';
    differs: string[];
    answeredAt: string | null;
    waivedReason: string | null;
  })[];
};

export interface EligibilityImposeInput {
  params: {
    id: string;
  };
  body: {
    hearing: string;
    ground: 'fraud' | 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle';
    reason: string;
    /** In fen; 0 for none */
    fine: number;
  };
}

export type EligibilityImposeReply = EligibilityImposeView;

export interface EligibilityListInput {
  query: {
    kind?: 'initial' | 'pre-allocation' | 'annual' | 'renewal' | 'change' | 'spot';
    state?: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn';
    household?: string;
    overdue?: boolean;
    limit: number;
    cursor?: string;
  };
}

export type EligibilityListReply = {
  items: ({
    id: string;
    code: string;
    household: string;
    kind: 'initial' | 'pre-allocation' | 'annual' | 'renewal' | 'change' | 'spot';
    category: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
    state: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn';
    area: number;
    policy: string | null;
    because: string[];
    reason: string | null;
    publicityUntil: string | null;
    appealUntil: string | null;
    dueAt: string | null;
    duePolicy: string | null;
    lease: string | null;
    openedAt: string;
    endedAt: string | null;
    version: number;
    /** Masked */
    householdName: string;
  })[];
  next: string | null;
};

export interface EligibilityOpenInput {
  body: {
    household: string;
    kind: 'initial' | 'pre-allocation' | 'renewal' | 'change' | 'spot';
    area: number;
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
  };
}

export type EligibilityOpenReply = EligibilityOpenView;

export interface EligibilityOpenYearlyInput {
  body: {
    before: string;
  };
}

export type EligibilityOpenYearlyReply = {
  opened: number;
  missing: number;
};

export interface EligibilitySanctionsInput {
  params: {
    id: string;
  };
}

export type EligibilitySanctionsReply = EligibilityImposeView[];

export interface EligibilitySetSourceInput {
  params: {
    kind: 'civil-affairs' | 'social-security' | 'police' | 'real-estate' | 'provident-fund' | 'tax' | 'vehicles' | 'market';
  };
  body: EligibilitySetSourceDraft;
}

export type EligibilitySetSourceReply = unknown;

export type EligibilitySourcesReply = ({
  kind: 'civil-affairs' | 'social-security' | 'police' | 'real-estate' | 'provident-fund' | 'tax' | 'vehicles' | 'market';
  url: string;
})[];

export interface EligibilityStandingInput {
  params: {
    id: string;
  };
}

export type EligibilityStandingReply = EligibilityStandingView;

export interface EligibilityStepInput {
  params: {
    id: string;
  };
  body: {
    step: EligibilityStepDraftStep;
    reason?: string;
  };
}

export type EligibilityStepReply = EligibilityOpenView;

export interface EligibilityStepManyInput {
  body: {
    reviews: string[];
    step: EligibilityStepDraftStep;
    reason?: string;
    dry: boolean;
  };
}

export type EligibilityStepManyReply = ({
  id: string;
  code: string;
  from: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn' | null;
  to: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn' | null;
  /** Type of what refused it */
  problem: string | null;
})[];

export interface EligibilityWaiveCheckInput {
  params: {
    id: string;
    check: string;
  };
  body: {
    reason: string;
  };
}

export type EligibilityWaiveCheckReply = unknown;

export interface EligibilityYearlyAheadInput {
  query: {
    before: string;
  };
}

export type EligibilityYearlyAheadReply = {
  count: number;
  first: {
    lease: string;
    code: string;
    day: string;
    household: string;
    /** Masked */
    name: string;
  }[];
};

export interface ExitsAcceptInput {
  params: {
    id: string;
  };
}

export type ExitsAcceptReply = ExitsOpenView;

export interface ExitsCancelInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type ExitsCancelReply = ExitsOpenView;

export type ExitsCountsReply = ({
  kind: 'voluntary' | 'expiry' | 'transfer' | 'ineligible' | 'acquired' | 'relocation' | 'death' | 'arrears' | 'violation' | 'fraud';
  state: 'initiated' | 'accepted' | 'inspected' | 'settled' | 'handed-over' | 'reported' | 'cancelled';
  count: number;
  late: number;
})[];

export interface ExitsFormInput {
  params: {
    id: string;
  };
}

export type ExitsFormReply = unknown;

export interface ExitsGetInput {
  params: {
    id: string;
  };
}

export type ExitsGetReply = {
  id: string;
  code: string;
  household: string;
  householdName: string;
  lease: string;
  leaseCode: string;
  house: string;
  kind: 'voluntary' | 'expiry' | 'transfer' | 'ineligible' | 'acquired' | 'relocation' | 'death' | 'arrears' | 'violation' | 'fraud';
  state: 'initiated' | 'accepted' | 'inspected' | 'settled' | 'handed-over' | 'reported' | 'cancelled';
  reason: string;
  source: 'tenant' | 'staff' | 'platform';
  ground: 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle' | null;
  finding: string | null;
  policy: string | null;
  leaveBy: string;
  openedAt: string;
  inspectBy: string;
  settleBy: string;
  depositBy: string;
  endedAt: string | null;
  inspection: ExitsGetViewInspection;
  settlement: ExitsGetViewSettlement;
  handover: string | null;
  escalated: string | null;
  ack: string | null;
  ackedAt: string | null;
  confirmedAt: string | null;
  version: number;
  houseName: string | null;
  leaseState: string | null;
  reportFailure: string | null;
  transition: {
    from: string;
    market: number | null;
    percent: number;
    rent: number | null;
    policy: string;
    running: boolean;
  } | null;
  history: ({
    at: string;
    state: 'initiated' | 'accepted' | 'inspected' | 'settled' | 'handed-over' | 'reported' | 'cancelled';
    actorName: string;
    reason: string | null;
  })[];
};

export interface ExitsHandOverInput {
  params: {
    id: string;
  };
}

export type ExitsHandOverReply = ExitsOpenView;

export interface ExitsInspectInput {
  params: {
    id: string;
  };
  body: {
    lastDay: string;
    usages: SwapsReadDraftReadings;
    damages: {
      text: string;
      amount: number;
    }[];
    photos: string[];
    note: string;
  };
}

export type ExitsInspectReply = ExitsOpenView;

export interface ExitsListInput {
  query: {
    state?: 'initiated' | 'accepted' | 'inspected' | 'settled' | 'handed-over' | 'reported' | 'cancelled';
    house?: string;
    text?: string;
    on?: string;
    after?: string;
    limit: number;
    kind?: 'voluntary' | 'expiry' | 'transfer' | 'ineligible' | 'acquired' | 'relocation' | 'death' | 'arrears' | 'violation' | 'fraud';
    late?: boolean;
  };
}

export type ExitsListReply = ({
  id: string;
  code: string;
  household: string;
  householdName: string;
  lease: string;
  leaseCode: string;
  house: string;
  kind: 'voluntary' | 'expiry' | 'transfer' | 'ineligible' | 'acquired' | 'relocation' | 'death' | 'arrears' | 'violation' | 'fraud';
  state: 'initiated' | 'accepted' | 'inspected' | 'settled' | 'handed-over' | 'reported' | 'cancelled';
  reason: string;
  source: 'tenant' | 'staff' | 'platform';
  ground: 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle' | null;
  finding: string | null;
  policy: string | null;
  leaveBy: string;
  openedAt: string;
  inspectBy: string;
  settleBy: string;
  depositBy: string;
  endedAt: string | null;
  inspection: ExitsGetViewInspection;
  settlement: ExitsGetViewSettlement;
  handover: string | null;
  escalated: string | null;
  ack: string | null;
  ackedAt: string | null;
  confirmedAt: string | null;
  version: number;
  houseName: string | null;
  leaseState: string | null;
  reportFailure: string | null;
})[];

export interface ExitsMetersInput {
  params: {
    id: string;
  };
  query: {
    lastDay: string;
  };
}

export type ExitsMetersReply = ({
  subject: string;
  begin: ExitsMetersViewItemBegin;
  end: ExitsMetersViewItemEnd;
  at: string | null;
})[];

export interface ExitsOpenInput {
  body: {
    lease: string;
    kind: 'voluntary' | 'expiry' | 'transfer' | 'ineligible' | 'acquired' | 'relocation' | 'death' | 'arrears' | 'violation' | 'fraud';
    reason: string;
    leaveOn?: string;
    ground?: 'sublet' | 'lend' | 'swap' | 'misuse' | 'damage' | 'unlawful' | 'idle';
    finding?: string;
  };
}

export type ExitsOpenReply = ExitsOpenView;

export interface ExitsPutPhotoInput {
  params: {
    id: string;
  };
  query: {
    name: string;
    mediaType: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type ExitsPutPhotoReply = {
  id: string;
};

export interface ExitsSetSupervisionInput {
  body: {
    url: string;
  };
}

export type ExitsSetSupervisionReply = unknown;

export interface ExitsSettleInput {
  params: {
    id: string;
  };
  body: {
    channel: string;
  };
}

export type ExitsSettleReply = ExitsOpenView;

export type ExitsSupervisionReply = {
  url: string | null;
};

export interface FeesAddSubjectInput {
  body: {
    code: string;
    nameZh: string;
    nameEn: string;
    fund: 'income' | 'deposit';
    rank: number;
    unit: string | null;
  };
}

export type FeesAddSubjectReply = FeesAddSubjectView;

export interface FeesAddTariffInput {
  body: {
    subject: string;
    effectiveOn: string;
    steps: ({
      /** Thousandths of the unit; null = without end */
      upTo: number | null;
      /** Ten-thousandths of yuan a unit */
      price: number;
    })[];
    basis: string;
  };
}

export type FeesAddTariffReply = FeesAddTariffView;

export interface FeesChangeSubjectInput {
  params: {
    code: string;
  };
  body: {
    nameZh?: string;
    nameEn?: string;
    rank?: number;
    retired?: boolean;
  };
}

export type FeesChangeSubjectReply = FeesAddSubjectView;

export type FeesRulesReply = FeesRulesView;

export interface FeesSetRulesInput {
  body: {
    dueDay: number;
    lateGrace: number;
  };
}

export type FeesSetRulesReply = FeesRulesView;

export type FeesSubjectsReply = FeesAddSubjectView[];

export type FeesTariffsReply = FeesAddTariffView[];

export interface FieldOfCaseInput {
  params: {
    id: string;
  };
}

export type FieldOfCaseReply = {
  items: ({
    number: number;
    kind: string;
    caseId: string | null;
    saidAt: string;
    receivedAt: string;
    marks: string[];
    outcome: 'done' | 'refused';
    refusal?: {
      type: string;
      title: string;
    };
    device: string;
    actorName: string;
    place?: {
      longitude: number;
      latitude: number;
    };
  })[];
  chains: {
    device: string;
    name: string;
    owner: string;
    entries: number;
    broken: number[];
  }[];
};

export interface FieldPutPhotoInput {
  params: {
    sha256: string;
  };
  query: {
    case: string;
    name: string;
    mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type FieldPutPhotoReply = {
  id: string;
};

export interface FieldRegisterDeviceInput {
  params: {
    id: string;
  };
  body: {
    name: string;
    /** public key, ECDSA P-256, SPKI in base64 */
    key: string;
  };
}

export type FieldRegisterDeviceReply = {
  id: string;
  name: string;
  lastNumber: number;
  lastDigest: string;
};

export interface FieldTakeEntriesInput {
  params: {
    id: string;
  };
  body: {
    entries: {
      /** the entry, word for word as it was signed */
      text: string;
      signature: string;
    }[];
  };
}

export type FieldTakeEntriesReply = {
  items: ({
    number: number;
    kind: string;
    caseId: string | null;
    saidAt: string;
    receivedAt: string;
    marks: string[];
    outcome: 'done' | 'refused';
    refusal?: {
      type: string;
      title: string;
    };
  })[];
};

export type FieldTasksReply = {
  at: string;
  tasks: ({
    id: string;
    code: string;
    kind: string;
    title: string;
    description: string;
    state: string;
    priority: number;
    open: boolean;
    version: number;
    deadline: string | null;
    trail: string[];
    subjects: ({
      kind: string;
      id: string;
      label: string;
      code: string | null;
    })[];
    items: {
      id: string;
      text: string;
      required: boolean;
      done: boolean;
    }[];
    evidence: number;
    round: {
      id: string;
      name: string;
      at: string;
      deadline: string;
      procedure: string[];
      points: {
        text: string;
        unit?: string;
        low?: number;
        high?: number;
        photo: boolean;
      }[];
      read: number[];
    } | null;
  })[];
  parts: {
    id: string;
    code: string;
    name: string;
    unit: string;
    stock: number;
  }[];
};

export interface FirmwareAddPackageInput {
  query: {
    title: string;
    version: string;
    models: string;
    signature: string;
    note: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type FirmwareAddPackageReply = FirmwareAddPackageView;

export interface FirmwareApproveInput {
  params: {
    id: string;
  };
  body: {
    note: string;
  };
}

export type FirmwareApproveReply = FirmwareBeginView;

export interface FirmwareBeginInput {
  body: {
    name: string;
    package: string;
    audience: FirmwareBeginDraftAudience;
    plan: FirmwareBeginDraftPlan;
    reason: string;
    expected?: number;
  };
}

export type FirmwareBeginReply = FirmwareBeginView;

export interface FirmwareCampaignInput {
  params: {
    id: string;
  };
}

export type FirmwareCampaignReply = {
  id: string;
  name: string;
  package: string;
  rollbackOf: string | null;
  dangers: ('life-safety' | 'dangerous-services' | 'edge-agents' | 'many-devices')[];
  reason: string;
  state: 'awaiting-approval' | 'running' | 'paused' | 'completed' | 'cancelled' | 'refused';
  pauseReason: string | null;
  wave: number;
  waves: number;
  requester: string;
  requesterName: string;
  approverName: string | null;
  approvalNote: string | null;
  createdAt: string;
  approvedAt: string | null;
  endedAt: string | null;
  packageTitle: string;
  packageVersion: string;
  packageSize: number;
  counts: FirmwareCampaignViewCounts;
  audience: {
    models?: string[];
    under?: string;
    labels?: Record<string, string>;
    things?: string[];
    versions?: string[];
  };
  plan: {
    waves: ({
      devices: number;
    } | {
      percent: number;
    })[];
    window?: {
      from: string;
      until: string;
      weekdays?: number[];
      zone: string;
    };
    parallel: number;
    failures: number;
    soak: number;
    patience: {
      offer: number;
      download: number;
      apply: number;
    };
  };
  failures: ({
    reason: string;
    state: 'pending' | 'offered' | 'downloading' | 'downloaded' | 'verified' | 'applying' | 'succeeded' | 'failed' | 'rolled-back' | 'skipped';
    count: number;
  })[];
};

export interface FirmwareCampaignsInput {
  query: {
    limit: number;
    cursor?: string;
  };
}

export type FirmwareCampaignsReply = {
  items: ({
    id: string;
    name: string;
    package: string;
    rollbackOf: string | null;
    dangers: ('life-safety' | 'dangerous-services' | 'edge-agents' | 'many-devices')[];
    reason: string;
    state: 'awaiting-approval' | 'running' | 'paused' | 'completed' | 'cancelled' | 'refused';
    pauseReason: string | null;
    wave: number;
    waves: number;
    requester: string;
    requesterName: string;
    approverName: string | null;
    approvalNote: string | null;
    createdAt: string;
    approvedAt: string | null;
    endedAt: string | null;
    packageTitle: string;
    packageVersion: string;
    packageSize: number;
    counts: FirmwareCampaignViewCounts;
  })[];
  next: string | null;
};

export interface FirmwareCancelInput {
  params: {
    id: string;
  };
  body: {
    note: string;
  };
}

export type FirmwareCancelReply = FirmwareBeginView;

export interface FirmwareDistrustInput {
  params: {
    id: string;
  };
}

export type FirmwareDistrustReply = unknown;

export interface FirmwareExportInput {
  params: {
    id: string;
  };
  query?: {
    format?: 'csv' | 'xlsx';
  };
}

export type FirmwareExportReply = unknown;

export type FirmwarePackagesReply = FirmwareAddPackageView[];

export interface FirmwarePauseInput {
  params: {
    id: string;
  };
  body: {
    note: string;
  };
}

export type FirmwarePauseReply = FirmwareBeginView;

export interface FirmwarePreviewInput {
  body: {
    package: string;
    audience: FirmwareBeginDraftAudience;
    plan: FirmwareBeginDraftPlan;
  };
}

export type FirmwarePreviewReply = {
  package: FirmwareAddPackageView;
  count: number;
  waves: number[];
  dangers: ('life-safety' | 'dangerous-services' | 'edge-agents' | 'many-devices')[];
  models: {
    key: string;
    count: number;
  }[];
  versions: {
    key: string;
    count: number;
  }[];
  offline: number;
  excluded: {
    key: string;
    count: number;
  }[];
  devices: ({
    id: string;
    code: string;
    name: string;
    family: string;
    online: string;
    version: string | null;
  })[];
};

export interface FirmwareRefuseInput {
  params: {
    id: string;
  };
  body: {
    note: string;
  };
}

export type FirmwareRefuseReply = FirmwareBeginView;

export interface FirmwareResumeInput {
  params: {
    id: string;
  };
  body: {
    retry: boolean;
    note: string;
  };
}

export type FirmwareResumeReply = FirmwareBeginView;

export interface FirmwareRollBackInput {
  params: {
    id: string;
  };
  body: {
    name: string;
    package: string;
    plan: FirmwareBeginDraftPlan;
    reason: string;
  };
}

export type FirmwareRollBackReply = FirmwareBeginView;

export type FirmwareSignersReply = FirmwareTrustView[];

export interface FirmwareTargetsInput {
  params: {
    id: string;
  };
  query: {
    state?: 'pending' | 'offered' | 'downloading' | 'downloaded' | 'verified' | 'applying' | 'succeeded' | 'failed' | 'rolled-back' | 'skipped';
    reason?: string;
    wave?: number;
    limit: number;
    cursor?: string;
  };
}

export type FirmwareTargetsReply = {
  items: ({
    thingId: string;
    thingCode: string;
    thingName: string;
    family: string;
    wave: number;
    state: 'pending' | 'offered' | 'downloading' | 'downloaded' | 'verified' | 'applying' | 'succeeded' | 'failed' | 'rolled-back' | 'skipped';
    reason: string | null;
    detail: string | null;
    fromVersion: string | null;
    received: number;
    tries: number;
    command: string | null;
    movedAt: string;
  })[];
  next: string | null;
};

export interface FirmwareThingInput {
  params: {
    id: string;
  };
}

export type FirmwareThingReply = {
  installed: {
    title: string;
    version: string;
    toldAt: string;
    since: string;
  } | null;
  history: ({
    thingId: string;
    thingCode: string;
    thingName: string;
    family: string;
    wave: number;
    state: 'pending' | 'offered' | 'downloading' | 'downloaded' | 'verified' | 'applying' | 'succeeded' | 'failed' | 'rolled-back' | 'skipped';
    reason: string | null;
    detail: string | null;
    fromVersion: string | null;
    received: number;
    tries: number;
    command: string | null;
    movedAt: string;
    campaign: string;
    title: string;
    version: string;
  })[];
};

export interface FirmwareTrustInput {
  body: {
    name: string;
    publicKey: string;
  };
}

export type FirmwareTrustReply = FirmwareTrustView;

export interface FirmwareVersionsInput {
  query?: {
    family?: string;
  };
}

export type FirmwareVersionsReply = ({
  family: string;
  title: string | null;
  version: string | null;
  count: number;
})[];

export interface FirmwareWithdrawInput {
  params: {
    id: string;
  };
}

export type FirmwareWithdrawReply = unknown;

export interface FleetConfigurationInput {
  params: {
    id: string;
  };
  query?: {
    version?: number;
  };
}

export type FleetConfigurationReply = {
  version: number;
  note: string;
  copyOf: number | null;
  createdAt: string;
  createdBy: string;
  document: unknown;
};

export interface FleetConfigureInput {
  params: {
    id: string;
  };
  body: {
    document: unknown;
    note: string;
    registerDevices: boolean;
  };
}

export type FleetConfigureReply = {
  version: number;
  devices?: {
    created: number;
    linked: number;
    known: number;
    refused: {
      device: string;
      type: string;
    }[];
  };
};

export type FleetDoorsReply = {
  mqtts: number;
  https: number;
  fingerprint: string;
};

export interface FleetGapsInput {
  params: {
    id: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type FleetGapsReply = {
  from: string;
  to: string;
  complete: boolean;
  provenUntil: string | null;
  gaps: ({
    log: string;
    level: number;
    kind: 'missing' | 'dropped' | 'pending';
    from: number;
    to: number;
    after: string | null;
    before: string | null;
  })[];
};

export interface FleetGetInput {
  params: {
    id: string;
  };
}

export type FleetGetReply = FleetGetView;

export interface FleetInviteInput {
  body: {
    placeId?: string;
    name: string;
    code?: string;
    minutes: number;
  };
}

export type FleetInviteReply = {
  id: string;
  name: string;
  code: string | null;
  placeId: string | null;
  state: 'open' | 'used' | 'revoked' | 'expired';
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  usedAt: string | null;
  thingId: string | null;
  token: string;
};

export interface FleetJoinInput {
  body: {
    token: string;
    host: string;
  };
}

export type FleetJoinReply = {
  id: string;
  code: string;
  token: string;
};

export type FleetJoinTokensReply = ({
  id: string;
  name: string;
  code: string | null;
  placeId: string | null;
  state: 'open' | 'used' | 'revoked' | 'expired';
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  usedAt: string | null;
  thingId: string | null;
})[];

export interface FleetListInput {
  query: {
    text?: string;
    limit: number;
    cursor?: string;
  };
}

export type FleetListReply = {
  items: FleetGetView[];
  next: string | null;
};

export interface FleetRollBackInput {
  params: {
    id: string;
  };
  body: {
    version: number;
    note: string;
  };
}

export type FleetRollBackReply = {
  version: number;
};

export interface FleetUninviteInput {
  params: {
    id: string;
  };
}

export type FleetUninviteReply = unknown;

export interface FleetVersionsInput {
  params: {
    id: string;
  };
}

export type FleetVersionsReply = ({
  version: number;
  note: string;
  copyOf: number | null;
  createdAt: string;
  createdBy: string;
})[];

export interface HouseholdsChangeInput {
  params: {
    id: string;
  };
}

export type HouseholdsChangeReply = {
  change: HouseholdsChangeViewChange;
  asked: {
    fields: {
      field: string;
      slot: string;
      masked: string;
    }[];
    join: {
      name: string;
      relation: string;
      from: string;
    }[];
    leave: {
      person: string;
      until: string;
    }[];
  };
};

export interface HouseholdsChangesInput {
  query: {
    household?: string;
    state?: 'submitted' | 'approved' | 'refused' | 'withdrawn';
    limit: number;
    cursor?: string;
  };
}

export type HouseholdsChangesReply = {
  items: OwnHouseholdChangesView;
  next: string | null;
};

export interface HouseholdsDecideChangeInput {
  params: {
    id: string;
  };
  body: {
    approved: boolean;
    reason: string;
  };
}

export type HouseholdsDecideChangeReply = HouseholdsChangeViewChange;

export interface HouseholdsEndMarkInput {
  params: {
    id: string;
  };
}

export type HouseholdsEndMarkReply = unknown;

export interface HouseholdsGetInput {
  params: {
    id: string;
  };
}

export type HouseholdsGetReply = HouseholdsGetView;

export interface HouseholdsListInput {
  query: {
    text?: string;
    tag?: string;
    limit: number;
    cursor?: string;
  };
}

export type HouseholdsListReply = {
  items: ({
    id: string;
    code: string;
    tags: string[];
    openedBy: 'register' | 'application' | 'check-in';
    openedAt: string;
    party: PartiesAddView;
  })[];
  next: string | null;
};

export interface HouseholdsMarkInput {
  params: {
    id: string;
  };
  body: {
    person: string;
    kind: 'very-old' | 'seriously-ill' | 'severely-disabled';
    source: string;
    evidence?: string;
    validFrom: string;
    validTo?: string;
  };
}

export type HouseholdsMarkReply = HouseholdsMarkView;

export type HouseholdsMarksReply = HouseholdsMarksView;

export interface HouseholdsOpenInput {
  body: {
    household: string;
    by: 'register' | 'application' | 'check-in';
  };
}

export type HouseholdsOpenReply = HouseholdsGetView;

export interface HouseholdsRevealChangeInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type HouseholdsRevealChangeReply = {
  fields?: HouseholdsRevealChangeViewFieldsItem[];
  join?: ({
    name: string;
    relation: 'applicant' | 'spouse' | 'child' | 'parent' | 'sibling' | 'grandchild' | 'other';
    from: string;
    fields?: HouseholdsRevealChangeViewFieldsItem[];
  })[];
  leave?: {
    person: string;
    until: string;
  }[];
};

export interface HouseholdsSubmitChangeInput {
  params: {
    id: string;
  };
  body: HouseholdsSubmitChangeDraft;
}

export type HouseholdsSubmitChangeReply = HouseholdsChangeViewChange;

export interface HouseholdsTagInput {
  params: {
    id: string;
  };
  body: {
    tags: string[];
  };
}

export type HouseholdsTagReply = unknown;

export interface HousesAsOfInput {
  params: {
    id: string;
  };
  query: {
    at: string;
  };
}

export type HousesAsOfReply = {
  status: HousesAsOfViewStatusCase1 | null;
  edition: HousesAsOfViewEditionCase1 | null;
};

export interface HousesChangeInput {
  params: {
    id: string;
  };
  body: {
    place?: {
      name?: string;
      tags?: string[];
      attributes?: Record<string, unknown>;
    };
    location?: Record<string, unknown>;
    building?: Record<string, unknown>;
    ownership?: Record<string, unknown>;
    lease?: Record<string, unknown>;
    management?: Record<string, unknown>;
  };
}

export type HousesChangeReply = HousesGetView;

export interface HousesCountsInput {
  query?: {
    state?: string;
    under?: string;
    text?: string;
    core?: boolean;
    repairing?: boolean;
    incomplete?: boolean;
    vacantDays?: number;
  };
}

export type HousesCountsReply = {
  items: ({
    state: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
    count: number;
    repairing: number;
    incomplete: number;
  })[];
};

export interface HousesCreateInput {
  body: {
    parent: string;
    code: string;
    name: string;
    tags?: string[];
    attributes?: Record<string, unknown>;
    dossier: HousesOpenDraftDossier;
    state?: 'undelivered' | 'vacant' | 'maintenance' | 'disabled';
    since?: string;
    reason?: string;
  };
}

export type HousesCreateReply = HousesGetView;

export interface HousesDevicesInput {
  params: {
    id: string;
  };
}

export type HousesDevicesReply = {
  devices: HousesWholeViewDevices;
  alarms: HousesWholeViewAlarms;
};

export interface HousesDiscardInput {
  params: {
    id: string;
  };
}

export type HousesDiscardReply = unknown;

export interface HousesEditionsInput {
  params: {
    id: string;
  };
}

export type HousesEditionsReply = {
  items: HousesAsOfViewEditionCase1[];
};

export interface HousesExportInput {
  query?: {
    state?: string;
    under?: string;
    text?: string;
    core?: boolean;
    repairing?: boolean;
    incomplete?: boolean;
    vacantDays?: number;
    format?: 'csv' | 'xlsx';
  };
}

export type HousesExportReply = unknown;

export interface HousesGetInput {
  params: {
    id: string;
  };
}

export type HousesGetReply = HousesGetView;

export interface HousesHistoryInput {
  params: {
    id: string;
  };
}

export type HousesHistoryReply = {
  items: HousesAsOfViewStatusCase1[];
};

export interface HousesImportInput {
  query: {
    dryRun: boolean;
    errors?: 'csv';
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type HousesImportReply = {
  batch: string | null;
  dryRun: boolean;
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  errors: {
    line: number;
    column?: string;
    code: string;
    detail?: string;
  }[];
};

export interface HousesListInput {
  query: {
    state?: string;
    under?: string;
    text?: string;
    core?: boolean;
    repairing?: boolean;
    incomplete?: boolean;
    vacantDays?: number;
    limit: number;
    cursor?: string;
  };
}

export type HousesListReply = {
  items: ({
    id: string;
    place: string;
    code: string;
    name: string;
    tags: string[];
    state: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
    since: string;
    vacantSince: string | null;
    reservedUntil: string | null;
    repairing: boolean;
    lease: string | null;
    completeness: number;
    version: number;
    core: boolean;
    address: string | null;
    layout: string | null;
    floorArea: number | null;
  })[];
  next: string | null;
};

export interface HousesOpenInput {
  params: {
    id: string;
  };
  body: {
    dossier: HousesOpenDraftDossier;
    state?: 'undelivered' | 'vacant' | 'maintenance' | 'disabled';
    since?: string;
    reason?: string;
  };
}

export type HousesOpenReply = HousesGetView;

export type HousesProjectsReply = {
  items: ({
    id: string;
    code: string;
    name: string;
    path: string;
    address: string | null;
    geometry: unknown;
    states: ({
      state: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
      count: number;
    })[];
  })[];
};

export interface HousesStatesInput {
  params: {
    id: string;
  };
}

export type HousesStatesReply = {
  items: ({
    id: string;
    state: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
    since: string;
    vacantSince: string | null;
    repairing: boolean;
    completeness: number;
  })[];
};

export interface HousesStepInput {
  params: {
    id: string;
  };
  body: {
    step: 'deliver' | 'release' | 'withdraw' | 'reserve' | 'lapse' | 'sign' | 'unsign' | 'move-in' | 'follow' | 'start-leaving' | 'stay' | 'vacate' | 'start-repair' | 'end-repair' | 'disable' | 'enable';
    reason?: string;
  };
}

export type HousesStepReply = HousesGetView;

export interface HousesTimelineInput {
  params: {
    id: string;
  };
  query: {
    limit: number;
    cursor?: string;
  };
}

export type HousesTimelineReply = {
  items: ({
    id: string;
    at: string;
    kind: 'status' | 'dossier' | 'lease' | 'bill' | 'case' | 'device' | 'alarm' | 'key' | 'note';
    what: string;
    refKind: string;
    ref: string;
    title: string;
    by: string | null;
    detail: Record<string, unknown>;
  })[];
  next: string | null;
};

export interface HousesUndoImportInput {
  params: {
    id: string;
  };
}

export type HousesUndoImportReply = {
  batch: string;
  removed: number;
  restored: number;
};

export interface HousesWholeInput {
  params: {
    id: string;
  };
}

export type HousesWholeReply = {
  house: {
    id: string;
    place: string;
    code: string;
    name: string;
    tags: string[];
    state: 'undelivered' | 'vacant' | 'allocatable' | 'reserved' | 'pending-move-in' | 'occupied' | 'moving-out' | 'maintenance' | 'disabled';
    since: string;
    vacantSince: string | null;
    reservedUntil: string | null;
    repairing: boolean;
    lease: string | null;
    completeness: number;
    version: number;
  };
  devices: HousesWholeViewDevices;
  alarms: HousesWholeViewAlarms;
  lease: {
    id: string;
    number: string;
    state: string;
    from: string | null;
    to: string | null;
    household: string | null;
    tenant: string | null;
  } | null;
  household: {
    id: string;
    name: string;
    members: number;
  } | null;
};

export interface JournalExportInput {
  query?: {
    from?: string;
    to?: string;
    actor?: string;
    action?: string;
    subject?: string;
    kind?: 'operation' | 'access' | 'device' | 'system';
    outcome?: 'done' | 'refused' | 'failed';
    text?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type JournalExportReply = unknown;

export interface JournalGetInput {
  params: {
    id: string;
  };
}

export type JournalGetReply = JournalGetView;

export interface JournalKeepForInput {
  body: {
    days: number;
  };
}

export type JournalKeepForReply = {
  days: number;
  least: number;
};

export interface JournalListInput {
  query: {
    from?: string;
    to?: string;
    actor?: string;
    action?: string;
    subject?: string;
    kind?: 'operation' | 'access' | 'device' | 'system';
    outcome?: 'done' | 'refused' | 'failed';
    text?: string;
    limit: number;
    cursor?: string;
  };
}

export type JournalListReply = {
  items: JournalGetView[];
  next: string | null;
};

export type JournalRetentionReply = {
  days: number;
  least: number;
};

export interface JournalVerificationInput {
  params: {
    id: string;
  };
}

export type JournalVerificationReply = JournalVerifyView;

export type JournalVerificationsReply = {
  items: JournalVerifyView[];
};

export type JournalVerifyReply = JournalVerifyView;

export interface KeysCreateInput {
  body: {
    name: string;
    permissions: string[];
    places?: string[];
    expiresAt?: string;
    perMinute?: number;
  };
}

export type KeysCreateReply = {
  key: KeysCreateViewKey;
  text: string;
};

export interface KeysListInput {
  query: {
    limit: number;
    cursor?: string;
  };
}

export type KeysListReply = {
  items: KeysCreateViewKey[];
  next: string | null;
};

export interface KeysRevokeInput {
  params: {
    id: string;
  };
}

export type KeysRevokeReply = unknown;

export interface LeasesChangeInput {
  params: {
    id: string;
  };
  body: {
    title?: string;
    startsOn?: string;
    endsOn?: string;
    terms?: Record<string, unknown>;
    reason?: string;
  };
}

export type LeasesChangeReply = LeasesSignView;

export interface LeasesCreateInput {
  body: {
    house: string;
    tenant: {
      party: string;
      name: string;
    };
    lessor: {
      party: string;
      name: string;
    };
    startsOn: string;
    endsOn: string;
    title: string;
    terms: Record<string, unknown>;
    fees: LeasesCreateDraftFees;
  };
}

export type LeasesCreateReply = LeasesSignView;

export interface LeasesFeeChangesInput {
  params: {
    id: string;
  };
}

export type LeasesFeeChangesReply = ({
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  effectiveOn: string;
  basis: string;
  at: string;
  actorName: string;
})[];

export interface LeasesFileInput {
  params: {
    id: string;
  };
  body: {
    number: string;
  };
}

export type LeasesFileReply = unknown;

export interface LeasesFollowInput {
  params: {
    id: string;
  };
  body: {
    kind: 'renewal' | 'resign';
    endsOn: string;
    house?: string;
    tenant?: {
      party: string;
      name: string;
    };
    lessor?: {
      party: string;
      name: string;
    };
    startsOn?: string;
    title?: string;
    terms?: Record<string, unknown>;
    fees?: LeasesCreateDraftFees;
  };
}

export type LeasesFollowReply = LeasesSignView;

export interface LeasesGetInput {
  params: {
    id: string;
  };
}

export type LeasesGetReply = {
  id: string;
  code: string;
  title: string;
  house: string;
  state: string;
  startsOn: string;
  endsOn: string;
  replaces: string | null;
  version: number;
  parties: {
    role: string;
    party: string;
    name: string;
  }[];
  lease: {
    kind: string;
    previous: string | null;
    shortenedFrom: string | null;
    signedOn: string | null;
    filingDueOn: string | null;
    filedOn: string | null;
    filingNumber: string | null;
  };
  steps: string[];
  /** Of the wording: what a signature is put under */
  digest: string;
  fees: LeasesGetViewFees;
};

export interface LeasesListInput {
  query: {
    state?: string;
    house?: string;
    party?: string;
    text?: string;
    endsBefore?: string;
    after?: string;
    limit: number;
  };
}

export type LeasesListReply = LeasesSignView[];

export interface LeasesSetFeeInput {
  params: {
    id: string;
    subject: string;
  };
  body: {
    basis: LeasesSetFeeDraftBasisCase1 | null;
    effectiveOn: string;
    endsOn?: string;
    reason: string;
  };
}

export type LeasesSetFeeReply = LeasesSignView;

export interface LeasesSignInput {
  params: {
    id: string;
  };
  body: {
    role: 'tenant' | 'lessor';
    party: string;
    digest: string;
    identityCheck: string;
    consent: string;
  };
}

export type LeasesSignReply = LeasesSignView;

export interface LeasesSignaturesInput {
  params: {
    id: string;
  };
}

export type LeasesSignaturesReply = {
  id: string;
  version: number;
  role: string;
  party: string;
  digest: string;
  evidence: {
    statement: string;
    seal: string;
  };
  at: string;
  actorName: string;
  holds: boolean;
}[];

export interface LeasesStepInput {
  params: {
    id: string;
  };
  body: {
    step: 'submit' | 'withdraw' | 'end' | 'void' | 'archive';
    reason: string;
  };
}

export type LeasesStepReply = LeasesSignView;

export interface LeasesVersionsInput {
  params: {
    id: string;
  };
}

export type LeasesVersionsReply = {
  number: number;
  step: string;
  state: string;
  startsOn: string;
  endsOn: string;
  terms: Record<string, unknown>;
  fees: LeasesGetViewFees;
  digest: string;
  reason: string;
  at: string;
  actorName: string;
}[];

export interface LedgerCloseInput {
  body: {
    period: string;
  };
}

export type LedgerCloseReply = LedgerCloseView;

export type LedgerClosingsReply = LedgerCloseView[];

export interface LedgerProveInput {
  params: {
    period: string;
  };
}

export type LedgerProveReply = {
  period: string;
  closed: boolean;
  holds: boolean;
};

export interface LedgerStandingInput {
  params: {
    id: string;
  };
}

export type LedgerStandingReply = {
  owed: number;
  prepaid: number;
  deposit: number;
};

export interface LedgerTrialBalanceInput {
  query?: {
    until?: string;
  };
}

export type LedgerTrialBalanceReply = {
  accounts: ({
    account: string;
    subject: string | null;
    debit: number;
    credit: number;
    /** Debits minus credits, minor units */
    balance: number;
  })[];
  imbalance: number;
};

export interface LedgerVouchersInput {
  query: {
    period?: string;
    party?: string;
    agreement?: string;
    document?: string;
    kind?: string;
    before?: number;
    limit: number;
  };
}

export type LedgerVouchersReply = ({
  id: string;
  number: number;
  kind: string;
  period: string;
  at: string;
  agreement: string | null;
  party: string | null;
  document: string | null;
  reverses: string | null;
  memo: string;
  /** Sum of the debits, minor units */
  amount: number;
  actorName: string;
  entries: ({
    account: string;
    subject: string | null;
    amount: number;
  })[];
})[];

export interface LinkagesCreateInput {
  body: LinkagesCreateDraft;
}

export type LinkagesCreateReply = LinkagesCreateView;

export type LinkagesListReply = {
  items: LinkagesCreateView[];
};

export interface LinkagesRemoveInput {
  params: {
    id: string;
  };
}

export type LinkagesRemoveReply = unknown;

export interface LinkagesTryInput {
  body: {
    rule: LinkagesCreateDraft;
    thing: string;
    at?: string;
    data?: Record<string, unknown>;
  };
}

export type LinkagesTryReply = {
  misses: ('disabled' | 'place' | 'thing' | 'family' | 'hours')[];
  commands: {
    thing: string;
    thingCode: string;
    thingName: string;
    service: string;
    input: unknown;
    approval: boolean;
    refused?: string;
  }[];
};

export interface LinkagesUpdateInput {
  params: {
    id: string;
  };
  body: LinkagesCreateDraft;
}

export type LinkagesUpdateReply = LinkagesCreateView;

export interface LinksChangesInput {
  params: {
    id: string;
  };
}

export type LinksChangesReply = {
  time: string;
  event: string;
  name: {
    zh: string;
    en: string;
  };
  data: unknown;
}[];

export interface LinksHistoryInput {
  query?: {
    place?: string;
    bearer?: '' | 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet';
    hours?: number;
  };
}

export type LinksHistoryReply = ({
  at: string;
  rate: number | null;
  loss: number | null;
  latency: number | null;
  rssi: number | null;
  breaks: number;
})[];

export interface LinksLinesInput {
  query?: {
    place?: string;
    bearer?: '' | 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet';
    only?: 'weak' | 'stale' | 'lossy' | 'damaged' | 'offline';
    limit?: number;
  };
}

export type LinksLinesReply = ({
  id: string;
  code: string;
  name: string;
  family: string;
  bearer: string | null;
  protocol: string | null;
  route: string;
  online: string;
  since: string | null;
  lastHeard: string | null;
  stale: boolean;
  rssi: number | null;
  weak: boolean;
  loss: number;
  latency: number | null;
  damaged: number;
  breaks: number;
})[];

export interface LinksSignalInput {
  query?: {
    place?: string;
    bearer?: '' | 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet';
  };
}

export type LinksSignalReply = {
  from: number;
  count: number;
  weak: number;
}[];

export interface LinksSummaryInput {
  query?: {
    place?: string;
    bearer?: '' | 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet';
    by?: 'bearer' | 'site' | 'site-bearer' | 'route';
  };
}

export type LinksSummaryReply = ({
  site: string | null;
  siteName: string | null;
  bearer: string | null;
  route: string | null;
  total: number;
  online: number;
  offline: number;
  unknown: number;
  stale: number;
  weak: number;
  rate: number | null;
  loss: number | null;
  latency: number | null;
  rssi: number | null;
  damaged: number;
  breaks: number;
})[];

export interface MaintenanceListInput {
  query?: {
    case?: string;
    subject?: string;
  };
}

export type MaintenanceListReply = MaintenanceWriteView[];

export interface MaintenanceWriteInput {
  body: {
    case: string;
    at: string;
    content: string;
    problems: string;
    actions: string;
    /** id of the drawn signature, a picture kept for the case */
    signature: string;
  };
}

export type MaintenanceWriteReply = MaintenanceWriteView;

export interface MeasuresChildrenInput {
  params: {
    measure: string;
  };
  query?: {
    place?: string;
    day?: string;
    kind?: 'project' | 'building';
  };
}

export type MeasuresChildrenReply = {
  figure: MeasuresFigureView;
  itself: {
    num: number;
    den: number;
    rows: number;
  };
  children: ({
    id: string;
    path: string;
    kind: string;
    code: string;
    name: string;
    value: number | null;
    num: number;
    den: number;
    rows: number;
  })[];
};

export interface MeasuresFigureInput {
  params: {
    measure: string;
  };
  query?: {
    place?: string;
    day?: string;
  };
}

export type MeasuresFigureReply = MeasuresFigureView;

export interface MeasuresFiguresInput {
  query?: {
    place?: string;
    day?: string;
  };
}

export type MeasuresFiguresReply = MeasuresFiguresView;

export type MeasuresListReply = ({
  id: string;
  version: number;
  domain: 'house' | 'tenant' | 'fee' | 'repair' | 'energy' | 'warning';
  name: {
    zh: string;
    en: string;
  };
  formula: {
    zh: string;
    en: string;
  };
  unit: 'home' | 'lease' | 'fen' | 'case' | 'watt-hour' | 'ratio' | 'second' | 'day' | 'warning';
  shape: 'count' | 'sum' | 'rate' | 'mean';
  span: 'moment' | 'month';
  grain: string;
  dimensions: string[];
  owner: string;
  sources: string[];
})[];

export interface MeasuresRowsInput {
  params: {
    measure: string;
  };
  query: {
    place?: string;
    day?: string;
    limit: number;
    after?: string;
  };
}

export type MeasuresRowsReply = {
  figure: MeasuresFigureView;
  told: MeasuresFigureView | null;
  items: ({
    ref: string;
    place: string;
    name: string | null;
    placeId: string | null;
    num: number;
    den: number;
  })[];
  next: string | null;
};

export interface MeasuresTrendInput {
  params: {
    measure: string;
  };
  query: {
    place?: string;
    day?: string;
    months: number;
  };
}

export type MeasuresTrendReply = {
  points: MeasuresFiguresView;
  yearBefore: MeasuresFigureView;
};

export interface MessagesListInput {
  query: {
    unread?: boolean;
    limit: number;
    cursor?: string;
  };
}

export type MessagesListReply = {
  items: {
    id: string;
    trigger: string;
    severity: number;
    title: string;
    body: string;
    aboutKind: string;
    aboutId: string;
    createdAt: string;
    readAt?: string;
  }[];
  next: string | null;
};

export type MessagesMarkAllReadReply = {
  count: number;
};

export interface MessagesMarkReadInput {
  params: {
    id: string;
  };
}

export type MessagesMarkReadReply = unknown;

export type MessagesUnreadCountReply = {
  count: number;
};

export interface MetersExchangeInput {
  body: {
    house: string;
    subject: string;
    exchangedAt: string;
    /** Thousandths of the unit */
    oldEnd: number;
    /** Thousandths of the unit */
    newBegin: number;
    note: string;
    photo?: string;
  };
}

export type MetersExchangeReply = {
  id: string;
};

export interface MetersGapsInput {
  query: {
    limit: number;
  };
}

export type MetersGapsReply = ({
  id: string;
  house: string;
  subject: string;
  period: string;
  agreement: string;
  why: 'no-meter' | 'no-beginning' | 'no-end' | 'fell';
  at: string;
})[];

export interface MetersUsagesInput {
  query: {
    house?: string;
    period?: string;
    rule?: 'exact' | 'between' | 'carried' | 'following' | 'estimated';
    limit: number;
  };
}

export type MetersUsagesReply = ({
  id: string;
  house: string;
  subject: string;
  period: string;
  /** Thousandths of the unit */
  begin: number;
  /** Thousandths of the unit */
  end: number;
  /** Thousandths of the unit */
  quantity: number;
  source: string;
  rule: string | null;
  photo: string | null;
  at: string;
  actorName: string;
})[];

export type ModelsCommissioningReply = {
  family: string;
  points: {
    item: string;
    unit?: string;
    low?: number;
    high?: number;
    tool?: string;
  }[];
  changedBy: string;
}[];

export interface ModelsGetInput {
  params: {
    family: string;
  };
}

export type ModelsGetReply = ModelsGetView;

export type ModelsListReply = ModelsGetView;

export type ModelsNamingBreachesReply = {
  checked: number;
  breaches: ({
    id: string;
    code: string;
    name: string;
    family: string;
    pattern: string | null;
  })[];
};

export type ModelsNamingRulesReply = {
  family: string;
  pattern: string;
  explanation: string;
}[];

export interface ModelsPublishInput {
  body: {
    family: string;
    name: {
      zh: string;
      en: string;
    };
    category: ModelsGetViewItemCategory;
    authentication: 'certificate' | 'secret' | 'gateway';
    interval: number;
    grace: number;
    events: ModelsGetViewItemEvents;
    services: ModelsGetViewItemServices;
    capabilities?: ModelsGetViewItemCapabilities;
    properties: ({
      id: string;
      name: {
        zh: string;
        en: string;
      };
      type: ModelsGetViewItemPropertiesItemType;
      unit?: string;
      min?: number;
      max?: number;
      resolution?: number;
      maxRate?: number;
      maxStill?: number;
      cumulative?: boolean;
      values?: ModelsGetViewItemPropertiesItemValues;
      access: 'r' | 'w' | 'rw';
      autonomy?: 'disables';
      transferLevel: 1 | 2 | 3;
      storeLevel: 1 | 2 | 3;
    })[];
  };
}

export type ModelsPublishReply = ModelsGetViewItem;

export interface ModelsSetCommissioningInput {
  params: {
    family: string;
  };
  body: {
    points: {
      item: string;
      unit?: string;
      low?: number;
      high?: number;
      tool?: string;
    }[];
  };
}

export type ModelsSetCommissioningReply = unknown;

export interface ModelsSetNamingRuleInput {
  body: {
    family: string;
    pattern: string;
    explanation: string;
  };
}

export type ModelsSetNamingRuleReply = unknown;

export interface ModelsTypesInput {
  query: {
    order: string;
  };
}

export type ModelsTypesReply = unknown[];

export interface MoveInsBeginInput {
  body: {
    household: string;
    house: string;
  };
}

export type MoveInsBeginReply = MoveInsBeginView;

export interface MoveInsCancelInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type MoveInsCancelReply = unknown;

export interface MoveInsCheckInInput {
  params: {
    id: string;
  };
  body: MoveInsCheckInDraft;
}

export type MoveInsCheckInReply = MoveInsBeginView;

export interface MoveInsContractInput {
  params: {
    id: string;
  };
  body: {
    startsOn?: string;
  };
}

export type MoveInsContractReply = MoveInsBeginView;

export type MoveInsCountsReply = ({
  state: 'allocated' | 'contract' | 'checked-in' | 'cancelled';
  count: number;
})[];

export interface MoveInsFormInput {
  params: {
    id: string;
  };
}

export type MoveInsFormReply = unknown;

export interface MoveInsGetInput {
  params: {
    id: string;
  };
}

export type MoveInsGetReply = MoveInsGetView;

export type MoveInsLessorReply = {
  party: string;
  name: string;
} | null;

export interface MoveInsListInput {
  query: {
    state?: 'allocated' | 'contract' | 'checked-in' | 'cancelled';
    house?: string;
    text?: string;
    on?: string;
    after?: string;
    limit: number;
  };
}

export type MoveInsListReply = ({
  id: string;
  code: string;
  household: string;
  householdName: string;
  house: string;
  plan: string | null;
  state: 'allocated' | 'contract' | 'checked-in' | 'cancelled';
  lease: string | null;
  openedAt: string;
  contractAt: string | null;
  checkedInAt: string | null;
  appointmentAt: string | null;
  version: number;
  houseName: string | null;
  leaseCode: string | null;
  leaseState: string | null;
})[];

export interface MoveInsPutPhotoInput {
  params: {
    id: string;
  };
  query: {
    name: string;
    mediaType: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type MoveInsPutPhotoReply = {
  id: string;
};

export interface MoveInsSetLessorInput {
  body: {
    party: string;
  };
}

export type MoveInsSetLessorReply = unknown;

export interface NoticesChangeInput {
  params: {
    id: string;
  };
  body: NoticesDraftDraft;
}

export type NoticesChangeReply = unknown;

export interface NoticesDeliveriesInput {
  params: {
    id: string;
  };
  query: {
    state?: 'queued' | 'sent' | 'failed';
    after?: string;
    limit: number;
  };
}

export type NoticesDeliveriesReply = ({
  id: string;
  party: string;
  agreement: string;
  code: string;
  name: string;
  state: string;
  proof: {
    way: string;
    ok: boolean;
    /** Masked */
    sentTo?: string;
    error?: string;
    permanent?: boolean;
    at: string;
  }[];
  at: string;
  endedAt: string | null;
  readAt: string | null;
})[];

export interface NoticesDraftInput {
  body: NoticesDraftDraft;
}

export type NoticesDraftReply = {
  id: string;
};

export interface NoticesGetInput {
  params: {
    id: string;
  };
}

export type NoticesGetReply = NoticesGetView;

export interface NoticesListInput {
  query: {
    limit: number;
    cursor?: string;
    kind?: 'service' | 'policy' | 'bill';
  };
}

export type NoticesListReply = {
  items: NoticesGetView[];
  next: string | null;
};

export interface NoticesPreviewInput {
  query: {
    place?: string;
    states: string;
    fees: 'any' | 'nothing-due' | 'owing' | 'late';
  };
}

export type NoticesPreviewReply = {
  count: number;
  examples: {
    code: string;
    name: string;
  }[];
};

export interface NoticesPublishInput {
  params: {
    id: string;
  };
}

export type NoticesPublishReply = {
  told: number;
};

export interface NotifyChannelsAddInput {
  body: NotifyChannelsAddDraft;
}

export type NotifyChannelsAddReply = {
  id: string;
};

export interface NotifyChannelsEditInput {
  params: {
    id: string;
  };
  body: NotifyChannelsAddDraft;
}

export type NotifyChannelsEditReply = unknown;

export type NotifyChannelsListReply = {
  items: {
    id: string;
    kind: string;
    name: string;
    enabled: boolean;
    settings: Record<string, unknown>;
    secretSet: boolean;
    version: number;
  }[];
};

export interface NotifyChannelsRemoveInput {
  params: {
    id: string;
  };
}

export type NotifyChannelsRemoveReply = unknown;

export interface NotifyChannelsTryInput {
  params: {
    id: string;
  };
  body: {
    to?: string;
  };
}

export type NotifyChannelsTryReply = {
  ok: boolean;
  /** Masked */
  sentTo: string;
  kept: boolean;
  obstacle?: 'inner-address' | 'signature' | 'refused' | 'redirected' | 'busy' | 'unknown-name' | 'unreachable' | 'certificate' | 'login' | 'other';
  error?: string;
};

export interface NotifyDeliveriesListInput {
  query: {
    state?: 'queued' | 'sent' | 'failed' | 'suppressed';
    channel?: 'in-app' | 'mail' | 'sms' | 'webhook';
    trigger?: string;
    about?: string;
    limit: number;
    cursor?: string;
  };
}

export type NotifyDeliveriesListReply = {
  items: ({
    id: string;
    trigger: string;
    phase: string;
    channel: 'in-app' | 'mail' | 'sms' | 'webhook';
    receiverName: string;
    severity: number;
    title: string;
    body: string;
    aboutKind: string;
    aboutId: string;
    state: string;
    reason?: string;
    attempts: number;
    error?: string;
    sentTo?: string;
    createdAt: string;
    nextAt?: string;
    sentAt?: string;
    mergedInto?: string;
  })[];
  next: string | null;
};

export interface NotifyDeliveriesResendInput {
  params: {
    id: string;
  };
}

export type NotifyDeliveriesResendReply = unknown;

export interface NotifyDeliveriesSmsOutboxInput {
  query: {
    limit: number;
  };
}

export type NotifyDeliveriesSmsOutboxReply = {
  items: {
    id: string;
    delivery: string;
    receiverName: string;
    sentTo: string;
    text: string;
    at: string;
  }[];
};

export interface NotifyReceiptsTakeInput {
  params: {
    id: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type NotifyReceiptsTakeReply = unknown;

export interface NotifyRulesAddInput {
  body: NotifyRulesAddDraft;
}

export type NotifyRulesAddReply = {
  id: string;
};

export interface NotifyRulesEditInput {
  params: {
    id: string;
  };
  body: NotifyRulesAddDraft;
}

export type NotifyRulesEditReply = unknown;

export type NotifyRulesListReply = {
  items: ({
    id: string;
    name: string;
    enabled: boolean;
    definition: {
      triggers: NotifyRulesAddDraftDefinitionTriggers;
      severity: {
        from: 1 | 2 | 3 | 4;
        to: 1 | 2 | 3 | 4;
      };
      place: string;
      audience: {
        users: string[];
        roles: string[];
        permission?: string;
        assignee: boolean;
      };
      channels: ('in-app' | 'mail' | 'sms')[];
      webhooks: string[];
      quiet?: {
        from: string;
        to: string;
        zone?: string;
      };
      throttle?: {
        seconds: number;
        per: 'subject' | 'rule';
      };
    };
    version: number;
  })[];
};

export interface NotifyRulesPreviewInput {
  body: {
    definition: NotifyRulesAddDraftDefinition;
    sample: {
      trigger: 'alarm.raised' | 'alarm.escalated' | 'case.assigned' | 'case.warning' | 'case.overdue' | 'thing.offline' | 'device.fault' | 'maintenance.due' | 'refund.held' | 'job.troubled' | 'system.troubled';
      severity: 1 | 2 | 3 | 4;
      place: string;
      assignee?: string;
    };
  };
}

export type NotifyRulesPreviewReply = {
  items: ({
    channel: 'in-app' | 'mail' | 'sms' | 'webhook';
    receiver: string;
    address: string;
    at: string;
    title: string;
    body: string;
  })[];
};

export interface NotifyRulesRemoveInput {
  params: {
    id: string;
  };
}

export type NotifyRulesRemoveReply = unknown;

export interface NotifyRulesTryInput {
  params: {
    id: string;
  };
}

export type NotifyRulesTryReply = {
  deliveries: string[];
};

export type NotifyTargetsGetReply = {
  targets: string[];
};

export interface NotifyTargetsSetInput {
  body: {
    targets: string[];
  };
}

export type NotifyTargetsSetReply = unknown;

export type NotifyTextsListReply = {
  items: ({
    trigger: string;
    channel: string;
    language: 'zh-CN' | 'en';
    title: string;
    body: string;
    version: number;
  })[];
  placeholders: string[];
};

export interface NotifyTextsResetInput {
  params: {
    trigger: 'alarm.raised' | 'alarm.escalated' | 'case.assigned' | 'case.warning' | 'case.overdue' | 'thing.offline' | 'device.fault' | 'maintenance.due' | 'refund.held' | 'job.troubled' | 'system.troubled' | 'alarm.cleared' | 'thing.online' | 'job.well' | 'system.well' | 'tenant.dunning' | 'tenant.notice' | 'tenant.swap-proposed' | 'tenant.swap-agreed' | 'tenant.swap-declined' | 'tenant.swap-approved' | 'tenant.swap-refused' | 'tenant.swap-scheduled' | 'tenant.swap-done' | 'tenant.swap-ended' | 'tenant.swap-lapsed' | 'report.made' | 'tenant.papers-wanted' | 'tenant.papers-soon' | 'tenant.papers-late' | 'tenant.barred' | 'tenant.bar-lifted' | 'tenant.bar-upheld' | 'trial';
    channel: 'any' | 'in-app' | 'mail' | 'sms' | 'webhook';
    language: 'zh-CN' | 'en';
  };
}

export type NotifyTextsResetReply = unknown;

export interface NotifyTextsSetInput {
  params: {
    trigger: 'alarm.raised' | 'alarm.escalated' | 'case.assigned' | 'case.warning' | 'case.overdue' | 'thing.offline' | 'device.fault' | 'maintenance.due' | 'refund.held' | 'job.troubled' | 'system.troubled' | 'alarm.cleared' | 'thing.online' | 'job.well' | 'system.well' | 'tenant.dunning' | 'tenant.notice' | 'tenant.swap-proposed' | 'tenant.swap-agreed' | 'tenant.swap-declined' | 'tenant.swap-approved' | 'tenant.swap-refused' | 'tenant.swap-scheduled' | 'tenant.swap-done' | 'tenant.swap-ended' | 'tenant.swap-lapsed' | 'report.made' | 'tenant.papers-wanted' | 'tenant.papers-soon' | 'tenant.papers-late' | 'tenant.barred' | 'tenant.bar-lifted' | 'tenant.bar-upheld' | 'trial';
    channel: 'any' | 'in-app' | 'mail' | 'sms' | 'webhook';
    language: 'zh-CN' | 'en';
  };
  body: {
    title: string;
    body: string;
  };
}

export type NotifyTextsSetReply = unknown;

export interface OrganisationsCreateInput {
  body: {
    kind: 'operating-body' | 'technical-provider' | 'supervising-authority';
    name: string;
    administrator: string;
  };
}

export type OrganisationsCreateReply = {
  organisation: OrganisationsOwnView;
  password: string;
};

export type OrganisationsListReply = {
  items: OrganisationsOwnView[];
};

export type OrganisationsOwnReply = OrganisationsOwnView;

export interface OrganisationsUpdateInput {
  body: {
    name?: string;
    secondFactor?: 'required' | 'waived-while-loopback';
    idleMinutes?: number;
    absoluteMinutes?: number;
  };
}

export type OrganisationsUpdateReply = OrganisationsOwnView;

export interface OwnAllocationChooseInput {
  params: {
    id: string;
  };
  body: {
    house: string;
  };
}

export type OwnAllocationChooseReply = AllocationPassView;

export interface OwnAllocationDeclineInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type OwnAllocationDeclineReply = unknown;

export type OwnAllocationGetReply = {
  entry: AllocationEnterView;
  plans: AllocationPlansView;
};

export interface OwnAllocationIntendInput {
  params: {
    id: string;
  };
}

export type OwnAllocationIntendReply = unknown;

export type OwnAllocationTurnsReply = {
  entry: AllocationEnterView;
  position: number | null;
  turns: ({
    plan: string;
    name: string;
    state: 'draft' | 'open' | 'committed' | 'choosing' | 'closed';
    intentUntil: string;
    intent: AllocationPassView | null;
    slotTo: string | null;
    open: boolean;
    houses: {
      id: string;
      name: string;
      address: string;
      layout: string;
      area: number;
      /** Fen */
      rent: number;
      /** Fen */
      deposit: number;
      taken: boolean;
    }[];
  })[];
};

export type OwnBillsChannelsReply = ({
  id: string;
  name: string;
  kind: 'wechat' | 'alipay';
})[];

export interface OwnBillsGetInput {
  params: {
    id: string;
  };
}

export type OwnBillsGetReply = {
  id: string;
  number: number;
  period: string;
  houseName: string | null;
  dueOn: string;
  /** Fen */
  amount: number;
  /** Fen */
  settled: number;
  /** Fen */
  waived: number;
  /** Fen */
  owed: number;
  lines: {
    id: string;
    subject: string;
    /** Fen */
    amount: number;
    /** Fen */
    settled: number;
    /** Fen */
    waived: number;
    reversed: boolean;
  }[];
};

export interface OwnBillsListInput {
  query?: {
    state?: 'open' | 'paid';
  };
}

export type OwnBillsListReply = ({
  id: string;
  number: number;
  period: string;
  houseName: string | null;
  dueOn: string;
  /** Fen */
  amount: number;
  /** Fen */
  settled: number;
  /** Fen */
  waived: number;
  /** Fen */
  owed: number;
})[];

export interface OwnBillsOrderInput {
  params: {
    id: string;
  };
  body: {
    channel: string;
  };
}

export type OwnBillsOrderReply = OwnBillsOrderView;

export interface OwnBillsOrderOfInput {
  params: {
    id: string;
  };
}

export type OwnBillsOrderOfReply = OwnBillsOrderView;

export type OwnCareHelpReply = unknown;

export interface OwnComplaintsCommentInput {
  params: {
    id: string;
  };
  body: {
    text: string;
  };
}

export type OwnComplaintsCommentReply = unknown;

export interface OwnComplaintsConfirmInput {
  params: {
    id: string;
  };
}

export type OwnComplaintsConfirmReply = unknown;

export interface OwnComplaintsGetInput {
  params: {
    id: string;
  };
}

export type OwnComplaintsGetReply = OwnRepairsGetView;

export type OwnComplaintsListReply = OwnRepairsListView;

export interface OwnComplaintsPhotoInput {
  params: {
    id: string;
    record: string;
  };
}

export type OwnComplaintsPhotoReply = unknown;

export interface OwnComplaintsRateInput {
  params: {
    id: string;
  };
  body: {
    score: number;
    note?: string;
  };
}

export type OwnComplaintsRateReply = unknown;

export interface OwnComplaintsRejectInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type OwnComplaintsRejectReply = unknown;

export interface OwnComplaintsTellInput {
  body: {
    category: 'service' | 'neighbours' | 'facilities' | 'charges' | 'other';
    title: string;
    description: string;
  };
}

export type OwnComplaintsTellReply = {
  id: string;
};

export interface OwnContractsEvidenceInput {
  params: {
    id: string;
  };
}

export type OwnContractsEvidenceReply = unknown;

export interface OwnContractsFileInput {
  params: {
    id: string;
  };
}

export type OwnContractsFileReply = unknown;

export interface OwnContractsPreviewInput {
  params: {
    id: string;
  };
}

export type OwnContractsPreviewReply = unknown;

export interface OwnContractsProveInput {
  params: {
    id: string;
  };
}

export type OwnContractsProveReply = ContractsCheckView;

export interface OwnDataConsentInput {
  body: OwnDataConsentDraft;
}

export type OwnDataConsentReply = OwnDataConsentView;

export type OwnDataGetReply = {
  id: string;
  name: string;
  values: PartiesRevealView;
  household: string | null;
  members: PartiesMembersView;
  consents: OwnDataConsentView;
};

export interface OwnDataLooksInput {
  query: {
    limit: number;
  };
}

export type OwnDataLooksReply = OwnDataLooksView;

export interface OwnDataWithdrawInput {
  params: {
    id: string;
  };
}

export type OwnDataWithdrawReply = unknown;

export interface OwnDoorKeysEndGuestInput {
  params: {
    id: string;
  };
}

export type OwnDoorKeysEndGuestReply = unknown;

export interface OwnDoorKeysGuestInput {
  body: {
    house?: string;
    label: string;
    until: string;
  };
}

export type OwnDoorKeysGuestReply = {
  key: string;
  credential: string | null;
};

export type OwnDoorKeysListReply = OwnDoorKeysListView;

export interface OwnDoorKeysShowInput {
  params: {
    id: string;
  };
}

export type OwnDoorKeysShowReply = {
  credential: string | null;
};

export type OwnDoorKeysUsesReply = DoorKeysUsesView;

export interface OwnEligibilityAppealSanctionInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type OwnEligibilityAppealSanctionReply = OwnEligibilityAppealSanctionView;

export interface OwnEligibilityApplyInput {
  body: {
    area: number;
    category?: 'general' | 'low-income' | 'special-care' | 'new-worker' | 'migrant-worker' | 'resettled' | 'talent';
  };
}

export type OwnEligibilityApplyReply = EligibilityOpenView;

export type OwnEligibilityGetReply = {
  standing: EligibilityStandingView;
  reviews: EligibilityOpenView[];
  sanctions: OwnEligibilityAppealSanctionView[];
  notes: ({
    review: string;
    at: string;
    to: 'draft' | 'submitted' | 'supplement' | 'checking' | 'first-review' | 'second-review' | 'final-review' | 'publicity' | 'objected' | 'approved' | 'refused' | 'appeal' | 'withdrawn';
    reason: string;
  })[];
};

export interface OwnEligibilityStepInput {
  params: {
    id: string;
  };
  body: {
    step: 'submit' | 'appeal' | 'withdraw';
    reason: string;
  };
}

export type OwnEligibilityStepReply = EligibilityOpenView;

export interface OwnExitAskInput {
  body: {
    reason: string;
    leaveOn?: string;
  };
}

export type OwnExitAskReply = ExitsOpenView;

export interface OwnExitCancelInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type OwnExitCancelReply = ExitsOpenView;

export interface OwnExitConfirmInput {
  params: {
    id: string;
  };
}

export type OwnExitConfirmReply = ExitsOpenView;

export type OwnExitListReply = ExitsOpenView[];

export type OwnHomeGetReply = {
  name: string;
  home: OwnHomeGetViewHomeCase1 | null;
  /** Fen */
  owed: number;
  nextBill: {
    id: string;
    period: string;
    dueOn: string;
    /** Fen */
    owed: number;
  } | null;
  toSign: OwnLeasesListView;
  repairs: OwnRepairsListView;
  unread: number;
};

export type OwnHomeNoticesReply = {
  id: string;
  title: string;
  body: string;
  createdAt: string;
  readAt?: string;
}[];

export type OwnHomeReadNoticesReply = unknown;

export type OwnHouseholdChangesReply = OwnHouseholdChangesView;

export type OwnHouseholdGetReply = HouseholdsGetView;

export interface OwnHouseholdPutFileInput {
  query: {
    name: string;
    mediaType: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type OwnHouseholdPutFileReply = {
  id: string;
  name: string;
  size: number;
};

export interface OwnHouseholdSubmitChangeInput {
  body: HouseholdsSubmitChangeDraft;
}

export type OwnHouseholdSubmitChangeReply = HouseholdsChangeViewChange;

export interface OwnHouseholdWithdrawChangeInput {
  params: {
    id: string;
  };
}

export type OwnHouseholdWithdrawChangeReply = unknown;

export interface OwnLeasesGetInput {
  params: {
    id: string;
  };
}

export type OwnLeasesGetReply = {
  id: string;
  code: string;
  state: string;
  house: string;
  houseName: string;
  startsOn: string;
  endsOn: string;
  title: string;
  lessor: string;
  terms: Record<string, unknown>;
  fees: LeasesGetViewFees;
  digest: string;
  toSign: boolean;
  sealed: boolean;
  signatures: {
    role: string;
    at: string;
    holds: boolean;
  }[];
};

export type OwnLeasesListReply = OwnLeasesListView;

export interface OwnLeasesSendCodeInput {
  params: {
    id: string;
  };
}

export type OwnLeasesSendCodeReply = {
  seconds: number;
};

export interface OwnLeasesSignInput {
  params: {
    id: string;
  };
  body: {
    digest: string;
    consent: string;
    code: string;
  };
}

export type OwnLeasesSignReply = unknown;

export interface OwnMoveInAppointInput {
  body: {
    at: string;
  };
}

export type OwnMoveInAppointReply = MoveInsBeginView;

export interface OwnMoveInCheckInInput {
  body: MoveInsCheckInDraft;
}

export type OwnMoveInCheckInReply = MoveInsBeginView;

export type OwnMoveInGetReply = MoveInsGetView;

export interface OwnMoveInPutPhotoInput {
  query: {
    name: string;
    mediaType: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type OwnMoveInPutPhotoReply = {
  id: string;
};

export interface OwnMoveInSignInput {
  body: {
    digest: string;
    consent: string;
  };
}

export type OwnMoveInSignReply = unknown;

export interface OwnPrivacyAskInput {
  body: {
    kind: 'see' | 'correct' | 'delete';
    note: string;
    fields?: OwnPrivacyAskDraftFieldsItem[];
  };
}

export type OwnPrivacyAskReply = OwnPrivacyAskView;

export interface OwnPrivacyCopyInput {
  params: {
    id: string;
  };
}

export type OwnPrivacyCopyReply = unknown;

export type OwnPrivacyListReply = OwnPrivacyAskView[];

export interface OwnRepairsCommentInput {
  params: {
    id: string;
  };
  body: {
    text: string;
  };
}

export type OwnRepairsCommentReply = unknown;

export interface OwnRepairsConfirmInput {
  params: {
    id: string;
  };
}

export type OwnRepairsConfirmReply = unknown;

export interface OwnRepairsGetInput {
  params: {
    id: string;
  };
}

export type OwnRepairsGetReply = OwnRepairsGetView;

export interface OwnRepairsListInput {
  query?: {
    open?: boolean;
  };
}

export type OwnRepairsListReply = OwnRepairsListView;

export interface OwnRepairsPhotoInput {
  params: {
    id: string;
    record: string;
  };
}

export type OwnRepairsPhotoReply = unknown;

export interface OwnRepairsPutPhotoInput {
  query: {
    name: string;
    mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type OwnRepairsPutPhotoReply = {
  id: string;
};

export interface OwnRepairsRateInput {
  params: {
    id: string;
  };
  body: {
    score: number;
    note?: string;
  };
}

export type OwnRepairsRateReply = unknown;

export interface OwnRepairsRejectInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type OwnRepairsRejectReply = unknown;

export interface OwnRepairsTellInput {
  body: {
    category: 'water' | 'electricity' | 'door' | 'appliance' | 'building' | 'other';
    title: string;
    description: string;
    channel: 'app' | 'mini-program';
    photos: string[];
  };
}

export type OwnRepairsTellReply = {
  id: string;
};

export interface OwnRequestsGetInput {
  params: {
    id: string;
  };
}

export type OwnRequestsGetReply = OwnRepairsGetView;

export type OwnRequestsListReply = OwnRepairsListView;

export type OwnRequestsRenewalReply = {
  lease: string;
  endsOn: string;
  from: string;
  by: string;
  next: string | null;
  request: string | null;
  may: boolean;
};

export interface OwnRequestsTellInput {
  body: {
    category: 'renewal' | 'exit' | 'swap' | 'other';
    title: string;
    description: string;
  };
}

export type OwnRequestsTellReply = {
  id: string;
};

export interface OwnSwapsAgreeInput {
  params: {
    id: string;
  };
}

export type OwnSwapsAgreeReply = unknown;

export interface OwnSwapsAskInput {
  body: {
    reason: string;
    wish: {
      house?: string;
      layout?: string;
      areaFrom?: number;
      note?: string;
    };
    partnerLease?: string;
  };
}

export type OwnSwapsAskReply = {
  id: string;
};

export interface OwnSwapsDeclineInput {
  params: {
    id: string;
  };
}

export type OwnSwapsDeclineReply = unknown;

export type OwnSwapsHousesReply = {
  id: string;
  name: string;
  address: string;
  layout: string;
  area: number;
  /** Fen a month */
  rent: number;
  /** Fen */
  deposit: number;
}[];

export type OwnSwapsListReply = ({
  id: string;
  code: string;
  kind: 'free' | 'mutual';
  state: 'proposed' | 'requested' | 'approved' | 'scheduled' | 'changing' | 'done' | 'declined' | 'refused' | 'withdrawn' | 'cancelled' | 'lapsed';
  reason: string;
  wish: SwapsApproveViewWish;
  changeOn: string | null;
  note: string | null;
  openedAt: string;
  decidedAt: string | null;
  endedAt: string | null;
  toAnswer: boolean;
  mayWithdraw: boolean;
  mine: {
    number: number;
    houseName: string;
    newHouseName: string | null;
    agreedAt: string | null;
    lease: string;
    newLease: string | null;
    carried: number | null;
  };
  other: {
    number: number;
    houseName: string;
    newHouseName: string | null;
    agreedAt: string | null;
  } | null;
})[];

export interface OwnSwapsWithdrawInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type OwnSwapsWithdrawReply = unknown;

export interface PartiesAddInput {
  body: {
    kind: 'person' | 'household' | 'organisation' | 'team' | 'supplier';
    name: string;
    code?: string;
    placeId?: string;
    account?: string;
    fields?: PartiesAddDraftFields;
    source?: string;
  };
}

export type PartiesAddReply = PartiesAddView;

export interface PartiesAddMemberInput {
  params: {
    id: string;
  };
  body: PartiesAddMemberDraftCase1 | {
    person: string;
    relation: 'applicant' | 'spouse' | 'child' | 'parent' | 'sibling' | 'grandchild' | 'other';
    from: string;
  };
}

export type PartiesAddMemberReply = PartiesAddMemberView;

export interface PartiesConsentsInput {
  params: {
    id: string;
  };
}

export type PartiesConsentsReply = OwnDataConsentView;

export interface PartiesEditInput {
  params: {
    id: string;
  };
  body: {
    name?: string;
    code?: string;
    placeId?: string;
    account?: string | null;
  };
}

export type PartiesEditReply = PartiesAddView;

export interface PartiesEndMemberInput {
  params: {
    id: string;
    person: string;
  };
  body: {
    until: string;
  };
}

export type PartiesEndMemberReply = unknown;

export interface PartiesEndPurposeInput {
  params: {
    field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  };
}

export type PartiesEndPurposeReply = {
  deleted: number;
};

export interface PartiesFindInput {
  body: {
    field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
    value: string;
  };
}

export type PartiesFindReply = PartiesFindView;

export interface PartiesGetInput {
  params: {
    id: string;
  };
}

export type PartiesGetReply = PartiesAddView;

export interface PartiesListInput {
  query: {
    kind?: 'person' | 'household' | 'organisation' | 'team' | 'supplier';
    text?: string;
    limit: number;
    cursor?: string;
  };
}

export type PartiesListReply = {
  items: PartiesFindView;
  next: string | null;
};

export interface PartiesLooksInput {
  params: {
    id: string;
  };
  query: {
    limit: number;
  };
}

export type PartiesLooksReply = OwnDataLooksView;

export interface PartiesMembersInput {
  params: {
    id: string;
  };
  query: {
    past: boolean;
  };
}

export type PartiesMembersReply = PartiesMembersView;

export interface PartiesNamesInput {
  body: {
    parties: string[];
    reason: string;
  };
}

export type PartiesNamesReply = {
  id: string;
  name: string;
}[];

export type PartiesPurposesReply = ({
  field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  purpose: string;
  basis: string;
  retentionYears: number;
  registeredAt: string;
  endedAt: string | null;
})[];

export interface PartiesRecordConsentInput {
  params: {
    id: string;
  };
  body: OwnDataConsentDraft;
}

export type PartiesRecordConsentReply = OwnDataConsentView;

export interface PartiesRegisterPurposeInput {
  params: {
    field: 'resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference';
  };
  body: {
    purpose: string;
    basis: 'contract' | 'law' | 'consent' | 'duty' | 'emergency';
    retentionYears: number;
  };
}

export type PartiesRegisterPurposeReply = unknown;

export interface PartiesRevealInput {
  params: {
    id: string;
  };
  body: {
    fields: ('resident-id' | 'birth-date' | 'phone' | 'email' | 'postal-address' | 'employer' | 'income' | 'assets' | 'housing' | 'bank-account' | 'health' | 'disability' | 'biometric-reference')[];
    reason: string;
  };
}

export type PartiesRevealReply = PartiesRevealView;

export interface PartiesSetFieldsInput {
  params: {
    id: string;
  };
  body: {
    fields: PartiesAddDraftFields;
    source: string;
  };
}

export type PartiesSetFieldsReply = PartiesAddView;

export interface PatchesAddAdvisoryInput {
  body: {
    code: string;
    title: string;
    summary: string;
    severity: 1 | 2 | 3 | 4;
    affected: {
      ecosystem: string;
      name: string;
      ranges: {
        introduced?: string;
        fixed?: string;
        lastAffected?: string;
      }[];
      versions: string[];
    }[];
    links: string[];
    publishedAt?: string;
  };
}

export type PatchesAddAdvisoryReply = PatchesAddAdvisoryView;

export interface PatchesAdvisoriesInput {
  query: {
    text?: string;
    limit: number;
    cursor?: string;
  };
}

export type PatchesAdvisoriesReply = {
  items: ({
    id: string;
    code: string;
    title: string;
    summary: string;
    severity: number;
    source: 'hand' | 'osv' | 'csaf';
    affected: PatchesAddAdvisoryViewAffected;
    links: string[];
    publishedAt?: string;
    withdrawnAt?: string;
    version: number;
    recordedAt: string;
    affectedAssets: number;
    assets: number;
  })[];
  next: string | null;
};

export interface PatchesAdvisoryInput {
  params: {
    id: string;
  };
}

export type PatchesAdvisoryReply = {
  advisory: PatchesAddAdvisoryView;
  tasks: PatchesTasksViewItems;
  findings: ({
    assetKind: 'platform' | 'thing';
    asset: string;
    label: string;
    ecosystem: string;
    package: string;
    version: string;
    fixed?: string;
    state: 'affected' | 'patched' | 'gone';
    foundAt: string;
    seenAt: string;
  })[];
};

export interface PatchesAssetsInput {
  query: {
    limit: number;
    after: number;
  };
}

export type PatchesAssetsReply = {
  items: ({
    kind: 'platform' | 'thing';
    id: string;
    label: string;
    group: string;
    components: number;
    unreadable: number;
    inUse: boolean;
    seenAt: string;
  })[];
  next?: number;
};

export type PatchesBillReply = unknown;

export type PatchesCheckReply = {
  advisories: number;
  opened: number;
  verified: number;
  reopened: number;
};

export interface PatchesImportAdvisoriesInput {
  body: {
    format: 'osv' | 'csaf';
    documents: unknown[];
  };
}

export type PatchesImportAdvisoriesReply = {
  added: number;
  changed: number;
  same: number;
  refused: {
    index: number;
    problem: string;
  }[];
};

export interface PatchesTasksInput {
  query: {
    state?: 'open' | 'verified' | 'waived';
    limit: number;
    cursor?: string;
  };
}

export type PatchesTasksReply = {
  items: PatchesTasksViewItems;
  next: string | null;
};

export interface PatchesWithdrawAdvisoryInput {
  params: {
    id: string;
  };
}

export type PatchesWithdrawAdvisoryReply = PatchesAddAdvisoryView;

export interface PaymentPlansEndInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type PaymentPlansEndReply = unknown;

export interface PaymentPlansExportInput {
  query?: {
    agreement?: string;
    state?: 'running' | 'paid-off' | 'broken' | 'ended';
    place?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type PaymentPlansExportReply = unknown;

export interface PaymentPlansListInput {
  query: {
    agreement?: string;
    state?: 'running' | 'paid-off' | 'broken' | 'ended';
    place?: string;
    after?: string;
    limit: number;
  };
}

export type PaymentPlansListReply = ({
  id: string;
  agreement: string;
  party: string;
  code: string;
  /** Masked */
  tenant: string;
  amount: number;
  paid: number;
  reason: string;
  state: 'running' | 'paid-off' | 'broken' | 'ended';
  at: string;
  actorName: string;
  endedAt: string | null;
  endReason: string | null;
  instalments: {
    number: number;
    dueOn: string;
    amount: number;
    paid: number;
  }[];
})[];

export interface PaymentPlansMakeInput {
  body: {
    agreement: string;
    instalments: {
      dueOn: string;
      amount: number;
    }[];
    reason: string;
  };
}

export type PaymentPlansMakeReply = {
  id: string;
};

export interface PaymentsAddChannelInput {
  body: PaymentsAddChannelDraft;
}

export type PaymentsAddChannelReply = {
  id: string;
};

export interface PaymentsCallbackInput {
  params: {
    id: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type PaymentsCallbackReply = unknown;

export interface PaymentsChangeChannelInput {
  params: {
    id: string;
  };
  body: PaymentsAddChannelDraft;
}

export type PaymentsChangeChannelReply = {
  id: string;
};

export type PaymentsChannelsReply = ({
  kind: 'wechat' | 'alipay';
  name: string;
  enabled: boolean;
  settings: Record<string, string>;
  id: string;
  version: number;
  sealed: boolean;
  outgoing: boolean;
})[];

export interface PaymentsCheckOrderInput {
  params: {
    id: string;
  };
}

export type PaymentsCheckOrderReply = PaymentsOrderView;

export interface PaymentsConfirmRefundInput {
  params: {
    id: string;
  };
}

export type PaymentsConfirmRefundReply = PaymentsRefundOrderView;

export type PaymentsDaysReply = PaymentsDaysViewItem[];

export interface PaymentsDifferencesInput {
  params: {
    id: string;
  };
}

export type PaymentsDifferencesReply = ({
  id: string;
  kind: string;
  reference: string;
  stated: number | null;
  booked: number | null;
  note: string;
  resolvedAt: string | null;
  resolution: string | null;
})[];

export interface PaymentsExportInput {
  query?: {
    agreement?: string;
    channel?: string;
    place?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type PaymentsExportReply = unknown;

export interface PaymentsExportRefundsInput {
  query?: {
    agreement?: string;
    state?: 'waiting' | 'asked' | 'done' | 'failed' | 'refused';
    way?: 'channel' | 'desk';
    place?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type PaymentsExportRefundsReply = unknown;

export interface PaymentsListInput {
  query: {
    agreement?: string;
    channel?: string;
    place?: string;
    after?: string;
    limit: number;
  };
}

export type PaymentsListReply = {
  id: string;
  agreement: string;
  code: string;
  party: string;
  /** Masked */
  tenant: string;
  channel: string;
  reference: string;
  amount: number;
  paidAt: string;
}[];

export interface PaymentsOrderInput {
  body: {
    agreement: string;
    bill?: string;
    channel: string;
    amount: number;
    how?: 'qr' | 'link' | 'app';
    payer?: string;
  };
}

export type PaymentsOrderReply = PaymentsOrderView;

export interface PaymentsReconcileInput {
  body: {
    channel: 'wechat' | 'alipay' | 'bank';
    day: string;
    statement: string;
  };
}

export type PaymentsReconcileReply = PaymentsDaysViewItem;

export interface PaymentsRefundInput {
  body: {
    agreement: string;
    channel: 'cash' | 'bank';
    amount: number;
    reference: string;
    reason: string;
  };
}

export type PaymentsRefundReply = {
  id: string | null;
  state: 'waiting' | 'asked' | 'done' | 'failed' | 'refused';
};

export interface PaymentsRefundOrderInput {
  body: {
    order: string;
    amount: number;
    reason: string;
  };
}

export type PaymentsRefundOrderReply = PaymentsRefundOrderView;

export interface PaymentsRefundsInput {
  query: {
    agreement?: string;
    state?: 'waiting' | 'asked' | 'done' | 'failed' | 'refused';
    way?: 'channel' | 'desk';
    place?: string;
    after?: string;
    limit: number;
  };
}

export type PaymentsRefundsReply = PaymentsRefundOrderView[];

export interface PaymentsRefuseRefundInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type PaymentsRefuseRefundReply = PaymentsRefundOrderView;

export interface PaymentsResolveInput {
  params: {
    id: string;
  };
  body: {
    resolution: string;
  };
}

export type PaymentsResolveReply = unknown;

export interface PaymentsTakeInput {
  body: {
    agreement: string;
    channel: 'cash' | 'pos' | 'bank';
    reference: string;
    amount: number;
    paidAt: string;
  };
}

export type PaymentsTakeReply = {
  id: string;
  fresh: boolean;
};

export type PermissionsListReply = {
  items: {
    permission: string;
    routes: {
      id: string;
      summary: string;
    }[];
  }[];
};

export interface PermissionsUnusedInput {
  query: {
    days: number;
  };
}

export type PermissionsUnusedReply = {
  since: string;
  items: {
    user: {
      id: string;
      username: string;
      name: string;
    };
    role: UsersAssignViewRole;
    permissions: string[];
  }[];
};

export interface PlacesChildrenInput {
  params: {
    id: string;
  };
}

export type PlacesChildrenReply = PlacesChildrenView;

export interface PlacesCountsInput {
  query?: {
    under?: string;
    retired?: boolean;
  };
}

export type PlacesCountsReply = {
  items: ({
    kind: 'region' | 'project' | 'site' | 'building' | 'workshop' | 'unit' | 'floor' | 'line' | 'station' | 'room' | 'house' | 'rack' | 'zone';
    count: number;
  })[];
};

export interface PlacesCreateInput {
  body: {
    parent: string | null;
    kind: 'region' | 'project' | 'site' | 'building' | 'workshop' | 'unit' | 'floor' | 'line' | 'station' | 'room' | 'house' | 'rack' | 'zone';
    code: string;
    name: string;
    order?: number;
    tags?: string[];
    divisionCode?: string | null;
    attributes?: Record<string, unknown>;
    geometry?: PlacesCreateDraftGeometry;
  };
}

export type PlacesCreateReply = PlacesGetView;

export interface PlacesExportInput {
  query?: {
    under?: string;
    format?: 'csv' | 'xlsx';
  };
}

export type PlacesExportReply = unknown;

export interface PlacesGetInput {
  params: {
    id: string;
  };
}

export type PlacesGetReply = PlacesGetView;

export interface PlacesGridInput {
  params: {
    id: string;
  };
}

export type PlacesGridReply = {
  building: {
    id: string;
    code: string;
    name: string;
    path: string;
  };
  units: {
    id: string;
    code: string;
    name: string;
  }[];
  floors: ({
    level: number | null;
    label: string;
    floors: string[];
    houses: ({
      id: string;
      code: string;
      name: string;
      path: string;
      unit: string | null;
      floor: string | null;
      column: number;
      tags: string[];
      retired: boolean;
      attributes: Record<string, unknown>;
      version: number;
    })[];
  })[];
  houses: number;
};

export interface PlacesImportInput {
  body: {
    rows: {
      path: string;
      kind: string;
      name: string;
      order?: number;
      tags?: string[];
      divisionCode?: string;
      attributes?: Record<string, unknown>;
    }[];
    dryRun?: boolean;
    under?: string;
  };
}

export type PlacesImportReply = PlacesImportView;

export interface PlacesImportSheetInput {
  query: {
    dryRun: boolean;
    under?: string;
    errors?: 'csv';
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type PlacesImportSheetReply = PlacesImportView;

export interface PlacesListInput {
  query: {
    text?: string;
    kind?: 'region' | 'project' | 'site' | 'building' | 'workshop' | 'unit' | 'floor' | 'line' | 'station' | 'room' | 'house' | 'rack' | 'zone';
    under?: string;
    tag?: string;
    retired?: boolean;
    limit: number;
    cursor?: string;
  };
}

export type PlacesListReply = {
  items: PlacesChildrenView;
  next: string | null;
};

export interface PlacesMoveInput {
  params: {
    id: string;
  };
  body: {
    parent: string | null;
  };
}

export type PlacesMoveReply = PlacesGetView;

export interface PlacesRemoveInput {
  params: {
    id: string;
  };
}

export type PlacesRemoveReply = unknown;

export interface PlacesTreeInput {
  query: {
    root?: string;
    depth: number;
  };
}

export type PlacesTreeReply = (PlacesGetView & {
  childCount: number;
  children?: unknown[];
})[];

export type PlacesUndoImportReply = {
  batch: string;
  removed: number;
};

export interface PlacesUpdateInput {
  params: {
    id: string;
  };
  body: {
    code?: string;
    name?: string;
    retired?: boolean;
    order?: number;
    tags?: string[];
    divisionCode?: string | null;
    attributes?: Record<string, unknown>;
    geometry?: PlacesCreateDraftGeometry;
  };
}

export type PlacesUpdateReply = PlacesGetView;

export interface PlansCalendarInput {
  query: {
    from: string;
    to: string;
    plan?: string;
    kind?: 'inspection' | 'maintenance' | 'review' | 'drill' | 'rotation' | 'report';
  };
}

export type PlansCalendarReply = {
  items: ({
    plan: string;
    code: string;
    name: string;
    kind: string;
    system: string;
    procedure: string | null;
    subject: string;
    at: string;
    state: 'planned' | 'open' | 'missed' | 'done' | 'cancelled';
    occurrence: string | null;
    caseId: string | null;
  })[];
};

export interface PlansChangeInput {
  params: {
    id: string;
  };
  body: {
    name?: string;
    enabled?: boolean;
    definition?: PlansChangeDraftDefinition;
  };
}

export type PlansChangeReply = PlansGetView;

export interface PlansCreateInput {
  body: {
    code: string;
    name: string;
    kind: 'inspection' | 'maintenance' | 'review' | 'drill' | 'rotation' | 'report';
    system: 'hvac' | 'power' | 'weak-current' | 'fire' | 'dwelling' | 'other';
    placeId?: string;
    definition: PlansChangeDraftDefinition;
    subjects: ({
      kind: 'thing' | 'place';
      id: string;
    })[];
  };
}

export type PlansCreateReply = PlansGetView;

export interface PlansFiguresInput {
  query: {
    from: string;
    to: string;
    plan?: string;
  };
}

export type PlansFiguresReply = {
  items: {
    plan: string;
    code: string;
    name: string;
    made: number;
    done: number;
    inTime: number;
    missed: number;
    due: number;
    rate?: number;
  }[];
};

export interface PlansGetInput {
  params: {
    id: string;
  };
}

export type PlansGetReply = PlansGetView;

export interface PlansListInput {
  query?: {
    kind?: 'inspection' | 'maintenance' | 'review' | 'drill' | 'rotation' | 'report';
    system?: 'hvac' | 'power' | 'weak-current' | 'fire' | 'dwelling' | 'other';
    cycle?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'usage' | 'condition';
    enabled?: boolean;
  };
}

export type PlansListReply = {
  items: ({
    id: string;
    code: string;
    name: string;
    kind: 'inspection' | 'maintenance' | 'review' | 'drill' | 'rotation' | 'report';
    system: 'hvac' | 'power' | 'weak-current' | 'fire' | 'dwelling' | 'other';
    cycle: string;
    enabled: boolean;
    edition: number;
    dueAt: string | null;
    placeId: string | null;
    version: number;
  })[];
};

export interface PlansOccurrencesInput {
  query: {
    from: string;
    to: string;
    plan?: string;
    state?: 'open' | 'missed' | 'done' | 'cancelled';
    under?: string;
  };
}

export type PlansOccurrencesReply = {
  items: ({
    id: string;
    plan: string;
    code: string;
    name: string;
    subjectKind: string;
    subject: string;
    subjectLabel: string;
    edition: number;
    at: string;
    deadline: string;
    state: 'planned' | 'open' | 'missed' | 'done' | 'cancelled';
    caseId: string | null;
    caseCode: string | null;
    supervision: string | null;
    missedAt: string | null;
    doneAt: string | null;
    doneBy: string | null;
    read: number;
    points: number;
    failed: number;
    progress?: {
      done: number;
      total: number;
      failure: string | null;
    };
  })[];
};

export interface PlansPreviewInput {
  body: {
    trigger: PlansPreviewDraftTrigger;
    count: number;
  };
}

export type PlansPreviewReply = {
  items: string[];
};

export interface PlansReadInput {
  params: {
    id: string;
  };
  body: {
    point: number;
    value?: number;
    passed?: boolean;
    note?: string;
    record?: string;
    takenAt?: string;
    longitude?: number;
    latitude?: number;
    device?: string;
  };
}

export type PlansReadReply = PlansReadView;

export interface PlansRoundInput {
  params: {
    id: string;
  };
}

export type PlansRoundReply = {
  id: string;
  plan: string;
  code: string;
  name: string;
  subjectKind: string;
  subject: string;
  subjectLabel: string;
  edition: number;
  at: string;
  deadline: string;
  state: 'planned' | 'open' | 'missed' | 'done' | 'cancelled';
  caseId: string | null;
  caseCode: string | null;
  supervision: string | null;
  missedAt: string | null;
  doneAt: string | null;
  doneBy: string | null;
  definition: PlansRoundViewDefinition;
  readings: PlansReadView[];
  broken: number[];
};

export type PlansTreeReply = {
  items: ({
    cycle: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'usage' | 'condition';
    systems: ({
      system: 'hvac' | 'power' | 'weak-current' | 'fire' | 'dwelling' | 'other';
      plans: {
        id: string;
        code: string;
        name: string;
        enabled: boolean;
      }[];
    })[];
  })[];
};

export type PlansWorksReply = {
  items: {
    name: string;
    label: {
      zh: string;
      en: string;
    };
  }[];
};

export interface PolicyCompareInput {
  params: {
    id: string;
  };
  query: {
    from: string;
  };
}

export type PolicyCompareReply = {
  rule: string;
  before: PolicyCompareViewItemAfter;
  after: PolicyCompareViewItemAfter;
}[];

export interface PolicyDraftInput {
  params: {
    id: string;
  };
  body: {
    code?: string;
    title?: string;
    place?: string;
  };
}

export type PolicyDraftReply = PolicyEditView;

export interface PolicyEditInput {
  params: {
    id: string;
  };
  body: {
    title?: string;
    values?: Record<string, {
        value: number | number[];
        source: string;
      }>;
  };
}

export type PolicyEditReply = PolicyEditView;

export type PolicyPacksReply = {
  packs: PolicyEditView[];
  inForce: string;
  /** Of every place with packs of its own the one in force now */
  inForceAt: string[];
  rules: {
    id: string;
    group: string;
    unit: string;
    ladder: boolean;
    least: number;
    most: number;
  }[];
};

export interface PolicyPublishInput {
  params: {
    id: string;
  };
  body: {
    effectiveFrom: string;
  };
}

export type PolicyPublishReply = PolicyEditView;

export interface PolicyReplayInput {
  params: {
    id: string;
  };
  body: {
    from: string;
    to: string;
  };
}

export type PolicyReplayReply = {
  area: string;
  decisions: number;
  differing: {
    subject: string;
    was: string;
    would: string;
    because: string[];
  }[];
}[];

export interface PrivacyDecideInput {
  params: {
    id: string;
  };
  body: {
    granted: boolean;
    answer: string;
  };
}

export type PrivacyDecideReply = OwnPrivacyAskView;

export interface PrivacyGetInput {
  params: {
    id: string;
  };
}

export type PrivacyGetReply = {
  id: string;
  party: string;
  kind: 'see' | 'correct' | 'delete';
  state: 'open' | 'granted' | 'refused';
  note: string;
  caseId: string;
  caseCode: string;
  askedAt: string;
  dueAt: string;
  decidedAt: string | null;
  answer: string | null;
  outcome: string | null;
  keptUntil: string | null;
  version: number;
  /** Masked */
  partyName: string;
  asked: {
    field: string;
    slot: string;
    masked: string;
  }[];
};

export interface PrivacyRequestsInput {
  query: {
    state?: 'open' | 'granted' | 'refused';
    overdue?: boolean;
    limit: number;
    cursor?: string;
  };
}

export type PrivacyRequestsReply = {
  items: ({
    id: string;
    party: string;
    kind: 'see' | 'correct' | 'delete';
    state: 'open' | 'granted' | 'refused';
    note: string;
    caseId: string;
    caseCode: string;
    askedAt: string;
    dueAt: string;
    decidedAt: string | null;
    answer: string | null;
    outcome: string | null;
    keptUntil: string | null;
    version: number;
    /** Masked */
    partyName: string;
  })[];
  next: string | null;
};

export interface RecordsGetInput {
  params: {
    id: string;
  };
}

export type RecordsGetReply = RecordsGetView;

export interface RecordsHoldInput {
  params: {
    id: string;
  };
  body: {
    held: boolean;
    reason: string;
  };
}

export type RecordsHoldReply = RecordsGetView;

export interface RecordsListInput {
  query: {
    subject: string;
    limit: number;
    cursor?: string;
  };
}

export type RecordsListReply = {
  items: RecordsGetView[];
  next: string | null;
};

export interface RecordsOpenInput {
  params: {
    id: string;
  };
  query?: {
    purpose?: string;
  };
}

export type RecordsOpenReply = unknown;

export interface RecordsPutInput {
  query: {
    name: string;
    mediaType: string;
    subject: string;
    storeLevel?: number;
    transferLevel?: number;
    retentionYears: number;
    place?: string;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type RecordsPutReply = RecordsGetView;

export interface RecordsRemoveInput {
  params: {
    id: string;
  };
}

export type RecordsRemoveReply = unknown;

export interface RepairCallsTakeInput {
  body: {
    lease: string;
    category: 'water' | 'electricity' | 'door' | 'appliance' | 'building' | 'other';
    title: string;
    description: string;
  };
}

export type RepairCallsTakeReply = {
  id: string;
};

export interface RiskCloseInput {
  params: {
    id: string;
  };
  body: {
    action?: string;
    person?: string;
    result?: string;
    feedback?: 'confirmed' | 'unfounded' | 'unclear';
  };
}

export type RiskCloseReply = unknown;

export type RiskFeedbackReply = ({
  kind: 'idle' | 'sublet' | 'crowding' | 'arrears' | 'expiry' | 'vacant-use' | 'lock-anomaly';
  confirmed: number;
  unfounded: number;
  unclear: number;
})[];

export interface RiskGetInput {
  params: {
    id: string;
  };
}

export type RiskGetReply = {
  warning: RiskGetViewWarning;
  steps: {
    at: string;
    step: string;
    grade: number;
    actorName: string;
  }[];
};

export interface RiskListInput {
  query: {
    state?: 'open' | 'closed';
    kind?: 'idle' | 'sublet' | 'crowding' | 'arrears' | 'expiry' | 'vacant-use' | 'lock-anomaly';
    limit: number;
    cursor?: string;
  };
}

export type RiskListReply = {
  items: RiskGetViewWarning[];
  next: string | null;
};

export type RiskOpenAgesReply = ({
  kind: 'idle' | 'sublet' | 'crowding' | 'arrears' | 'expiry' | 'vacant-use' | 'lock-anomaly';
  day: number;
  week: number;
  month: number;
  older: number;
  oldest: string;
})[];

export interface RiskOpenCaseInput {
  params: {
    id: string;
  };
  body: {
    note: string;
  };
}

export type RiskOpenCaseReply = {
  id: string;
  code: string;
};

export interface RiskOwnInput {
  params: {
    id: string;
  };
}

export type RiskOwnReply = unknown;

export interface RiskRaiseInput {
  body: {
    kind: 'idle' | 'sublet' | 'crowding' | 'vacant-use' | 'lock-anomaly';
    house: string;
    grade: 1 | 2 | 3 | 4;
  };
}

export type RiskRaiseReply = {
  id: string;
};

export interface RiskRevealInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type RiskRevealReply = {
  days: ({
    entries: number;
    night: number;
    users: number;
    trouble: number;
    water: number | null;
    electricity: number | null;
  })[];
  tenants: {
    party: string;
    name: string;
    members: number;
  }[];
};

export type RiskRulesReply = {
  rules: {
    stillWater: number;
    stillElectricity: number;
    vacantUseDays: number;
    strangers: number;
    lockTroubles: number;
    arrearsDays: unknown[];
  };
  version: number;
};

export interface RiskSetRulesInput {
  body: {
    stillWater: number;
    stillElectricity: number;
    vacantUseDays: number;
    strangers: number;
    lockTroubles: number;
    arrearsDays: unknown[];
  };
}

export type RiskSetRulesReply = unknown;

export interface RolesCreateInput {
  body: {
    code: string;
    names: {
      'zh-CN': string;
      en: string;
    };
    permissions: string[];
    denies?: string[];
  };
}

export type RolesCreateReply = RolesGetView;

export interface RolesDeleteInput {
  params: {
    id: string;
  };
}

export type RolesDeleteReply = unknown;

export interface RolesGetInput {
  params: {
    id: string;
  };
}

export type RolesGetReply = RolesGetView;

export type RolesListReply = {
  items: RolesGetView[];
};

export interface RolesUpdateInput {
  params: {
    id: string;
  };
  body: {
    names?: {
      'zh-CN': string;
      en: string;
    };
    permissions?: string[];
    denies?: string[];
  };
}

export type RolesUpdateReply = RolesGetView;

export interface ScenesCreateInput {
  body: ScenesCreateDraft;
}

export type ScenesCreateReply = ScenesGetView;

export interface ScenesGetInput {
  params: {
    id: string;
  };
}

export type ScenesGetReply = ScenesGetView;

export type ScenesListReply = {
  items: ScenesGetView[];
};

export interface ScenesRemoveInput {
  params: {
    id: string;
  };
}

export type ScenesRemoveReply = unknown;

export interface ScenesRunInput {
  params: {
    id: string;
  };
  body: {
    reason?: string;
    key?: string;
  };
}

export type ScenesRunReply = ScenesRunView;

export interface ScenesUpdateInput {
  params: {
    id: string;
  };
  body: ScenesCreateDraft;
}

export type ScenesUpdateReply = ScenesGetView;

export type SessionsBeginEnrolmentReply = {
  secret: string;
  uri: string;
};

export interface SessionsChangePasswordInput {
  body: {
    current: string;
    next: string;
  };
}

export type SessionsChangePasswordReply = {
  status: 'active' | 'second-factor' | 'enrol' | 'change-password';
};

export interface SessionsConfirmInput {
  body: {
    password?: string;
    code?: string;
  };
}

export type SessionsConfirmReply = {
  freshUntil: string;
};

export interface SessionsConfirmEnrolmentInput {
  body: {
    code: string;
  };
}

export type SessionsConfirmEnrolmentReply = {
  status: 'active' | 'second-factor' | 'enrol' | 'change-password';
  recoveryCodes: string[];
};

export interface SessionsCreateInput {
  body: {
    username: string;
    password: string;
  };
}

export type SessionsCreateReply = {
  status: 'active' | 'second-factor' | 'enrol' | 'change-password';
};

export interface SessionsCreateByCodeInput {
  body: {
    /** Mobile number */
    phone: string;
    code: string;
  };
}

export type SessionsCreateByCodeReply = {
  status: 'active' | 'second-factor' | 'enrol' | 'change-password';
};

export type SessionsCurrentReply = SessionsCurrentView;

export type SessionsEndReply = unknown;

export type SessionsListReply = {
  items: ({
    id: string;
    current: boolean;
    status: 'active' | 'second-factor' | 'enrol' | 'change-password';
    madeAt: string;
    seenAt: string;
    expiresAt: string;
    from: string;
    userAgent: string;
  })[];
};

export type SessionsPolicyReply = {
  waived: boolean;
  passwordLength: number;
  idleMinutes: number;
};

export type SessionsRemoveFactorReply = unknown;

export type SessionsRenewRecoveryReply = {
  recoveryCodes: string[];
};

export interface SessionsRevokeInput {
  params: {
    id: string;
  };
}

export type SessionsRevokeReply = unknown;

export interface SessionsSendCodeInput {
  body: {
    /** Mobile number */
    phone: string;
  };
}

export type SessionsSendCodeReply = {
  seconds: number;
};

export interface SessionsSetLanguageInput {
  body: {
    language: 'zh-CN' | 'en';
  };
}

export type SessionsSetLanguageReply = SessionsCurrentView;

export interface SessionsVerifyInput {
  body: {
    code: string;
  };
}

export type SessionsVerifyReply = {
  status: 'active' | 'second-factor' | 'enrol' | 'change-password';
};

export interface SupervisionAddTerminalInput {
  body: {
    name: string;
    place?: string;
    severity: number;
    account?: string;
  };
}

export type SupervisionAddTerminalReply = SupervisionAddTerminalView;

export interface SupervisionBoardInput {
  query?: {
    place?: string;
    day?: string;
  };
}

export type SupervisionBoardReply = {
  at: string;
  path: string | null;
  figures: MeasuresFiguresView;
  devices: {
    state: string;
    count: number;
  }[];
  warnings: {
    severity: number;
    count: number;
  }[];
  violations: ({
    place: string | null;
    name: string;
    count: number;
  })[];
};

export interface SupervisionEndTerminalInput {
  params: {
    id: string;
  };
}

export type SupervisionEndTerminalReply = unknown;

export interface SupervisionMakeReportInput {
  body: {
    template: string;
    month: string;
  };
}

export type SupervisionMakeReportReply = SupervisionMakeReportView;

export interface SupervisionReceiveInput {
  params: {
    id: string;
  };
  body: {
    alarm: string;
  };
}

export type SupervisionReceiveReply = unknown;

export interface SupervisionReportFileInput {
  params: {
    id: string;
  };
  query: {
    format: 'html' | 'mobile' | 'pdf' | 'xlsx' | 'data';
  };
}

export type SupervisionReportFileReply = unknown;

export type SupervisionReportsReply = SupervisionMakeReportView[];

export type SupervisionSchedulesReply = BillsSchedulesView;

export interface SupervisionSetScheduleInput {
  params: {
    report: string;
  };
  body: BillsSetScheduleDraft;
}

export type SupervisionSetScheduleReply = unknown;

export type SupervisionTemplatesReply = {
  id: string;
  region: {
    zh: string;
    en: string;
  };
  name: {
    zh: string;
    en: string;
  };
  columns: {
    code: string;
    label: {
      zh: string;
      en: string;
    };
    measure: string;
  }[];
  schema: Record<string, unknown>;
}[];

export type SupervisionTerminalsReply = SupervisionAddTerminalView[];

export interface SupervisionTestTerminalInput {
  params: {
    id: string;
  };
}

export type SupervisionTestTerminalReply = {
  alarm: string;
};

export interface SupervisionWarningsInput {
  params: {
    id: string;
  };
  query: {
    waiting: boolean;
  };
}

export type SupervisionWarningsReply = ({
  alarm: string;
  severity: number;
  title: {
    zh: string;
    en: string;
  };
  subject: string;
  raisedAt: string;
  pushedAt: string;
  receivedAt: string | null;
  receivedBy: string | null;
  test: boolean;
})[];

export interface SwapsApproveInput {
  params: {
    id: string;
  };
  body: {
    changeOn: string;
    house?: string;
    note?: string;
  };
}

export type SwapsApproveReply = SwapsReadView;

export interface SwapsCancelInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type SwapsCancelReply = SwapsReadView;

export type SwapsCountsReply = ({
  state: 'proposed' | 'requested' | 'approved' | 'scheduled' | 'changing' | 'done' | 'declined' | 'refused' | 'withdrawn' | 'cancelled' | 'lapsed';
  count: number;
})[];

export interface SwapsGetInput {
  params: {
    id: string;
  };
}

export type SwapsGetReply = {
  swap: SwapsReadView;
  steps: ('agree' | 'decline' | 'approve' | 'refuse' | 'sign' | 'withdraw' | 'cancel' | 'lapse' | 'change' | 'finish')[];
};

export interface SwapsListInput {
  query: {
    state?: 'proposed' | 'requested' | 'approved' | 'scheduled' | 'changing' | 'done' | 'declined' | 'refused' | 'withdrawn' | 'cancelled' | 'lapsed';
    limit: number;
  };
}

export type SwapsListReply = SwapsReadView[];

export interface SwapsMetersInput {
  params: {
    id: string;
  };
}

export type SwapsMetersReply = ({
  house: string;
  subject: string;
  begin: ExitsMetersViewItemBegin;
  end: ExitsMetersViewItemEnd;
  at: string | null;
})[];

export interface SwapsReadInput {
  params: {
    id: string;
  };
  body: {
    house: string;
    readings: SwapsReadDraftReadings;
  };
}

export type SwapsReadReply = SwapsReadView;

export interface SwapsRefuseInput {
  params: {
    id: string;
  };
  body: {
    reason: string;
  };
}

export type SwapsRefuseReply = SwapsReadView;

export type SystemBackupsReply = {
  items: ({
    id: string;
    madeAt: string;
    from: string | null;
    to: string | null;
    storedBytes: number;
    objects: number;
  })[];
};

export interface SystemChangeThresholdsInput {
  body: {
    limits: Record<string, {
        troubled?: number;
        well?: number;
        forSeconds?: number;
        severity?: number;
        on?: boolean;
      } | null>;
  };
}

export type SystemChangeThresholdsReply = SystemThresholdsView;

export interface SystemDeliveriesInput {
  query?: {
    limit?: number;
    cursor?: string;
    givenUp?: boolean;
  };
}

export type SystemDeliveriesReply = {
  items: ({
    event: string;
    subscription: string;
    type: string;
    at: string;
    attempts: number;
    nextAt: string | null;
    error: string;
  })[];
  next: string | null;
};

export type SystemJobsReply = {
  items: ({
    name: string;
    every: number | null;
    cron: string | null;
    state: 'never' | 'running' | 'done' | 'failed' | 'overlong';
    startedAt: string | null;
    seconds: number | null;
    error: string | null;
    trouble: 'missed' | 'failed' | 'overlong' | null;
  })[];
};

export type SystemListenersReply = {
  mqtt: number;
  mqtts: number;
  deviceHttp: number;
  deviceHttps: number;
};

export interface SystemRetryDeliveryInput {
  params: {
    event: string;
    subscription: string;
  };
}

export type SystemRetryDeliveryReply = unknown;

export type SystemStatusReply = {
  version: string;
  node: string;
  now: string;
  database: {
    version: string;
    bytes: number;
  };
  waitingEvents: number;
  deliveriesGivenUp: number;
  probes: ({
    source: string;
    state: 'well' | 'troubled';
    severity: number;
    value: number | null;
    unit: string;
    troubledAt: number;
    detail: string;
    checkedAt: string;
    since: string;
    stale: boolean;
  })[];
  processes: {
    process: string;
    role: string;
    pid: number;
    at: string;
    uptimeSeconds: number;
    lagMs: number;
    memoryBytes: number;
  }[];
};

export type SystemThresholdsReply = SystemThresholdsView;

export interface TelemetryAggregateInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
    step: 'hour' | 'day';
    zone: string;
  };
}

export type TelemetryAggregateReply = {
  property: string;
  unit: string;
  step: string;
  zone: string;
  buckets: TelemetryHistoryViewBuckets;
};

export interface TelemetryConsumptionInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type TelemetryConsumptionReply = {
  property: string;
  unit: string;
  from: string;
  to: string;
  rise?: number;
  falls?: number;
  area?: number;
  covered?: number;
};

export interface TelemetryDelaysInput {
  query: {
    from: string;
    to: string;
    under?: string;
  };
}

export type TelemetryDelaysReply = {
  items: {
    family: string;
    name: {
      zh: string;
      en: string;
    };
    things: number;
    count: number;
    p50: number;
    p99: number;
    max: number;
    limit: number;
    breaches: number;
  }[];
  cut: boolean;
};

export interface TelemetryEventsInput {
  params: {
    thing: string;
  };
  query: {
    from: string;
    to: string;
    event?: string;
    limit: number;
    cursor?: string;
  };
}

export type TelemetryEventsReply = {
  items: {
    thing: string;
    time: string;
    received: string;
    event: string;
    name?: {
      zh: string;
      en: string;
    };
    severity?: number;
    data: unknown;
    texts: Record<string, {
        zh: string;
        en: string;
      }>;
    source?: string;
  }[];
  next: string | null;
};

export interface TelemetryExportInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type TelemetryExportReply = unknown;

export interface TelemetryExportSheetInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type TelemetryExportSheetReply = unknown;

export type TelemetryFiguresReply = {
  messagesPerSecond: number;
  pointsPerSecond: number;
  gateways: ({
    gateway: number;
    batch: number;
    received: string | null;
  })[];
  followers: {
    name: string;
    gateway: number;
    behind: number;
    lag: number;
  }[];
  hotHours: number;
  strays: number;
};

export interface TelemetryHistoryInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
    points: number;
  };
}

export type TelemetryHistoryReply = {
  property: string;
  unit: string;
  from: string;
  to: string;
  width: number;
  buckets: TelemetryHistoryViewBuckets;
};

export interface TelemetryKeepInput {
  body: {
    years: number;
  };
}

export type TelemetryKeepReply = {
  years: number;
  version: number;
};

export type TelemetryKeepingReply = {
  years: number;
  version: number;
};

export interface TelemetryLatestInput {
  params: {
    thing: string;
  };
}

export type TelemetryLatestReply = TelemetryLatestView;

export interface TelemetryLatestOfInput {
  body: {
    things: string[];
    properties?: string[];
  };
}

export type TelemetryLatestOfReply = TelemetryLatestView[];

export interface TelemetryPushInput {
  body: {
    source?: string;
    rows: ({
      /** code of the thing */
      thing: string;
      /** event time: ms since 1970, or ISO 8601 */
      ts?: number | string;
      values: Record<string, unknown>;
    })[];
  };
}

export type TelemetryPushReply = {
  accepted: number;
  points: number;
  refused: {
    pointer: string;
    code: string;
  }[];
  refusedCount: number;
};

export interface TelemetryRawInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
    limit: number;
    cursor?: string;
    order: 'asc' | 'desc';
  };
}

export type TelemetryRawReply = {
  items: ({
    time: string;
    received: string;
    value: number | boolean | string | null;
    quality: string;
    reason?: string;
    source?: string;
  })[];
  next: string | null;
};

export interface TelemetryTimelineInput {
  params: {
    thing: string;
    property: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type TelemetryTimelineReply = {
  property: string;
  from: string;
  to: string;
  stretches: ({
    from: string;
    to: string;
    state: number | boolean | string | null;
  })[];
  shares: ({
    state: number | boolean | string | null;
    seconds: number;
    share: number;
  })[];
};

export interface ThingsAddAuthorityInput {
  body: {
    name: string;
    pem: string;
  };
}

export type ThingsAddAuthorityReply = ThingsAddAuthorityView;

export interface ThingsAddPartInput {
  body: {
    code: string;
    name: string;
    unit: string;
    stock: number;
    lowMark: number;
  };
}

export type ThingsAddPartReply = ThingsAddPartView;

export interface ThingsAttributesInput {
  params: {
    id: string;
  };
}

export type ThingsAttributesReply = ({
  side: 'client' | 'shared';
  key: string;
  value: unknown;
  at: string;
})[];

export type ThingsAuthoritiesReply = ThingsAddAuthorityView[];

export interface ThingsCheckCertificateInput {
  params: {
    id: string;
  };
  body: {
    chain: string[];
    roots: string[];
  };
}

export type ThingsCheckCertificateReply = ({
  at: number;
  fault: 'not-a-certificate' | 'not-sm2' | 'certificate-expired' | 'certificate-not-yet-valid' | 'certificate-is-authority' | 'key-usage-wrong' | 'issuer-not-authority' | 'signature-wrong' | 'not-trusted' | 'chain-too-long' | 'name-is-not-the-code' | 'model-takes-no-certificate';
})[];

export interface ThingsContractReportInput {
  query: {
    under?: string;
    family?: string;
    deviceClass?: 'lock' | 'fire-detector' | 'gas-detector' | 'fire-equipment' | 'water-meter' | 'electricity-meter' | 'gas-meter' | 'heat-meter' | 'camera' | 'entrance-guard';
    clause?: string;
    code?: 'claim-missing' | 'claim-short' | 'evidence-missing' | 'evidence-file-missing' | 'evidence-expired' | 'battery-forecast-short';
    strength?: 'must' | 'should';
    limit: number;
    cursor?: string;
  };
}

export type ThingsContractReportReply = {
  things: number;
  short: number;
  types: ({
    family: string;
    version: number;
    name: {
      zh: string;
      en: string;
    };
    deviceClass: 'lock' | 'fire-detector' | 'gas-detector' | 'fire-equipment' | 'water-meter' | 'electricity-meter' | 'gas-meter' | 'heat-meter' | 'camera' | 'entrance-guard';
    things: number;
    gaps: ThingsContractReportViewItemsItemGaps;
  })[];
  sites: ({
    id: string | null;
    name: string | null;
    climateZone: 'severe-cold' | 'other' | null;
    things: number;
    short: number;
    must: number;
  })[];
  items: ({
    id: string;
    code: string;
    name: string;
    family: string;
    modelVersion: number;
    deviceClass: 'lock' | 'fire-detector' | 'gas-detector' | 'fire-equipment' | 'water-meter' | 'electricity-meter' | 'gas-meter' | 'heat-meter' | 'camera' | 'entrance-guard';
    state: string;
    placeName: string | null;
    siteName: string | null;
    climateZone: 'severe-cold' | 'other' | null;
    batteryYears: number | null;
    gaps: ThingsContractReportViewItemsItemGaps;
  })[];
  next: string | null;
  truncated: boolean;
};

export interface ThingsContractReportExportInput {
  query?: {
    under?: string;
    family?: string;
    deviceClass?: 'lock' | 'fire-detector' | 'gas-detector' | 'fire-equipment' | 'water-meter' | 'electricity-meter' | 'gas-meter' | 'heat-meter' | 'camera' | 'entrance-guard';
    clause?: string;
    code?: 'claim-missing' | 'claim-short' | 'evidence-missing' | 'evidence-file-missing' | 'evidence-expired' | 'battery-forecast-short';
    strength?: 'must' | 'should';
    format?: 'csv' | 'xlsx';
  };
}

export type ThingsContractReportExportReply = unknown;

export interface ThingsCreateInput {
  body: ThingsCreateDraft;
}

export type ThingsCreateReply = ThingsGetView;

export interface ThingsCredentialsInput {
  params: {
    id: string;
  };
}

export type ThingsCredentialsReply = ({
  id: string;
  kind: 'token' | 'secret' | 'certificate' | 'signature';
  username: string | null;
  hint: string;
  issuedAt: string;
  issuedBy: string;
  revokedAt: string | null;
  firstUsedAt: string | null;
  expiresAt: string | null;
})[];

export interface ThingsDesireInput {
  params: {
    id: string;
  };
  body: Record<string, unknown>;
}

export type ThingsDesireReply = ThingsDesireView;

export interface ThingsDesiredInput {
  params: {
    id: string;
  };
}

export type ThingsDesiredReply = ThingsDesireView;

export interface ThingsEndAuthorityInput {
  params: {
    id: string;
  };
}

export type ThingsEndAuthorityReply = unknown;

export interface ThingsEvidenceInput {
  params: {
    id: string;
  };
}

export type ThingsEvidenceReply = ThingsEvidenceView;

export interface ThingsExportInput {
  query?: {
    text?: string;
    family?: string;
    function?: string;
    domain?: string;
    specification?: string;
    under?: string;
    online?: 'unknown' | 'online' | 'offline';
    state?: 'planned' | 'purchased' | 'stored' | 'installed' | 'commissioned' | 'in-use' | 'maintenance' | 'retired' | 'scrapped';
    whitelist?: 'admitted' | 'suspended' | 'revoked';
    equipmentClass?: 'production' | 'non-production';
    runHoursFrom?: number;
    runHoursTo?: number;
    energyFrom?: number;
    energyTo?: number;
    format?: 'csv' | 'xlsx';
  };
}

export type ThingsExportReply = unknown;

export interface ThingsFitPartsInput {
  params: {
    id: string;
  };
  body: {
    part: string;
    quantity: number;
  }[];
}

export type ThingsFitPartsReply = unknown;

export interface ThingsGetInput {
  params: {
    id: string;
  };
}

export type ThingsGetReply = ThingsGetView;

export interface ThingsImportInput {
  body: {
    rows: ThingsCreateDraft[];
    dryRun?: boolean;
    tokens?: boolean;
  };
}

export type ThingsImportReply = ThingsImportView;

export interface ThingsImportSheetInput {
  query: {
    dryRun: boolean;
    tokens: boolean;
    errors?: 'csv';
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type ThingsImportSheetReply = ThingsImportView;

export interface ThingsIssueCredentialInput {
  params: {
    id: string;
  };
  body: {
    kind: 'token' | 'secret' | 'certificate' | 'signature';
    value?: string;
    username?: string;
    fingerprint?: string;
    rotate?: boolean;
  };
}

export type ThingsIssueCredentialReply = {
  id: string;
  kind: 'token' | 'secret' | 'certificate' | 'signature';
  username: string | null;
  value: string | null;
};

export interface ThingsListInput {
  query: {
    text?: string;
    family?: string;
    function?: string;
    domain?: string;
    specification?: string;
    under?: string;
    online?: 'unknown' | 'online' | 'offline';
    state?: 'planned' | 'purchased' | 'stored' | 'installed' | 'commissioned' | 'in-use' | 'maintenance' | 'retired' | 'scrapped';
    whitelist?: 'admitted' | 'suspended' | 'revoked';
    equipmentClass?: 'production' | 'non-production';
    runHoursFrom?: number;
    runHoursTo?: number;
    energyFrom?: number;
    energyTo?: number;
    count: boolean;
    limit: number;
    cursor?: string;
  };
}

export type ThingsListReply = {
  items: ThingsGetView[];
  next: string | null;
  total?: number;
};

export interface ThingsMaintainInput {
  params: {
    id: string;
  };
  body: {
    at: string;
    kind: 'inspection' | 'cleaning' | 'lubrication' | 'repair' | 'replacement' | 'calibration' | 'other';
    content: string;
    problems?: string;
    result?: string;
    parts?: {
      part: string;
      quantity: number;
    }[];
  };
}

export type ThingsMaintainReply = {
  id: string;
};

export interface ThingsMaintenanceInput {
  params: {
    id: string;
  };
}

export type ThingsMaintenanceReply = ({
  id: string;
  at: string;
  kind: 'inspection' | 'cleaning' | 'lubrication' | 'repair' | 'replacement' | 'calibration' | 'other';
  content: string;
  problems: string;
  result: string;
  by: string;
  parts: {
    code: string;
    name: string;
    quantity: number;
  }[];
})[];

export interface ThingsMakeProvisionKeyInput {
  body: {
    family: string;
    days: number;
    most: number;
    enabled?: boolean;
    allowNew?: boolean;
  };
}

export type ThingsMakeProvisionKeyReply = {
  id: string;
  family: string;
  key: string;
  allowNew: boolean;
  enabled: boolean;
  expiresAt: string;
  most: number;
  used: number;
  madeAt: string;
  madeBy: string;
  secret: string;
};

export interface ThingsOnlineRateInput {
  query?: {
    under?: string;
    by?: 'place' | 'model' | 'class';
  };
}

export type ThingsOnlineRateReply = ({
  key: string;
  name: string;
  total: number;
  online: number;
  offline: number;
  unknown: number;
  rate: number | null;
})[];

export interface ThingsOpenProvisionKeyInput {
  params: {
    id: string;
  };
  body: {
    enabled: boolean;
  };
}

export type ThingsOpenProvisionKeyReply = unknown;

export type ThingsPartListReply = ThingsAddPartView[];

export interface ThingsPartsOfInput {
  params: {
    id: string;
  };
}

export type ThingsPartsOfReply = {
  id: string;
  code: string;
  name: string;
  unit: string;
  stock: number;
  lowMark: number;
  version: number;
  quantity: number;
}[];

export type ThingsProvisionKeysReply = {
  id: string;
  family: string;
  key: string;
  allowNew: boolean;
  enabled: boolean;
  expiresAt: string;
  most: number;
  used: number;
  madeAt: string;
  madeBy: string;
}[];

export interface ThingsPutEvidenceInput {
  params: {
    id: string;
  };
  body: ThingsEvidenceView;
}

export type ThingsPutEvidenceReply = ThingsEvidenceView;

export interface ThingsRefusalsInput {
  query: {
    limit: number;
  };
}

export type ThingsRefusalsReply = ThingsRefusalsView;

export interface ThingsRefusalsOfInput {
  params: {
    id: string;
  };
  query: {
    limit: number;
  };
}

export type ThingsRefusalsOfReply = ThingsRefusalsView;

export interface ThingsRelateInput {
  params: {
    id: string;
  };
  body: {
    kind: 'contains' | 'connects' | 'feeds' | 'runs-on' | 'depends-on' | 'controls' | 'protects' | 'located-in' | 'backs-up';
    target: string;
  };
}

export type ThingsRelateReply = unknown;

export interface ThingsRelationsInput {
  params: {
    id: string;
  };
}

export type ThingsRelationsReply = ({
  kind: 'contains' | 'connects' | 'feeds' | 'runs-on' | 'depends-on' | 'controls' | 'protects' | 'located-in' | 'backs-up';
  direction: 'in' | 'out';
  id: string;
  number: number;
  code: string;
  name: string;
  family: string;
})[];

export interface ThingsRevokeCredentialInput {
  params: {
    id: string;
    credential: string;
  };
}

export type ThingsRevokeCredentialReply = unknown;

export interface ThingsRotateInput {
  body: {
    ids?: string[];
    family?: string;
    days: number;
    delivery: 'session' | 'export';
  };
}

export type ThingsRotateReply = {
  id: string;
  until: string;
  things: ({
    id: string;
    code: string;
    kind: 'token' | 'secret' | 'certificate' | 'signature';
    username: string | null;
    value: string | null;
  })[];
};

export interface ThingsRotationItemsInput {
  params: {
    id: string;
  };
}

export type ThingsRotationItemsReply = ({
  thingId: string;
  code: string;
  state: 'waiting' | 'done' | 'lapsed';
  deliveredAt: string | null;
  endedAt: string | null;
})[];

export type ThingsRotationsReply = ({
  id: string;
  delivery: 'session' | 'export';
  until: string;
  madeAt: string;
  madeBy: string;
  total: number;
  delivered: number;
  done: number;
  lapsed: number;
})[];

export interface ThingsShareInput {
  params: {
    id: string;
  };
  body: Record<string, unknown>;
}

export type ThingsShareReply = unknown;

export interface ThingsSounderCoverageInput {
  query?: {
    under?: string;
  };
}

export type ThingsSounderCoverageReply = {
  places: number;
  gaps: {
    id: string;
    path: string;
    kind: string;
    code: string;
    name: string;
  }[];
};

export interface ThingsStepInput {
  params: {
    id: string;
  };
  body: {
    to: 'planned' | 'purchased' | 'stored' | 'installed' | 'commissioned' | 'in-use' | 'maintenance' | 'retired' | 'scrapped';
    evidence: {
      note?: string;
      evaluation?: string;
      guide?: string;
      reason?: string;
      measured?: {
        item: string;
        value: string;
        passed: boolean;
      }[];
    };
  };
}

export type ThingsStepReply = ThingsGetView;

export interface ThingsStepsInput {
  params: {
    id: string;
  };
}

export type ThingsStepsReply = {
  id: string;
  from: string;
  to: string;
  evidence: {
    note?: string;
    evaluation?: string;
    guide?: string;
    reason?: string;
    measured?: {
      item: string;
      value: string;
      passed: boolean;
    }[];
  };
  at: string;
  by: string;
}[];

export type ThingsUndoImportReply = {
  batch: string;
  removed: number;
};

export interface ThingsUnrelateInput {
  params: {
    id: string;
    kind: 'contains' | 'connects' | 'feeds' | 'runs-on' | 'depends-on' | 'controls' | 'protects' | 'located-in' | 'backs-up';
    target: string;
  };
}

export type ThingsUnrelateReply = unknown;

export interface ThingsUpdateInput {
  params: {
    id: string;
  };
  body: {
    name?: string;
    modelVersion?: number;
    placeId?: string | null;
    labels?: Record<string, string>;
    maker?: string | null;
    productionDate?: string | null;
    serial?: string | null;
    specification?: string | null;
    warrantyUntil?: string | null;
    contractNo?: string | null;
    bearer?: 'cellular' | 'nb-iot' | 'lora' | 'wifi' | 'ble' | 'zigbee' | 'nearlink' | 'rs232' | 'rs485' | 'ethernet' | null;
    protocol?: string | null;
    equipmentClass?: 'production' | 'non-production' | null;
  };
}

export type ThingsUpdateReply = ThingsGetView;

export interface ThingsUpdatePartInput {
  params: {
    id: string;
  };
  body: {
    name?: string;
    unit?: string;
    stock?: number;
    lowMark?: number;
  };
}

export type ThingsUpdatePartReply = ThingsAddPartView;

export interface ThingsWhitelistInput {
  params: {
    id: string;
  };
  body: {
    whitelist: 'admitted' | 'suspended' | 'revoked';
    reason: string;
  };
}

export type ThingsWhitelistReply = {
  whitelist: 'admitted' | 'suspended' | 'revoked';
  version: number;
};

export interface UsersAssignInput {
  params: {
    id: string;
  };
  body: {
    role: string;
    reach: 'organisation' | 'places' | 'own';
    places?: string[];
    validFrom?: string;
    validUntil?: string;
  };
}

export type UsersAssignReply = UsersAssignView;

export interface UsersCreateInput {
  body: {
    username: string;
    name: string;
    phone?: string;
    email?: string;
    language?: 'zh-CN' | 'en';
    kind?: 'staff' | 'tenant';
    password?: string;
    mustChange?: boolean;
  };
}

export type UsersCreateReply = {
  user: UsersGetView;
  password?: string;
};

export interface UsersDeleteInput {
  params: {
    id: string;
  };
}

export type UsersDeleteReply = unknown;

export interface UsersEndSessionsInput {
  params: {
    id: string;
  };
}

export type UsersEndSessionsReply = {
  ended: number;
};

export interface UsersGetInput {
  params: {
    id: string;
  };
}

export type UsersGetReply = UsersGetView;

export interface UsersListInput {
  query: {
    text?: string;
    state?: 'active' | 'disabled' | 'deleted';
    kind?: 'staff' | 'tenant';
    role?: string;
    limit: number;
    cursor?: string;
  };
}

export type UsersListReply = {
  items: UsersGetView[];
  next: string | null;
};

export interface UsersResetPasswordInput {
  params: {
    id: string;
  };
  body: {
    password?: string;
  };
}

export type UsersResetPasswordReply = {
  password?: string;
};

export interface UsersResetSecondFactorInput {
  params: {
    id: string;
  };
}

export type UsersResetSecondFactorReply = unknown;

export interface UsersRolesInput {
  params: {
    id: string;
  };
}

export type UsersRolesReply = {
  items: UsersRolesViewItems;
};

export interface UsersUnassignInput {
  params: {
    id: string;
    assignment: string;
  };
}

export type UsersUnassignReply = unknown;

export interface UsersUpdateInput {
  params: {
    id: string;
  };
  body: {
    username?: string;
    name?: string;
    phone?: string;
    email?: string;
    language?: 'zh-CN' | 'en';
    kind?: 'staff' | 'tenant';
    state?: 'active' | 'disabled';
  };
}

export type UsersUpdateReply = UsersGetView;

export interface VideoAskChannelsInput {
  params: {
    id: string;
  };
}

export type VideoAskChannelsReply = {
  command: string;
};

export interface VideoAssignChannelInput {
  params: {
    id: string;
    channel: string;
  };
  body: {
    camera: string | null;
  };
}

export type VideoAssignChannelReply = unknown;

export interface VideoCameraInput {
  params: {
    id: string;
  };
}

export type VideoCameraReply = VideoCameraView;

export interface VideoCamerasInput {
  query: {
    under?: string;
    online?: 'unknown' | 'online' | 'offline';
    recording?: 'unknown' | 'kept' | 'gaps' | 'unreachable';
    text?: string;
    limit: number;
    cursor?: string;
  };
}

export type VideoCamerasReply = {
  items: VideoCameraView[];
  next?: string;
};

export interface VideoChannelsInput {
  params: {
    id: string;
  };
}

export type VideoChannelsReply = {
  id: string;
  parent: string;
  name: string;
  on: boolean;
  maker: string;
  model: string;
  camera?: string;
  cameraName?: string;
  seenAt: string;
}[];

export interface VideoCheckInput {
  params: {
    id: string;
    item: 'coverage' | 'entrances' | 'perimeter' | 'imageQuality' | 'lowLight' | 'recordingDays' | 'timeSync' | 'accessRights' | 'storageProtection' | 'powerBackup' | 'lightningEarthing' | 'mounting' | 'privacyMasking' | 'signage';
  };
  body: {
    state: 'met' | 'unmet' | 'not-applicable';
    note: string;
    record: string | null;
  };
}

export type VideoCheckReply = unknown;

export interface VideoChecklistInput {
  params: {
    id: string;
  };
}

export type VideoChecklistReply = {
  item: string;
  state?: string;
  note?: string;
  record?: string;
  checkedAt?: string;
  checkedBy?: string;
  gap?: string;
}[];

export interface VideoEndPlaybackInput {
  params: {
    id: string;
  };
  body: {
    stream: string;
  };
}

export type VideoEndPlaybackReply = {
  command: string;
};

export interface VideoEnterCameraInput {
  params: {
    id: string;
  };
  body: {
    stream: string;
    perimeter: boolean;
    upward: string | null;
  };
}

export type VideoEnterCameraReply = VideoCameraView;

export interface VideoFileHookInput {
  body: VideoFileHookDraft;
}

export type VideoFileHookReply = unknown;

export interface VideoLiveInput {
  params: {
    id: string;
  };
}

export type VideoLiveReply = {
  url: string;
  expiresAt: string;
};

export interface VideoMoveInput {
  params: {
    id: string;
    channel: string;
  };
  body: {
    ways: ('left' | 'right' | 'up' | 'down' | 'in' | 'out')[];
    speed: number;
    lasts: number;
  };
}

export type VideoMoveReply = {
  command: string;
};

export interface VideoNightLightInput {
  params: {
    id: string;
  };
  body: {
    light: string;
    from: string;
    to: string;
  };
}

export type VideoNightLightReply = {
  linkage: string;
};

export interface VideoPlayHookInput {
  body: VideoFileHookDraft;
}

export type VideoPlayHookReply = unknown;

export interface VideoPlayRecordedInput {
  params: {
    id: string;
    channel: string;
  };
  body: {
    from: string;
    to: string;
  };
}

export type VideoPlayRecordedReply = {
  command: string;
  url: string;
  expiresAt: string;
};

export interface VideoPlaybackInput {
  params: {
    id: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type VideoPlaybackReply = {
  pieces: {
    from: string;
    to: string;
    url: string;
    offset: number;
    expiresAt: string;
  }[];
};

export interface VideoPresetInput {
  params: {
    id: string;
    channel: string;
  };
  body: {
    act: 'set' | 'call' | 'delete';
    number: number;
  };
}

export type VideoPresetReply = {
  command: string;
};

export type VideoRecordersReply = {
  id: string;
  code: string;
  name: string;
  place: string;
  online: string;
}[];

export interface VideoRecordingsInput {
  params: {
    id: string;
  };
  query: {
    from: string;
    to: string;
  };
}

export type VideoRecordingsReply = {
  spans: {
    from: string;
    to: string;
    url: string;
    expiresAt: string;
  }[];
  gaps: {
    from: string;
    to: string;
  }[];
};

export interface VideoResultsInput {
  params: {
    id: string;
  };
}

export type VideoResultsReply = {
  slot: string;
  results: number;
  lastAt: string;
}[];

export interface VideoSetInput {
  body: {
    mediaUrl: string | null;
    publicUrl: string | null;
    app: string;
    segment: number;
    retentionDays: number;
    middleSlots: ('face' | 'behaviour' | 'plate')[];
    uplink: {
      id: string;
      upper: string;
      realm?: string;
      host: string;
      port: number;
      announce?: string;
    } | null;
    secret?: string | null;
    uplinkPassword?: string | null;
  };
}

export type VideoSetReply = VideoSetView;

export interface VideoSetSiteInput {
  params: {
    place: string;
  };
  body: {
    households: number | null;
    slots: {
      face?: boolean;
      behaviour?: boolean;
      plate?: boolean;
    };
  };
}

export type VideoSetSiteReply = VideoSiteView;

export type VideoSettingsReply = VideoSetView;

export interface VideoSiteInput {
  params: {
    place: string;
  };
}

export type VideoSiteReply = VideoSiteView;

export interface VideoStateInput {
  params: {
    id: string;
  };
}

export type VideoStateReply = {
  live: boolean;
  viewers: number;
  speed: number;
};

export interface ViolationsAddEvidenceInput {
  params: {
    id: string;
  };
  query: {
    name: string;
    mediaType: string;
    sha256: string;
    takenAt: string;
    longitude: number;
    latitude: number;
  };
  body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;
}

export type ViolationsAddEvidenceReply = ViolationsAddEvidenceView;

export interface ViolationsEvidenceInput {
  params: {
    id: string;
  };
}

export type ViolationsEvidenceReply = ViolationsAddEvidenceView[];

export interface ViolationsReportInput {
  body: {
    kind: 'sublet' | 'lend' | 'swap' | 'idle' | 'arrears' | 'misuse' | 'fraud';
    placeId: string;
    note: string;
  };
}

export type ViolationsReportReply = {
  id: string;
  code: string;
};

/** One method per operation, grouped as its id is: `alarms.acknowledge` → `api.alarms.acknowledge(…)`. */
export const createApi = (call: Call) => ({
  alarmRules: {
    /** What is wrong with a rule, without storing it. Permission: alarm:read. */
    check: (input: AlarmRulesCheckInput, options?: CallOptions): Promise<AlarmRulesCheckReply> =>
      call({ id: 'alarmRules.check', method: 'POST', path: '/api/v1/alarm-rules/check' }, input, options),
    /** Add an alarm rule. Permission: alarm:rule. Problems: rule-invalid. */
    create: (input: AlarmRulesCreateInput, options?: CallOptions): Promise<AlarmRulesCreateReply> =>
      call({ id: 'alarmRules.create', method: 'POST', path: '/api/v1/alarm-rules', creates: true }, input, options),
    /** Alarm rules by thing model. Permission: alarm:read. */
    list: (input?: AlarmRulesListInput, options?: CallOptions): Promise<AlarmRulesListReply> =>
      call({ id: 'alarmRules.list', method: 'GET', path: '/api/v1/alarm-rules' }, input, options),
    /** Remove an alarm rule. Permission: alarm:rule. Problems: rule-missing. */
    remove: (input: AlarmRulesRemoveInput, options?: CallOptions): Promise<AlarmRulesRemoveReply> =>
      call({ id: 'alarmRules.remove', method: 'DELETE', path: '/api/v1/alarm-rules/{id}' }, input, options),
    /** Change an alarm rule; it takes effect within seconds. Permission: alarm:rule. Problems: rule-invalid, rule-missing, edit-conflict. */
    update: (input: AlarmRulesUpdateInput, options?: CallOptions): Promise<AlarmRulesUpdateReply> =>
      call({ id: 'alarmRules.update', method: 'PUT', path: '/api/v1/alarm-rules/{id}' }, input, options),
  },
  alarms: {
    /** Acknowledge an alarm. Permission: alarm:acknowledge. Problems: alarm-missing, alarm-step-refused. */
    acknowledge: (input: AlarmsAcknowledgeInput, options?: CallOptions): Promise<AlarmsAcknowledgeReply> =>
      call({ id: 'alarms.acknowledge', method: 'POST', path: '/api/v1/alarms/{id}/acknowledgement' }, input, options),
    /** Open alarms by severity. Permission: alarm:read. */
    counts: (options?: CallOptions): Promise<AlarmsCountsReply> =>
      call({ id: 'alarms.counts', method: 'GET', path: '/api/v1/alarms/counts' }, undefined, options),
    /** End a silence now. Permission: alarm:handle. Problems: silence-missing. */
    endSilence: (input: AlarmsEndSilenceInput, options?: CallOptions): Promise<AlarmsEndSilenceReply> =>
      call({ id: 'alarms.endSilence', method: 'DELETE', path: '/api/v1/alarms/silences/{id}' }, input, options),
    /** One alarm with its occurrences and steps. Permission: alarm:read. Problems: alarm-missing. */
    get: (input: AlarmsGetInput, options?: CallOptions): Promise<AlarmsGetReply> =>
      call({ id: 'alarms.get', method: 'GET', path: '/api/v1/alarms/{id}' }, input, options),
    /** How alarms of one cause are gathered. Permission: alarm:read. */
    grouping: (options?: CallOptions): Promise<AlarmsGroupingReply> =>
      call({ id: 'alarms.grouping', method: 'GET', path: '/api/v1/alarms/grouping' }, undefined, options),
    /** Alarms, newest first. Permission: alarm:read. */
    list: (input?: AlarmsListInput, options?: CallOptions): Promise<AlarmsListReply> =>
      call({ id: 'alarms.list', method: 'GET', path: '/api/v1/alarms' }, input, options),
    /** The other alarms of the incident an alarm is part of, newest first. Permission: alarm:read. Problems: alarm-missing. */
    members: (input: AlarmsMembersInput, options?: CallOptions): Promise<AlarmsMembersReply> =>
      call({ id: 'alarms.members', method: 'GET', path: '/api/v1/alarms/{id}/members' }, input, options),
    /** Change how alarms of one cause are gathered; holds from the next alarm on. Permission: alarm:rule. Problems: edit-conflict. */
    setGrouping: (input: AlarmsSetGroupingInput, options?: CallOptions): Promise<AlarmsSetGroupingReply> =>
      call({ id: 'alarms.setGrouping', method: 'PUT', path: '/api/v1/alarms/grouping' }, input, options),
    /** Hold back notices of a place, rule or thing for a while. Permission: alarm:handle. */
    silence: (input: AlarmsSilenceInput, options?: CallOptions): Promise<AlarmsSilenceReply> =>
      call({ id: 'alarms.silence', method: 'POST', path: '/api/v1/alarms/silences', creates: true }, input, options),
    /** Silences in force. Permission: alarm:read. */
    silences: (options?: CallOptions): Promise<AlarmsSilencesReply> =>
      call({ id: 'alarms.silences', method: 'GET', path: '/api/v1/alarms/silences' }, undefined, options),
    /** Take an alarm a step further in its closed loop. Permission: alarm:handle. Problems: alarm-missing, alarm-step-refused, alarm-still-active, edit-conflict. */
    step: (input: AlarmsStepInput, options?: CallOptions): Promise<AlarmsStepReply> =>
      call({ id: 'alarms.step', method: 'POST', path: '/api/v1/alarms/{id}/steps' }, input, options),
    /** The same step for many alarms; tells which were refused. Permission: alarm:handle. */
    stepMany: (input: AlarmsStepManyInput, options?: CallOptions): Promise<AlarmsStepManyReply> =>
      call({ id: 'alarms.stepMany', method: 'POST', path: '/api/v1/alarms/steps' }, input, options),
  },
  allocation: {
    /** Announce a plan: households say whether they want a house of it. Permission: allocation:write. Problems: allocation-plan-missing, allocation-plan-step-refused. */
    announce: (input: AllocationAnnounceInput, options?: CallOptions): Promise<AllocationAnnounceReply> =>
      call({ id: 'allocation.announce', method: 'POST', path: '/api/v1/allocation/plans/{id}/announcement' }, input, options),
    /** Choose a house for a household whose turn it is. Permission: allocation:write. Problems: allocation-plan-missing, allocation-plan-step-refused, waiting-entry-missing, allocation-intent-missing, choosing-slot-not-open, house-taken, house-missing, move-in-open, not-allowed. */
    choose: (input: AllocationChooseInput, options?: CallOptions): Promise<AllocationChooseReply> =>
      call({ id: 'allocation.choose', method: 'POST', path: '/api/v1/allocation/plans/{id}/entries/{entry}/choice' }, input, options),
    /** Close a plan. Permission: allocation:write. Problems: allocation-plan-missing, allocation-plan-step-refused. */
    close: (input: AllocationCloseInput, options?: CallOptions): Promise<AllocationCloseReply> =>
      call({ id: 'allocation.close', method: 'POST', path: '/api/v1/allocation/plans/{id}/closing' }, input, options),
    /** Close the list and publish its hash and that of the seed. Permission: allocation:draw. Problems: allocation-plan-missing, allocation-plan-step-refused. */
    commit: (input: AllocationCommitInput, options?: CallOptions): Promise<AllocationCommitReply> =>
      call({ id: 'allocation.commit', method: 'POST', path: '/api/v1/allocation/plans/{id}/commitment' }, input, options),
    /** Plan to give out houses. Permission: allocation:write. Problems: house-not-free, place-missing, not-allowed, input-invalid. */
    create: (input: AllocationCreateInput, options?: CallOptions): Promise<AllocationCreateReply> =>
      call({ id: 'allocation.create', method: 'POST', path: '/api/v1/allocation/plans', creates: true }, input, options),
    /** Note that a household declines; it counts. Permission: allocation:write. Problems: allocation-plan-missing, allocation-plan-step-refused, waiting-entry-missing, allocation-intent-missing, choosing-slot-not-open, house-taken, house-missing, move-in-open, not-allowed. */
    decline: (input: AllocationDeclineInput, options?: CallOptions): Promise<AllocationDeclineReply> =>
      call({ id: 'allocation.decline', method: 'POST', path: '/api/v1/allocation/plans/{id}/entries/{entry}/decline' }, input, options),
    /** Draw: publish the seed and the order that follows from it. Permission: allocation:draw. Problems: allocation-plan-missing, allocation-plan-step-refused. */
    draw: (input: AllocationDrawInput, options?: CallOptions): Promise<AllocationDrawReply> =>
      call({ id: 'allocation.draw', method: 'POST', path: '/api/v1/allocation/plans/{id}/draw' }, input, options),
    /** Put a household on the waiting list by hand, with the ground. Permission: allocation:write. Problems: waiting-entry-not-waiting, household-barred, household-missing, party-missing, party-at-rest. */
    enter: (input: AllocationEnterInput, options?: CallOptions): Promise<AllocationEnterReply> =>
      call({ id: 'allocation.enter', method: 'POST', path: '/api/v1/allocation/waiting', creates: true }, input, options),
    /** Note that a household wants a house of the plan. Permission: allocation:write. Problems: allocation-plan-missing, allocation-plan-step-refused, waiting-entry-missing, waiting-entry-not-waiting. */
    intend: (input: AllocationIntendInput, options?: CallOptions): Promise<AllocationIntendReply> =>
      call({ id: 'allocation.intend', method: 'PUT', path: '/api/v1/allocation/plans/{id}/entries/{entry}' }, input, options),
    /** Note that a household did not come in its time; it may still choose from what is left. Permission: allocation:write. Problems: allocation-plan-missing, allocation-plan-step-refused, waiting-entry-missing, allocation-intent-missing, choosing-slot-not-open. */
    pass: (input: AllocationPassInput, options?: CallOptions): Promise<AllocationPassReply> =>
      call({ id: 'allocation.pass', method: 'POST', path: '/api/v1/allocation/plans/{id}/entries/{entry}/pass' }, input, options),
    /** One plan: its houses, its households in their order, and whether the draw holds. Permission: allocation:read. Problems: allocation-plan-missing. */
    plan: (input: AllocationPlanInput, options?: CallOptions): Promise<AllocationPlanReply> =>
      call({ id: 'allocation.plan', method: 'GET', path: '/api/v1/allocation/plans/{id}' }, input, options),
    /** Allocation plans, newest first. Permission: allocation:read. */
    plans: (input: AllocationPlansInput, options?: CallOptions): Promise<AllocationPlansReply> =>
      call({ id: 'allocation.plans', method: 'GET', path: '/api/v1/allocation/plans' }, input, options),
    /** What is published of a draw, as the file anybody can verify. Permission: allocation:read. Problems: allocation-plan-missing, allocation-plan-step-refused. */
    published: (input: AllocationPublishedInput, options?: CallOptions): Promise<AllocationPublishedReply> =>
      call({ id: 'allocation.published', method: 'GET', path: '/api/v1/allocation/plans/{id}/published' }, input, options),
    /** Set category, points and priority of a household on the waiting list, with the ground. Permission: allocation:write. Problems: waiting-entry-missing, waiting-entry-not-waiting, edit-conflict. */
    score: (input: AllocationScoreInput, options?: CallOptions): Promise<AllocationScoreReply> =>
      call({ id: 'allocation.score', method: 'PUT', path: '/api/v1/allocation/waiting/{id}/score' }, input, options),
    /** The waiting list in its order. Permission: allocation:read. */
    waiting: (input: AllocationWaitingInput, options?: CallOptions): Promise<AllocationWaitingReply> =>
      call({ id: 'allocation.waiting', method: 'GET', path: '/api/v1/allocation/waiting' }, input, options),
    /** How many households stand on the list, by state and category. Permission: allocation:read. */
    waitingCounts: (options?: CallOptions): Promise<AllocationWaitingCountsReply> =>
      call({ id: 'allocation.waitingCounts', method: 'GET', path: '/api/v1/allocation/waiting/counts' }, undefined, options),
    /** The waiting list as CSV or XLSX; it names households, so who took it out is noted. Permission: allocation:read. */
    waitingExport: (input?: AllocationWaitingExportInput, options?: CallOptions): Promise<AllocationWaitingExportReply> =>
      call({ id: 'allocation.waitingExport', method: 'GET', path: '/api/v1/allocation/waiting/export' }, input, options),
  },
  bills: {
    /** What a month comes to by kind of fee: due, paid, let go. Permission: bill:read. */
    figures: (input: BillsFiguresInput, options?: CallOptions): Promise<BillsFiguresReply> =>
      call({ id: 'bills.figures', method: 'GET', path: '/api/v1/bills/figures' }, input, options),
    /** One bill with its lines. Permission: bill:read. Problems: bill-missing. */
    get: (input: BillsGetInput, options?: CallOptions): Promise<BillsGetReply> =>
      call({ id: 'bills.get', method: 'GET', path: '/api/v1/bills/{id}' }, input, options),
    /** Lines of bills, the newest first. Permission: bill:read. */
    lines: (input: BillsLinesInput, options?: CallOptions): Promise<BillsLinesReply> =>
      call({ id: 'bills.lines', method: 'GET', path: '/api/v1/bills/lines' }, input, options),
    /** Bills, the newest first. Permission: bill:read. */
    list: (input: BillsListInput, options?: CallOptions): Promise<BillsListReply> =>
      call({ id: 'bills.list', method: 'GET', path: '/api/v1/bills' }, input, options),
    /** Take meter figures of a month; a bill that is out already is issued anew, once. Permission: bill:write. Problems: place-missing, not-allowed, bill-fixed, ledger-period-closed. */
    recordUsage: (input: BillsRecordUsageInput, options?: CallOptions): Promise<BillsRecordUsageReply> =>
      call({ id: 'bills.recordUsage', method: 'POST', path: '/api/v1/bills/usages' }, input, options),
    /** The collection of a month as a file, PDF or XLSX. Permission: bill:read. Problems: not-allowed, collection-report-missing. */
    reportFile: (input: BillsReportFileInput, options?: CallOptions): Promise<BillsReportFileReply> =>
      call({ id: 'bills.reportFile', method: 'GET', path: '/api/v1/bills/reports/{period}/file' }, input, options),
    /** Collection of the months, as it stood when each was over. Permission: bill:read. Problems: not-allowed. */
    reports: (options?: CallOptions): Promise<BillsReportsReply> =>
      call({ id: 'bills.reports', method: 'GET', path: '/api/v1/bills/reports' }, undefined, options),
    /** Take a bill back, and issue another in its place when wished. Permission: bill:adjust. Problems: bill-missing, bill-fixed, ledger-period-closed, ledger-amount-too-large. */
    reverse: (input: BillsReverseInput, options?: CallOptions): Promise<BillsReverseReply> =>
      call({ id: 'bills.reverse', method: 'POST', path: '/api/v1/bills/{id}/reversal' }, input, options),
    /** Bill a month for all leases; what has a bill gets no second one. Permission: bill:run. Problems: bill-run-under-way, not-allowed. */
    run: (input: BillsRunInput, options?: CallOptions): Promise<BillsRunReply> =>
      call({ id: 'bills.run', method: 'POST', path: '/api/v1/bills/runs', creates: true }, input, options),
    /** Runs of bills with their progress. Permission: bill:read. */
    runs: (options?: CallOptions): Promise<BillsRunsReply> =>
      call({ id: 'bills.runs', method: 'GET', path: '/api/v1/bills/runs' }, undefined, options),
    /** When each report is made by itself, as which files it is sent, and to whom. Permission: bill:read. Problems: not-allowed. */
    schedules: (options?: CallOptions): Promise<BillsSchedulesReply> =>
      call({ id: 'bills.schedules', method: 'GET', path: '/api/v1/bills/schedules' }, undefined, options),
    /** Set the day and hour a report is made at by itself, its files and receivers, or switch it off. Permission: bill:run. Problems: report-kind-missing, not-allowed, input-invalid. */
    setSchedule: (input: BillsSetScheduleInput, options?: CallOptions): Promise<BillsSetScheduleReply> =>
      call({ id: 'bills.setSchedule', method: 'PUT', path: '/api/v1/bills/schedules/{report}' }, input, options),
    /** Stop a run after the batch under way. Permission: bill:run. Problems: bill-run-missing, not-allowed. */
    stopRun: (input: BillsStopRunInput, options?: CallOptions): Promise<BillsStopRunReply> =>
      call({ id: 'bills.stopRun', method: 'POST', path: '/api/v1/bills/runs/{id}/stop' }, input, options),
    /** Let part of a line go, with a reason. Permission: bill:adjust. Problems: bill-missing, charge-missing, ledger-amount-too-large, ledger-period-closed. */
    waive: (input: BillsWaiveInput, options?: CallOptions): Promise<BillsWaiveReply> =>
      call({ id: 'bills.waive', method: 'POST', path: '/api/v1/bills/{id}/waivers' }, input, options),
  },
  care: {
    /** Medical aids and whose they are. Permission: care:read. */
    aids: (options?: CallOptions): Promise<CareAidsReply> =>
      call({ id: 'care.aids', method: 'GET', path: '/api/v1/care/aids' }, undefined, options),
    /** End a visit plan. Permission: care:write. Problems: visit-plan-missing. */
    endPlan: (input: CareEndPlanInput, options?: CallOptions): Promise<CareEndPlanReply> =>
      call({ id: 'care.endPlan', method: 'DELETE', path: '/api/v1/care/visit-plans/{id}' }, input, options),
    /** The ledger of services of one person; looking is journaled. Permission: care:read. */
    ledger: (input: CareLedgerInput, options?: CallOptions): Promise<CareLedgerReply> =>
      call({ id: 'care.ledger', method: 'GET', path: '/api/v1/care/people/{id}/services' }, input, options),
    /** Say whose a medical aid is. Permission: care:write. Problems: thing-missing, care-person-missing, medical-aid-linked. */
    linkAid: (input: CareLinkAidInput, options?: CallOptions): Promise<CareLinkAidReply> =>
      call({ id: 'care.linkAid', method: 'POST', path: '/api/v1/care/aids', creates: true }, input, options),
    /** Everybody marked as in need of care, and when they were last served. Permission: care:read. */
    people: (options?: CallOptions): Promise<CarePeopleReply> =>
      call({ id: 'care.people', method: 'GET', path: '/api/v1/care/people' }, undefined, options),
    /** Plan visits of a marked person; on working days. Permission: care:write. Problems: care-person-missing. */
    plan: (input: CarePlanInput, options?: CallOptions): Promise<CarePlanReply> =>
      call({ id: 'care.plan', method: 'POST', path: '/api/v1/care/visit-plans', creates: true }, input, options),
    /** Who is visited how often. Permission: care:read. */
    plans: (options?: CallOptions): Promise<CarePlansReply> =>
      call({ id: 'care.plans', method: 'GET', path: '/api/v1/care/visit-plans' }, undefined, options),
    /** Log a service that was given. Permission: care:write. Problems: care-person-missing, party-missing, care-service-in-future. */
    serve: (input: CareServeInput, options?: CallOptions): Promise<CareServeReply> =>
      call({ id: 'care.serve', method: 'POST', path: '/api/v1/care/services', creates: true }, input, options),
    /** Where vital signs are forwarded to, with consent. Permission: care:write. Problems: not-allowed. */
    setMedicalService: (input: CareSetMedicalServiceInput, options?: CallOptions): Promise<CareSetMedicalServiceReply> =>
      call({ id: 'care.setMedicalService', method: 'PUT', path: '/api/v1/care/medical-service' }, input, options),
    /** A medical aid is nobody’s any more. Permission: care:write. Problems: medical-aid-missing. */
    unlinkAid: (input: CareUnlinkAidInput, options?: CallOptions): Promise<CareUnlinkAidReply> =>
      call({ id: 'care.unlinkAid', method: 'DELETE', path: '/api/v1/care/aids/{id}' }, input, options),
    /** Log that a visit was made. Permission: care:write. Problems: visit-missing, visit-settled, care-service-in-future. */
    visit: (input: CareVisitInput, options?: CallOptions): Promise<CareVisitReply> =>
      call({ id: 'care.visit', method: 'POST', path: '/api/v1/care/visits/{id}/service', creates: true }, input, options),
    /** Visits: due, overdue, done. Permission: care:read. */
    visits: (input?: CareVisitsInput, options?: CallOptions): Promise<CareVisitsReply> =>
      call({ id: 'care.visits', method: 'GET', path: '/api/v1/care/visits' }, input, options),
  },
  caseCalendars: {
    /** Working calendars that service levels count in. Permission: case:read. */
    list: (options?: CallOptions): Promise<CaseCalendarsListReply> =>
      call({ id: 'caseCalendars.list', method: 'GET', path: '/api/v1/case-calendars' }, undefined, options),
    /** Write a working calendar; running clocks count by it from now on. Permission: system:write. Problems: calendar-invalid. */
    set: (input: CaseCalendarsSetInput, options?: CallOptions): Promise<CaseCalendarsSetReply> =>
      call({ id: 'caseCalendars.set', method: 'PUT', path: '/api/v1/case-calendars/{name}' }, input, options),
  },
  caseConsents: {
    /** Days after which work that was done counts as confirmed, by kind. Permission: case:read. */
    list: (options?: CallOptions): Promise<CaseConsentsListReply> =>
      call({ id: 'caseConsents.list', method: 'GET', path: '/api/v1/case-consents' }, undefined, options),
    /** Set after how many days work that was done counts as confirmed. Permission: system:write. Problems: not-found, not-allowed. */
    set: (input: CaseConsentsSetInput, options?: CallOptions): Promise<CaseConsentsSetReply> =>
      call({ id: 'caseConsents.set', method: 'PUT', path: '/api/v1/case-consents/{kind}' }, input, options),
  },
  caseLevels: {
    /** Service levels by kind and priority. Permission: case:read. */
    list: (options?: CallOptions): Promise<CaseLevelsListReply> =>
      call({ id: 'caseLevels.list', method: 'GET', path: '/api/v1/case-levels' }, undefined, options),
    /** Set the service level of a kind and priority for cases opened from now on. Permission: system:write. Problems: not-found, calendar-missing. */
    set: (input: CaseLevelsSetInput, options?: CallOptions): Promise<CaseLevelsSetReply> =>
      call({ id: 'caseLevels.set', method: 'PUT', path: '/api/v1/case-levels/{kind}/{priority}' }, input, options),
  },
  caseRules: {
    /** Add an opening rule. Permission: system:write. Problems: not-found. */
    add: (input: CaseRulesAddInput, options?: CallOptions): Promise<CaseRulesAddReply> =>
      call({ id: 'caseRules.add', method: 'POST', path: '/api/v1/case-rules', creates: true }, input, options),
    /** Replace an opening rule; it decides from the next event on. Permission: system:write. Problems: case-rule-missing, edit-conflict, not-found. */
    edit: (input: CaseRulesEditInput, options?: CallOptions): Promise<CaseRulesEditReply> =>
      call({ id: 'caseRules.edit', method: 'PUT', path: '/api/v1/case-rules/{id}' }, input, options),
    /** Rules that open cases by themselves, in the order they are asked. Permission: case:read. */
    list: (options?: CallOptions): Promise<CaseRulesListReply> =>
      call({ id: 'caseRules.list', method: 'GET', path: '/api/v1/case-rules' }, undefined, options),
    /** Remove an opening rule. Permission: system:write. Problems: case-rule-missing. */
    remove: (input: CaseRulesRemoveInput, options?: CallOptions): Promise<CaseRulesRemoveReply> =>
      call({ id: 'caseRules.remove', method: 'DELETE', path: '/api/v1/case-rules/{id}' }, input, options),
  },
  caseWorkers: {
    /** Workers cases are given to by the platform, with what they can do. Permission: case:assign. */
    list: (options?: CallOptions): Promise<CaseWorkersListReply> =>
      call({ id: 'caseWorkers.list', method: 'GET', path: '/api/v1/case-workers' }, undefined, options),
    /** Say what a worker can do and how much he takes at once; without skills he is given nothing. Permission: case:assign. Problems: assignee-unknown, not-allowed. */
    set: (input: CaseWorkersSetInput, options?: CallOptions): Promise<CaseWorkersSetReply> =>
      call({ id: 'caseWorkers.set', method: 'PUT', path: '/api/v1/case-workers/{account}' }, input, options),
  },
  cases: {
    /** Accept the work. Permission: case:handle. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    accept: (input: CasesAcceptInput, options?: CallOptions): Promise<CasesAcceptReply> =>
      call({ id: 'cases.accept', method: 'POST', path: '/api/v1/cases/{id}/acceptance' }, input, options),
    /** Book a part, labour or other cost (minor units); a part of the stock is taken from it. Permission: case:handle. Problems: case-missing, case-ended, case-full, part-missing, part-out-of-stock. */
    addCost: (input: CasesAddCostInput, options?: CallOptions): Promise<CasesAddCostReply> =>
      call({ id: 'cases.addCost', method: 'POST', path: '/api/v1/cases/{id}/costs', creates: true }, input, options),
    /** Attach an uploaded record as evidence. Permission: case:read. Problems: case-missing, case-ended, case-full, not-allowed. */
    addEvidence: (input: CasesAddEvidenceInput, options?: CallOptions): Promise<CasesAddEvidenceReply> =>
      call({ id: 'cases.addEvidence', method: 'POST', path: '/api/v1/cases/{id}/evidence', creates: true }, input, options),
    /** Add a checklist item. Permission: case:handle. Problems: case-missing, case-ended, case-full. */
    addItem: (input: CasesAddItemInput, options?: CallOptions): Promise<CasesAddItemReply> =>
      call({ id: 'cases.addItem', method: 'POST', path: '/api/v1/cases/{id}/items', creates: true }, input, options),
    /** Give the case to a person or a team. Permission: case:assign. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    assign: (input: CasesAssignInput, options?: CallOptions): Promise<CasesAssignReply> =>
      call({ id: 'cases.assign', method: 'POST', path: '/api/v1/cases/{id}/assignment' }, input, options),
    /** Those the case can be given to. Permission: case:assign. Problems: case-missing. */
    assignees: (input: CasesAssigneesInput, options?: CallOptions): Promise<CasesAssigneesReply> =>
      call({ id: 'cases.assignees', method: 'GET', path: '/api/v1/cases/{id}/assignees' }, input, options),
    /** How many cases stand in each state, and how many of them are late. Permission: case:read. */
    board: (input?: CasesBoardInput, options?: CallOptions): Promise<CasesBoardReply> =>
      call({ id: 'cases.board', method: 'GET', path: '/api/v1/cases/board' }, input, options),
    /** Cancel the case. Permission: case:assign. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    cancel: (input: CasesCancelInput, options?: CallOptions): Promise<CasesCancelReply> =>
      call({ id: 'cases.cancel', method: 'POST', path: '/api/v1/cases/{id}/cancellation' }, input, options),
    /** Close the case. Permission: case:assign. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    close: (input: CasesCloseInput, options?: CallOptions): Promise<CasesCloseReply> =>
      call({ id: 'cases.close', method: 'POST', path: '/api/v1/cases/{id}/closure' }, input, options),
    /** Say something in the case, to all or among colleagues. Permission: case:read. Problems: case-missing, case-ended, case-full, not-allowed. */
    comment: (input: CasesCommentInput, options?: CallOptions): Promise<CasesCommentReply> =>
      call({ id: 'cases.comment', method: 'POST', path: '/api/v1/cases/{id}/comments', creates: true }, input, options),
    /** Confirm that it is good. Permission: case:write. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    confirm: (input: CasesConfirmInput, options?: CallOptions): Promise<CasesConfirmReply> =>
      call({ id: 'cases.confirm', method: 'POST', path: '/api/v1/cases/{id}/confirmation' }, input, options),
    /** Give the work back, with the reason. Permission: case:handle. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    decline: (input: CasesDeclineInput, options?: CallOptions): Promise<CasesDeclineReply> =>
      call({ id: 'cases.decline', method: 'POST', path: '/api/v1/cases/{id}/refusal' }, input, options),
    /** Change what describes a case; If-Match carries its version. Permission: case:write. Problems: case-missing, case-ended, edit-conflict. */
    edit: (input: CasesEditInput, options?: CallOptions): Promise<CasesEditReply> =>
      call({ id: 'cases.edit', method: 'PATCH', path: '/api/v1/cases/{id}' }, input, options),
    /** The same list as CSV or XLSX, at most 20,000 lines. Permission: case:read. */
    export: (input?: CasesExportInput, options?: CallOptions): Promise<CasesExportReply> =>
      call({ id: 'cases.export', method: 'GET', path: '/api/v1/cases/export' }, input, options),
    /** Report the work done. Permission: case:handle. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    finish: (input: CasesFinishInput, options?: CallOptions): Promise<CasesFinishReply> =>
      call({ id: 'cases.finish', method: 'POST', path: '/api/v1/cases/{id}/completion' }, input, options),
    /** One case with everything in its file. Permission: case:read. Problems: case-missing. */
    get: (input: CasesGetInput, options?: CallOptions): Promise<CasesGetReply> =>
      call({ id: 'cases.get', method: 'GET', path: '/api/v1/cases/{id}' }, input, options),
    /** Kinds of case: states, requirements, wait reasons. Permission: case:read. */
    kinds: (options?: CallOptions): Promise<CasesKindsReply> =>
      call({ id: 'cases.kinds', method: 'GET', path: '/api/v1/cases/kinds' }, undefined, options),
    /** Link to another case. Permission: case:write. Problems: case-missing, case-ended, case-full, case-link-refused. */
    link: (input: CasesLinkInput, options?: CallOptions): Promise<CasesLinkReply> =>
      call({ id: 'cases.link', method: 'POST', path: '/api/v1/cases/{id}/links', creates: true }, input, options),
    /** Cases, newest first. Permission: case:read. Problems: input-invalid. */
    list: (input: CasesListInput, options?: CallOptions): Promise<CasesListReply> =>
      call({ id: 'cases.list', method: 'GET', path: '/api/v1/cases' }, input, options),
    /** Open a case. Permission: case:write. Problems: not-found, not-allowed. */
    open: (input: CasesOpenInput, options?: CallOptions): Promise<CasesOpenReply> =>
      call({ id: 'cases.open', method: 'POST', path: '/api/v1/cases', creates: true }, input, options),
    /** Open cases with their age, the oldest first. Permission: case:read. */
    openAges: (input: CasesOpenAgesInput, options?: CallOptions): Promise<CasesOpenAgesReply> =>
      call({ id: 'cases.openAges', method: 'GET', path: '/api/v1/cases/open-ages' }, input, options),
    /** Rate the work, 1 to 5. Permission: case:write. Problems: case-missing, rating-refused. */
    rate: (input: CasesRateInput, options?: CallOptions): Promise<CasesRateReply> =>
      call({ id: 'cases.rate', method: 'PUT', path: '/api/v1/cases/{id}/rating' }, input, options),
    /** Say that it is not good; the case is open again. Permission: case:write. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    reject: (input: CasesRejectInput, options?: CallOptions): Promise<CasesRejectReply> =>
      call({ id: 'cases.reject', method: 'POST', path: '/api/v1/cases/{id}/rejection' }, input, options),
    /** Open a finished case again. Permission: case:assign. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    reopen: (input: CasesReopenInput, options?: CallOptions): Promise<CasesReopenReply> =>
      call({ id: 'cases.reopen', method: 'POST', path: '/api/v1/cases/{id}/reopening' }, input, options),
    /** Go on with the work. Permission: case:handle. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    resume: (input: CasesResumeInput, options?: CallOptions): Promise<CasesResumeReply> =>
      call({ id: 'cases.resume', method: 'POST', path: '/api/v1/cases/{id}/resumption' }, input, options),
    /** Begin the work. Permission: case:handle. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    start: (input: CasesStartInput, options?: CallOptions): Promise<CasesStartReply> =>
      call({ id: 'cases.start', method: 'POST', path: '/api/v1/cases/{id}/start' }, input, options),
    /** Figures of the cases opened in a period, by kind. Permission: case:read. */
    statistics: (input: CasesStatisticsInput, options?: CallOptions): Promise<CasesStatisticsReply> =>
      call({ id: 'cases.statistics', method: 'GET', path: '/api/v1/cases/statistics' }, input, options),
    /** Tick a checklist item off, or open it again. Permission: case:handle. Problems: case-missing, case-ended, case-full, case-item-missing. */
    tick: (input: CasesTickInput, options?: CallOptions): Promise<CasesTickReply> =>
      call({ id: 'cases.tick', method: 'PUT', path: '/api/v1/cases/{id}/items/{item}' }, input, options),
    /** What is waiting for me: to work on, to confirm, to dispatch. Permission: case:read. */
    todos: (options?: CallOptions): Promise<CasesTodosReply> =>
      call({ id: 'cases.todos', method: 'GET', path: '/api/v1/cases/todos' }, undefined, options),
    /** Judge impact and urgency. Permission: case:assign. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    triage: (input: CasesTriageInput, options?: CallOptions): Promise<CasesTriageReply> =>
      call({ id: 'cases.triage', method: 'POST', path: '/api/v1/cases/{id}/triage' }, input, options),
    /** Take a link away. Permission: case:write. Problems: case-missing, case-ended, case-full. */
    unlink: (input: CasesUnlinkInput, options?: CallOptions): Promise<CasesUnlinkReply> =>
      call({ id: 'cases.unlink', method: 'DELETE', path: '/api/v1/cases/{id}/links' }, input, options),
    /** Wait for something, which may stop the resolution clock. Permission: case:handle. Problems: case-missing, case-step-refused, case-step-incomplete, assignee-unknown, edit-conflict, not-allowed. */
    wait: (input: CasesWaitInput, options?: CallOptions): Promise<CasesWaitReply> =>
      call({ id: 'cases.wait', method: 'POST', path: '/api/v1/cases/{id}/wait' }, input, options),
  },
  codecs: {
    /** Write a codec script: its first version, with sample frames. Permission: codec:write. Problems: input-invalid, codec-bench-missing, overloaded, codec-source-invalid, codecs-too-many, codec-name-taken. */
    create: (input: CodecsCreateInput, options?: CallOptions): Promise<CodecsCreateReply> =>
      call({ id: 'codecs.create', method: 'POST', path: '/api/v1/codecs', creates: true }, input, options),
    /** What pasted bytes are: guesses of protocol, decoded parts, checksum, resulting points. Permission: codec:read. Problems: input-invalid, codec-bench-missing, overloaded, codec-missing. */
    frames: (input: CodecsFramesInput, options?: CallOptions): Promise<CodecsFramesReply> =>
      call({ id: 'codecs.frames', method: 'POST', path: '/api/v1/codecs/frames' }, input, options),
    /** One codec script with its versions and what was in force when. Permission: codec:read. Problems: codec-missing. */
    get: (input: CodecsGetInput, options?: CallOptions): Promise<CodecsGetReply> =>
      call({ id: 'codecs.get', method: 'GET', path: '/api/v1/codecs/{id}' }, input, options),
    /** Codec scripts. Permission: codec:read. */
    list: (options?: CallOptions): Promise<CodecsListReply> =>
      call({ id: 'codecs.list', method: 'GET', path: '/api/v1/codecs' }, undefined, options),
    /** Put a version in force; its sample frames must all pass. Permission: codec:publish. Problems: input-invalid, codec-bench-missing, overloaded, codec-missing, codec-samples-failed. */
    publish: (input: CodecsPublishInput, options?: CallOptions): Promise<CodecsPublishReply> =>
      call({ id: 'codecs.publish', method: 'POST', path: '/api/v1/codecs/{id}/publications' }, input, options),
    /** Delete a codec script that nothing uses, with all its versions. Permission: codec:publish. Problems: codec-missing, codec-in-use. */
    remove: (input: CodecsRemoveInput, options?: CallOptions): Promise<CodecsRemoveReply> =>
      call({ id: 'codecs.remove', method: 'DELETE', path: '/api/v1/codecs/{id}' }, input, options),
    /** Go back to a version that was in force before, at once. Permission: codec:publish. Problems: codec-missing, codec-never-published. */
    rollBack: (input: CodecsRollBackInput, options?: CallOptions): Promise<CodecsRollBackReply> =>
      call({ id: 'codecs.rollBack', method: 'POST', path: '/api/v1/codecs/{id}/roll-back' }, input, options),
    /** Run a script against sample frames without keeping it. Permission: codec:write. Problems: input-invalid, codec-bench-missing, overloaded. */
    trial: (input: CodecsTrialInput, options?: CallOptions): Promise<CodecsTrialReply> =>
      call({ id: 'codecs.trial', method: 'POST', path: '/api/v1/codecs/trial' }, input, options),
    /** Text and sample frames of one version. Permission: codec:read. Problems: codec-missing. */
    version: (input: CodecsVersionInput, options?: CallOptions): Promise<CodecsVersionReply> =>
      call({ id: 'codecs.version', method: 'GET', path: '/api/v1/codecs/{id}/versions/{number}' }, input, options),
    /** Write a new version; If-Match carries the number of the newest. Permission: codec:write. Problems: input-invalid, codec-bench-missing, overloaded, codec-source-invalid, codecs-too-many, codec-missing, edit-conflict. */
    write: (input: CodecsWriteInput, options?: CallOptions): Promise<CodecsWriteReply> =>
      call({ id: 'codecs.write', method: 'POST', path: '/api/v1/codecs/{id}/versions', creates: true }, input, options),
  },
  commands: {
    /** Agree as the second person, perhaps for a time window only. Permission: command:approve. Problems: command-missing, command-step-refused, command-own-approval, command-window-invalid. */
    approve: (input: CommandsApproveInput, options?: CallOptions): Promise<CommandsApproveReply> =>
      call({ id: 'commands.approve', method: 'POST', path: '/api/v1/commands/{id}/approval' }, input, options),
    /** Agree as the second person to all of a batch or scene that waits for it. Permission: command:approve. Problems: command-run-missing, command-own-approval, command-window-invalid. */
    approveRun: (input: CommandsApproveRunInput, options?: CallOptions): Promise<CommandsApproveRunReply> =>
      call({ id: 'commands.approveRun', method: 'POST', path: '/api/v1/commands/runs/{id}/approval' }, input, options),
    /** The same command to many; tells which could not be sent. Permission: command:send. Problems: input-invalid, command-targets-changed. */
    batch: (input: CommandsBatchInput, options?: CallOptions): Promise<CommandsBatchReply> =>
      call({ id: 'commands.batch', method: 'POST', path: '/api/v1/commands/batches', creates: true }, input, options),
    /** What remote calibrations of a thing found. Permission: command:read. */
    calibrations: (input: CommandsCalibrationsInput, options?: CallOptions): Promise<CommandsCalibrationsReply> =>
      call({ id: 'commands.calibrations', method: 'GET', path: '/api/v1/commands/calibrations' }, input, options),
    /** Take a command back that has not left yet. Permission: command:send. Problems: command-missing, command-step-refused, not-allowed. */
    cancel: (input: CommandsCancelInput, options?: CallOptions): Promise<CommandsCancelReply> =>
      call({ id: 'commands.cancel', method: 'POST', path: '/api/v1/commands/{id}/cancellation' }, input, options),
    /** Commands as CSV or XLSX: who, when, old and new value, result; at most 50,000 lines. Permission: command:read. */
    export: (input?: CommandsExportInput, options?: CallOptions): Promise<CommandsExportReply> =>
      call({ id: 'commands.export', method: 'GET', path: '/api/v1/commands/export' }, input, options),
    /** One command with its whole trail. Permission: command:read. Problems: command-missing. */
    get: (input: CommandsGetInput, options?: CallOptions): Promise<CommandsGetReply> =>
      call({ id: 'commands.get', method: 'GET', path: '/api/v1/commands/{id}' }, input, options),
    /** How long commands of a thing take, and whether that is fit for hard real time. Permission: command:read. */
    latency: (input: CommandsLatencyInput, options?: CallOptions): Promise<CommandsLatencyReply> =>
      call({ id: 'commands.latency', method: 'GET', path: '/api/v1/commands/latency' }, input, options),
    /** Commands, newest first. Permission: command:read. */
    list: (input?: CommandsListInput, options?: CallOptions): Promise<CommandsListReply> =>
      call({ id: 'commands.list', method: 'GET', path: '/api/v1/commands' }, input, options),
    /** What would be sent, who would have to agree, which limits hold; nothing is sent. Permission: command:send. Problems: thing-missing, input-invalid. */
    preview: (input: CommandsPreviewInput, options?: CallOptions): Promise<CommandsPreviewReply> =>
      call({ id: 'commands.preview', method: 'POST', path: '/api/v1/commands/preview' }, input, options),
    /** Refuse as the second person. Permission: command:approve. Problems: command-missing, command-step-refused, command-own-approval. */
    refuse: (input: CommandsRefuseInput, options?: CallOptions): Promise<CommandsRefuseReply> =>
      call({ id: 'commands.refuse', method: 'POST', path: '/api/v1/commands/{id}/refusal' }, input, options),
    /** Refuse as the second person all of a batch or scene that waits for it. Permission: command:approve. Problems: command-run-missing, command-own-approval. */
    refuseRun: (input: CommandsRefuseRunInput, options?: CallOptions): Promise<CommandsRefuseRunReply> =>
      call({ id: 'commands.refuseRun', method: 'POST', path: '/api/v1/commands/runs/{id}/refusal' }, input, options),
    /** How a batch or scene stands: commands by state, and what was refused. Permission: command:read. Problems: command-run-missing. */
    run: (input: CommandsRunInput, options?: CallOptions): Promise<CommandsRunReply> =>
      call({ id: 'commands.run', method: 'GET', path: '/api/v1/commands/runs/{id}' }, input, options),
    /** What the things of a run used before it and after it, by their own counters. Permission: command:read. Problems: command-run-missing. */
    runEnergy: (input: CommandsRunEnergyInput, options?: CallOptions): Promise<CommandsRunEnergyReply> =>
      call({ id: 'commands.runEnergy', method: 'GET', path: '/api/v1/commands/runs/{id}/energy' }, input, options),
    /** The latest batches and runs of scenes. Permission: command:read. */
    runs: (input?: CommandsRunsInput, options?: CallOptions): Promise<CommandsRunsReply> =>
      call({ id: 'commands.runs', method: 'GET', path: '/api/v1/commands/runs' }, input, options),
    /** Give a thing a command; a dangerous one waits for a second person. Permission: command:send. Problems: thing-missing, autonomy-protected, service-unknown, command-input-invalid, command-level-too-low, command-reason-missing, command-window-invalid, command-key-conflict. */
    send: (input: CommandsSendInput, options?: CallOptions): Promise<CommandsSendReply> =>
      call({ id: 'commands.send', method: 'POST', path: '/api/v1/commands', creates: true }, input, options),
    /** Make a draft one’s own and send it. Permission: command:send. Problems: command-missing, command-step-refused, not-allowed, command-level-too-low, command-reason-missing, service-unknown. */
    submit: (input: CommandsSubmitInput, options?: CallOptions): Promise<CommandsSubmitReply> =>
      call({ id: 'commands.submit', method: 'POST', path: '/api/v1/commands/{id}/submission' }, input, options),
  },
  contracts: {
    /** Look at a file somebody brings as the contract of this lease. Permission: lease:read. Problems: contract-missing, record-missing, record-gone. */
    check: (input: ContractsCheckInput, options?: CallOptions): Promise<ContractsCheckReply> =>
      call({ id: 'contracts.check', method: 'POST', path: '/api/v1/contracts/{id}/checks' }, input, options),
    /** The record of evidence of a sealed contract. Permission: lease:read. Problems: contract-missing, record-missing, record-gone. */
    evidence: (input: ContractsEvidenceInput, options?: CallOptions): Promise<ContractsEvidenceReply> =>
      call({ id: 'contracts.evidence', method: 'GET', path: '/api/v1/contracts/{id}/evidence' }, input, options),
    /** The sealed contract. Permission: lease:read. Problems: contract-missing, record-missing, record-gone. */
    file: (input: ContractsFileInput, options?: CallOptions): Promise<ContractsFileReply> =>
      call({ id: 'contracts.file', method: 'GET', path: '/api/v1/contracts/{id}/file' }, input, options),
    /** What is known of the sealed file of a lease. Permission: lease:read. Problems: contract-missing. */
    get: (input: ContractsGetInput, options?: CallOptions): Promise<ContractsGetReply> =>
      call({ id: 'contracts.get', method: 'GET', path: '/api/v1/contracts/{id}' }, input, options),
    /** Make the sealed file of a signed lease that has none; it is made once. Permission: lease:write. Problems: agreement-missing, contract-unsigned. */
    make: (input: ContractsMakeInput, options?: CallOptions): Promise<ContractsMakeReply> =>
      call({ id: 'contracts.make', method: 'POST', path: '/api/v1/contracts/{id}', creates: true }, input, options),
    /** The wording of a lease as a file to be read before signing, without a seal. Permission: lease:read. Problems: agreement-missing. */
    preview: (input: ContractsPreviewInput, options?: CallOptions): Promise<ContractsPreviewReply> =>
      call({ id: 'contracts.preview', method: 'GET', path: '/api/v1/contracts/{id}/preview' }, input, options),
    /** A wording as a file, filled with a lease that is nobody's; nothing is kept. Permission: lease:read. Problems: contract-template-invalid, input-invalid. */
    previewTemplate: (input: ContractsPreviewTemplateInput, options?: CallOptions): Promise<ContractsPreviewTemplateReply> =>
      call({ id: 'contracts.previewTemplate', method: 'POST', path: '/api/v1/contracts/templates/preview' }, input, options),
    /** Whether the stored contract is what was signed: seal, hash, certificate, evidence, signatures. Permission: lease:read. Problems: contract-missing, record-missing, record-gone. */
    prove: (input: ContractsProveInput, options?: CallOptions): Promise<ContractsProveReply> =>
      call({ id: 'contracts.prove', method: 'GET', path: '/api/v1/contracts/{id}/proof' }, input, options),
    /** The receipt of a payment, sealed. Permission: payment:read. Problems: receipt-missing. */
    receipt: (input: ContractsReceiptInput, options?: CallOptions): Promise<ContractsReceiptReply> =>
      call({ id: 'contracts.receipt', method: 'GET', path: '/api/v1/contracts/receipts/{id}' }, input, options),
    /** Wordings of contracts, every number of them. Permission: lease:read. */
    templates: (options?: CallOptions): Promise<ContractsTemplatesReply> =>
      call({ id: 'contracts.templates', method: 'GET', path: '/api/v1/contracts/templates' }, undefined, options),
    /** Write a new wording, in force for leases drafted from a day on. Permission: lease:write. Problems: contract-template-invalid, input-invalid, not-allowed. */
    writeTemplate: (input: ContractsWriteTemplateInput, options?: CallOptions): Promise<ContractsWriteTemplateReply> =>
      call({ id: 'contracts.writeTemplate', method: 'POST', path: '/api/v1/contracts/templates', creates: true }, input, options),
  },
  dials: {
    /** One photographed dial. Permission: telemetry:read. Problems: dial-check-missing. */
    get: (input: DialsGetInput, options?: CallOptions): Promise<DialsGetReply> =>
      call({ id: 'dials.get', method: 'GET', path: '/api/v1/dials/{id}' }, input, options),
    /** Keep the photo of a dial: its bytes as application/octet-stream, meter and digits in the query. Permission: dial:write. Problems: thing-missing, input-invalid, not-allowed, record-media-type-mismatch, record-too-large, record-unlabelled, dial-without-register, dial-time-wrong, dial-unreadable, dial-photo-unfit. */
    keep: (input: DialsKeepInput, options?: CallOptions): Promise<DialsKeepReply> =>
      call({ id: 'dials.keep', method: 'POST', path: '/api/v1/dials', creates: true }, input, options),
    /** Photographed dials beside the registers of their meters, newest first. Permission: telemetry:read. */
    list: (input: DialsListInput, options?: CallOptions): Promise<DialsListReply> =>
      call({ id: 'dials.list', method: 'GET', path: '/api/v1/dials' }, input, options),
    /** Say what is right: the register, the dial (the register is put right by it), or that the photo is unreadable. Permission: dial:review. Problems: dial-check-missing, dial-check-reviewed, dial-unreadable, dial-own-photo, dial-agrees, thing-missing, not-allowed. */
    review: (input: DialsReviewInput, options?: CallOptions): Promise<DialsReviewReply> =>
      call({ id: 'dials.review', method: 'POST', path: '/api/v1/dials/{id}/review' }, input, options),
  },
  doorKeys: {
    /** Close a front door to a household on a paper: it handed the house over, or a court ordered it. Permission: door-key:decide. Problems: place-missing, not-allowed, door-not-closable. */
    close: (input: DoorKeysCloseInput, options?: CallOptions): Promise<DoorKeysCloseReply> =>
      call({ id: 'doorKeys.close', method: 'PUT', path: '/api/v1/door-keys/ladder/{household}/door' }, input, options),
    /** Let one key rest, lost or lent. Permission: door-key:write. Problems: door-key-missing, door-key-ended, door-key-last. */
    freeze: (input: DoorKeysFreezeInput, options?: CallOptions): Promise<DoorKeysFreezeReply> =>
      call({ id: 'doorKeys.freeze', method: 'POST', path: '/api/v1/door-keys/{id}/freeze' }, input, options),
    /** One key with what each lock holds of it. Permission: door-key:read. Problems: door-key-missing. */
    get: (input: DoorKeysGetInput, options?: CallOptions): Promise<DoorKeysGetReply> =>
      call({ id: 'doorKeys.get', method: 'GET', path: '/api/v1/door-keys/{id}' }, input, options),
    /** Issue a key to somebody of an entitled household; a secret that is made comes back this once. Permission: door-key:write. Problems: place-missing, not-allowed, input-invalid, door-key-without-lease, door-key-consent-missing, door-keys-held. */
    issue: (input: DoorKeysIssueInput, options?: CallOptions): Promise<DoorKeysIssueReply> =>
      call({ id: 'doorKeys.issue', method: 'POST', path: '/api/v1/door-keys', creates: true }, input, options),
    /** How far the freeze ladder has got for a household, and what comes when. Permission: door-key:read. */
    ladder: (input: DoorKeysLadderInput, options?: CallOptions): Promise<DoorKeysLadderReply> =>
      call({ id: 'doorKeys.ladder', method: 'GET', path: '/api/v1/door-keys/ladder/{household}' }, input, options),
    /** Keys of a house or a household, newest first, with what each lock holds of them. Permission: door-key:read. Problems: input-invalid. */
    list: (input?: DoorKeysListInput, options?: CallOptions): Promise<DoorKeysListReply> =>
      call({ id: 'doorKeys.list', method: 'GET', path: '/api/v1/door-keys' }, input, options),
    /** Take the closing of a front door back. Permission: door-key:decide. Problems: party-missing, door-not-closable. */
    reopen: (input: DoorKeysReopenInput, options?: CallOptions): Promise<DoorKeysReopenReply> =>
      call({ id: 'doorKeys.reopen', method: 'DELETE', path: '/api/v1/door-keys/ladder/{household}/door' }, input, options),
    /** End a key for good, in every lock. Permission: door-key:write. Problems: door-key-missing, door-key-ended, door-key-last. */
    revoke: (input: DoorKeysRevokeInput, options?: CallOptions): Promise<DoorKeysRevokeReply> =>
      call({ id: 'doorKeys.revoke', method: 'POST', path: '/api/v1/door-keys/{id}/revocation' }, input, options),
    /** Let a frozen key open again. Permission: door-key:write. Problems: door-key-missing, door-key-ended, door-key-not-frozen. */
    unfreeze: (input: DoorKeysUnfreezeInput, options?: CallOptions): Promise<DoorKeysUnfreezeReply> =>
      call({ id: 'doorKeys.unfreeze', method: 'POST', path: '/api/v1/door-keys/{id}/unfreeze' }, input, options),
    /** What doors told: openings from outside and inside, refusals, newest first. Permission: door-key:read. Problems: place-missing. */
    uses: (input?: DoorKeysUsesInput, options?: CallOptions): Promise<DoorKeysUsesReply> =>
      call({ id: 'doorKeys.uses', method: 'GET', path: '/api/v1/door-keys/uses' }, input, options),
  },
  dunning: {
    /** Say how a call, a letter or a talk ended. Permission: dunning:write. Problems: dunning-notice-missing. */
    deliver: (input: DunningDeliverInput, options?: CallOptions): Promise<DunningDeliverReply> =>
      call({ id: 'dunning.deliver', method: 'POST', path: '/api/v1/dunning/{id}/delivery' }, input, options),
    /** The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted. Permission: dunning:read. */
    export: (input?: DunningExportInput, options?: CallOptions): Promise<DunningExportReply> =>
      call({ id: 'dunning.export', method: 'GET', path: '/api/v1/dunning/export' }, input, options),
    /** Reminders with their proof, the newest first. Permission: dunning:read. */
    list: (input: DunningListInput, options?: CallOptions): Promise<DunningListReply> =>
      call({ id: 'dunning.list', method: 'GET', path: '/api/v1/dunning' }, input, options),
    /** Hold reminders of a lease back until a day, for a reason. Permission: dunning:write. Problems: agreement-missing. */
    pause: (input: DunningPauseInput, options?: CallOptions): Promise<DunningPauseReply> =>
      call({ id: 'dunning.pause', method: 'POST', path: '/api/v1/dunning/pauses', creates: true }, input, options),
    /** What holds reminders of a lease back; with `all` also what did before. Permission: dunning:read. */
    pauses: (input: DunningPausesInput, options?: CallOptions): Promise<DunningPausesReply> =>
      call({ id: 'dunning.pauses', method: 'GET', path: '/api/v1/dunning/pauses' }, input, options),
    /** Let reminders go on. Permission: dunning:write. Problems: dunning-pause-missing. */
    resume: (input: DunningResumeInput, options?: CallOptions): Promise<DunningResumeReply> =>
      call({ id: 'dunning.resume', method: 'DELETE', path: '/api/v1/dunning/pauses/{id}' }, input, options),
    /** Look at once for what is late, without waiting for the hour. Permission: dunning:write. Problems: not-allowed. */
    run: (options?: CallOptions): Promise<DunningRunReply> =>
      call({ id: 'dunning.run', method: 'POST', path: '/api/v1/dunning/runs' }, undefined, options),
  },
  eligibility: {
    /** Answer the appeal against a decision: it stands, or all of it is lifted. Permission: eligibility:decide. Problems: sanction-missing, sanction-step-refused, edit-conflict, reviewer-repeated. */
    answerSanction: (input: EligibilityAnswerSanctionInput, options?: CallOptions): Promise<EligibilityAnswerSanctionReply> =>
      call({ id: 'eligibility.answerSanction', method: 'POST', path: '/api/v1/eligibility/sanctions/{id}/answer' }, input, options),
    /** Take down the appeal of a household against a decision. Permission: eligibility:write. Problems: sanction-missing, sanction-step-refused, edit-conflict, appeal-late. */
    appealSanction: (input: EligibilityAppealSanctionInput, options?: CallOptions): Promise<EligibilityAppealSanctionReply> =>
      call({ id: 'eligibility.appealSanction', method: 'POST', path: '/api/v1/eligibility/sanctions/{id}/appeal' }, input, options),
    /** Take down an application at the desk: household, members with their data, file and a draft review at once. Permission: eligibility:write. Problems: input-invalid, place-missing, not-allowed, purpose-missing, consent-missing, personal-field-invalid, resident-id-taken. */
    applyFor: (input: EligibilityApplyForInput, options?: CallOptions): Promise<EligibilityApplyForReply> =>
      call({ id: 'eligibility.applyFor', method: 'POST', path: '/api/v1/eligibility/applications', creates: true }, input, options),
    /** How many reviews stand where, and how many are late. Permission: eligibility:read. */
    board: (options?: CallOptions): Promise<EligibilityBoardReply> =>
      call({ id: 'eligibility.board', method: 'GET', path: '/api/v1/eligibility/board' }, undefined, options),
    /** The course of reviews: kinds, states in their order, and which steps decide or need words. Permission: eligibility:read. */
    course: (options?: CallOptions): Promise<EligibilityCourseReply> =>
      call({ id: 'eligibility.course', method: 'GET', path: '/api/v1/eligibility/course' }, undefined, options),
    /** One review: history, checks and what can be done next. Permission: eligibility:read. Problems: review-missing. */
    get: (input: EligibilityGetInput, options?: CallOptions): Promise<EligibilityGetReply> =>
      call({ id: 'eligibility.get', method: 'GET', path: '/api/v1/eligibility/reviews/{id}' }, input, options),
    /** Decide after the hearing of a violation case: barred from applying for the years of the policy, and fined up to its limit. Permission: eligibility:decide. Problems: case-missing, hearing-first, fine-too-high, sanction-step-refused, household-missing, party-missing, party-at-rest, input-invalid. */
    impose: (input: EligibilityImposeInput, options?: CallOptions): Promise<EligibilityImposeReply> =>
      call({ id: 'eligibility.impose', method: 'POST', path: '/api/v1/eligibility/households/{id}/sanctions', creates: true }, input, options),
    /** Applications and reviews, newest first; with `overdue` those that are late. Permission: eligibility:read. Problems: input-invalid. */
    list: (input: EligibilityListInput, options?: CallOptions): Promise<EligibilityListReply> =>
      call({ id: 'eligibility.list', method: 'GET', path: '/api/v1/eligibility/reviews' }, input, options),
    /** Open an application or a review of a household. Permission: eligibility:write. Problems: party-missing, party-at-rest, household-missing, review-open, household-barred. */
    open: (input: EligibilityOpenInput, options?: CallOptions): Promise<EligibilityOpenReply> =>
      call({ id: 'eligibility.open', method: 'POST', path: '/api/v1/eligibility/reviews', creates: true }, input, options),
    /** Open the yearly review of every lease whose next one is due before a day, by the interval of its place. Permission: eligibility:write. */
    openYearly: (input: EligibilityOpenYearlyInput, options?: CallOptions): Promise<EligibilityOpenYearlyReply> =>
      call({ id: 'eligibility.openYearly', method: 'POST', path: '/api/v1/eligibility/yearly-reviews' }, input, options),
    /** What was decided about a household that cheated or misused its home, the last first. Permission: eligibility:read. */
    sanctions: (input: EligibilitySanctionsInput, options?: CallOptions): Promise<EligibilitySanctionsReply> =>
      call({ id: 'eligibility.sanctions', method: 'GET', path: '/api/v1/eligibility/households/{id}/sanctions' }, input, options),
    /** Set where an authority answers, and the secret both sign with. Permission: eligibility:configure. Problems: not-allowed. */
    setSource: (input: EligibilitySetSourceInput, options?: CallOptions): Promise<EligibilitySetSourceReply> =>
      call({ id: 'eligibility.setSource', method: 'PUT', path: '/api/v1/eligibility/sources/{kind}' }, input, options),
    /** Authorities that are asked, and where. Permission: eligibility:configure. */
    sources: (options?: CallOptions): Promise<EligibilitySourcesReply> =>
      call({ id: 'eligibility.sources', method: 'GET', path: '/api/v1/eligibility/sources' }, undefined, options),
    /** What a household is entitled to now. Permission: eligibility:read. */
    standing: (input: EligibilityStandingInput, options?: CallOptions): Promise<EligibilityStandingReply> =>
      call({ id: 'eligibility.standing', method: 'GET', path: '/api/v1/eligibility/households/{id}/standing' }, input, options),
    /** Take a step; deciding ones ask for the right to decide. Permission: eligibility:write. Problems: review-missing, review-step-refused, edit-conflict, eligibility-checks-open, eligibility-not-met, reviewer-repeated, appeal-late, household-barred, input-invalid, not-allowed. */
    step: (input: EligibilityStepInput, options?: CallOptions): Promise<EligibilityStepReply> =>
      call({ id: 'eligibility.step', method: 'POST', path: '/api/v1/eligibility/reviews/{id}/steps' }, input, options),
    /** The same step for many reviews; with `dry` what would become of each, and nothing is kept. Permission: eligibility:write. Problems: not-allowed. */
    stepMany: (input: EligibilityStepManyInput, options?: CallOptions): Promise<EligibilityStepManyReply> =>
      call({ id: 'eligibility.stepMany', method: 'POST', path: '/api/v1/eligibility/reviews/steps' }, input, options),
    /** Answer for it that an authority is silent or contradicts. Permission: eligibility:decide. Problems: review-missing, inquiry-missing. */
    waiveCheck: (input: EligibilityWaiveCheckInput, options?: CallOptions): Promise<EligibilityWaiveCheckReply> =>
      call({ id: 'eligibility.waiveCheck', method: 'POST', path: '/api/v1/eligibility/reviews/{id}/checks/{check}/waiver' }, input, options),
    /** What opening the yearly reviews before a day would open: how many, and the first of them. Permission: eligibility:read. */
    yearlyAhead: (input: EligibilityYearlyAheadInput, options?: CallOptions): Promise<EligibilityYearlyAheadReply> =>
      call({ id: 'eligibility.yearlyAhead', method: 'GET', path: '/api/v1/eligibility/yearly-reviews' }, input, options),
  },
  exits: {
    /** Accept an exit: the home is being left. Permission: exit:write. Problems: exit-missing, exit-step-refused, edit-conflict, house-step-refused. */
    accept: (input: ExitsAcceptInput, options?: CallOptions): Promise<ExitsAcceptReply> =>
      call({ id: 'exits.accept', method: 'POST', path: '/api/v1/exits/{id}/acceptance' }, input, options),
    /** End an exit that is not to come: the household stays. Permission: exit:write. Problems: exit-missing, exit-step-refused, edit-conflict, house-step-refused, ledger-period-closed. */
    cancel: (input: ExitsCancelInput, options?: CallOptions): Promise<ExitsCancelReply> =>
      call({ id: 'exits.cancel', method: 'POST', path: '/api/v1/exits/{id}/cancellation' }, input, options),
    /** How many exits stand at which step, by kind, and how many of them are late. Permission: exit:read. */
    counts: (options?: CallOptions): Promise<ExitsCountsReply> =>
      call({ id: 'exits.counts', method: 'GET', path: '/api/v1/exits/counts' }, undefined, options),
    /** The last account as an A4 paper. Permission: exit:read. Problems: exit-missing, exit-step-refused. */
    form: (input: ExitsFormInput, options?: CallOptions): Promise<ExitsFormReply> =>
      call({ id: 'exits.form', method: 'GET', path: '/api/v1/exits/{id}/form' }, input, options),
    /** One exit with its days, inspection and settlement. Permission: exit:read. Problems: exit-missing. */
    get: (input: ExitsGetInput, options?: CallOptions): Promise<ExitsGetReply> =>
      call({ id: 'exits.get', method: 'GET', path: '/api/v1/exits/{id}' }, input, options),
    /** Take the home back; the result is reported upward. Permission: exit:write. Problems: exit-missing, exit-step-refused, edit-conflict, house-step-refused. */
    handOver: (input: ExitsHandOverInput, options?: CallOptions): Promise<ExitsHandOverReply> =>
      call({ id: 'exits.handOver', method: 'POST', path: '/api/v1/exits/{id}/handover' }, input, options),
    /** Write down what was found: meters, damages, photos. Permission: exit:write. Problems: exit-missing, exit-step-refused, edit-conflict, house-step-refused, input-invalid. */
    inspect: (input: ExitsInspectInput, options?: CallOptions): Promise<ExitsInspectReply> =>
      call({ id: 'exits.inspect', method: 'POST', path: '/api/v1/exits/{id}/inspection' }, input, options),
    /** Exits, newest first; with `on` those who are to be out that day. Permission: exit:read. */
    list: (input: ExitsListInput, options?: CallOptions): Promise<ExitsListReply> =>
      call({ id: 'exits.list', method: 'GET', path: '/api/v1/exits' }, input, options),
    /** What the meters of the home told by themselves, up to the last day. Permission: exit:read. Problems: exit-missing. */
    meters: (input: ExitsMetersInput, options?: CallOptions): Promise<ExitsMetersReply> =>
      call({ id: 'exits.meters', method: 'GET', path: '/api/v1/exits/{id}/meters' }, input, options),
    /** Begin the exit of a household from its home. Permission: exit:write. Problems: agreement-missing, exit-not-possible, exit-arrears-short, exit-idle-short, input-invalid. */
    open: (input: ExitsOpenInput, options?: CallOptions): Promise<ExitsOpenReply> =>
      call({ id: 'exits.open', method: 'POST', path: '/api/v1/exits', creates: true }, input, options),
    /** A photo of what the inspection found: its bytes as application/octet-stream. Permission: exit:write. Problems: exit-missing, record-media-type-mismatch, record-too-large, input-invalid. */
    putPhoto: (input: ExitsPutPhotoInput, options?: CallOptions): Promise<ExitsPutPhotoReply> =>
      call({ id: 'exits.putPhoto', method: 'POST', path: '/api/v1/exits/{id}/photos', creates: true }, input, options),
    /** Set where results of exits are reported to. Permission: exit:configure. Problems: not-allowed, input-invalid. */
    setSupervision: (input: ExitsSetSupervisionInput, options?: CallOptions): Promise<ExitsSetSupervisionReply> =>
      call({ id: 'exits.setSupervision', method: 'PUT', path: '/api/v1/exits/supervision' }, input, options),
    /** Settle rent, meters, damages and deposit; the lease ends. Permission: exit:write. Problems: exit-missing, exit-step-refused, edit-conflict, house-step-refused, agreement-fixed, agreement-step-refused, ledger-period-closed, exit-market-rent-missing. */
    settle: (input: ExitsSettleInput, options?: CallOptions): Promise<ExitsSettleReply> =>
      call({ id: 'exits.settle', method: 'POST', path: '/api/v1/exits/{id}/settlement' }, input, options),
    /** Where results of exits are reported to. Permission: exit:configure. */
    supervision: (options?: CallOptions): Promise<ExitsSupervisionReply> =>
      call({ id: 'exits.supervision', method: 'GET', path: '/api/v1/exits/supervision' }, undefined, options),
  },
  fees: {
    /** Add a kind of fee of one’s own. Permission: fee:write. Problems: fee-subject-taken, not-allowed. */
    addSubject: (input: FeesAddSubjectInput, options?: CallOptions): Promise<FeesAddSubjectReply> =>
      call({ id: 'fees.addSubject', method: 'POST', path: '/api/v1/fees/subjects', creates: true }, input, options),
    /** Set prices of a metered fee from a day on. Permission: fee:write. Problems: fee-subject-missing, tariff-taken, input-invalid, not-allowed. */
    addTariff: (input: FeesAddTariffInput, options?: CallOptions): Promise<FeesAddTariffReply> =>
      call({ id: 'fees.addTariff', method: 'POST', path: '/api/v1/fees/tariffs', creates: true }, input, options),
    /** Change names or order of a kind of fee, or retire it. Permission: fee:write. Problems: fee-subject-missing, edit-conflict, not-allowed. */
    changeSubject: (input: FeesChangeSubjectInput, options?: CallOptions): Promise<FeesChangeSubjectReply> =>
      call({ id: 'fees.changeSubject', method: 'PATCH', path: '/api/v1/fees/subjects/{code}' }, input, options),
    /** Due day, days of grace, and what the policy says of late fees. Permission: bill:read. */
    rules: (options?: CallOptions): Promise<FeesRulesReply> =>
      call({ id: 'fees.rules', method: 'GET', path: '/api/v1/fees/rules' }, undefined, options),
    /** Set due day and days of grace. Permission: fee:write. Problems: edit-conflict, not-allowed. */
    setRules: (input: FeesSetRulesInput, options?: CallOptions): Promise<FeesSetRulesReply> =>
      call({ id: 'fees.setRules', method: 'PUT', path: '/api/v1/fees/rules' }, input, options),
    /** Kinds of fees. Permission: bill:read. */
    subjects: (options?: CallOptions): Promise<FeesSubjectsReply> =>
      call({ id: 'fees.subjects', method: 'GET', path: '/api/v1/fees/subjects' }, undefined, options),
    /** Prices of metered fees, the newest first. Permission: bill:read. */
    tariffs: (options?: CallOptions): Promise<FeesTariffsReply> =>
      call({ id: 'fees.tariffs', method: 'GET', path: '/api/v1/fees/tariffs' }, undefined, options),
  },
  field: {
    /** What was said of a case out in the field, when and where, and whether the chains of the phones hold. Permission: case:read. Problems: case-missing. */
    ofCase: (input: FieldOfCaseInput, options?: CallOptions): Promise<FieldOfCaseReply> =>
      call({ id: 'field.ofCase', method: 'GET', path: '/api/v1/field/cases/{id}/entries' }, input, options),
    /** Send a photo of one of my tasks, known by the hash of its bytes; again changes nothing. Permission: case:handle. Problems: case-missing, field-photo-broken, field-task-elsewhere, record-media-type-mismatch, record-too-large, input-invalid. */
    putPhoto: (input: FieldPutPhotoInput, options?: CallOptions): Promise<FieldPutPhotoReply> =>
      call({ id: 'field.putPhoto', method: 'PUT', path: '/api/v1/field/photos/{sha256}' }, input, options),
    /** Register my phone with the key its entries are signed with; again changes nothing. Permission: case:handle. Problems: field-device-taken, field-devices-full, input-invalid. */
    registerDevice: (input: FieldRegisterDeviceInput, options?: CallOptions): Promise<FieldRegisterDeviceReply> =>
      call({ id: 'field.registerDevice', method: 'PUT', path: '/api/v1/field/devices/{id}' }, input, options),
    /** Send what was said on my phone, in order; what was taken before is answered as it was then. Permission: case:handle. Problems: field-device-missing, field-chain-broken, field-signature-wrong, field-photo-awaited, input-invalid. */
    takeEntries: (input: FieldTakeEntriesInput, options?: CallOptions): Promise<FieldTakeEntriesReply> =>
      call({ id: 'field.takeEntries', method: 'POST', path: '/api/v1/field/devices/{id}/entries' }, input, options),
    /** What I have to do out there today, in the order of the way, with all it takes to do it offline. Permission: case:handle. */
    tasks: (options?: CallOptions): Promise<FieldTasksReply> =>
      call({ id: 'field.tasks', method: 'GET', path: '/api/v1/field/tasks' }, undefined, options),
  },
  firmware: {
    /** Put a package in: its bytes as application/octet-stream; refused unless a trusted key has signed it. Permission: firmware:manage. Problems: firmware-signature-wrong, firmware-package-taken, input-invalid, not-allowed. */
    addPackage: (input: FirmwareAddPackageInput, options?: CallOptions): Promise<FirmwareAddPackageReply> =>
      call({ id: 'firmware.addPackage', method: 'POST', path: '/api/v1/firmware/packages', creates: true }, input, options),
    /** Agree as the second person. Permission: firmware:approve. Problems: firmware-campaign-missing, firmware-campaign-step-refused, command-own-approval. */
    approve: (input: FirmwareApproveInput, options?: CallOptions): Promise<FirmwareApproveReply> =>
      call({ id: 'firmware.approve', method: 'POST', path: '/api/v1/firmware/campaigns/{id}/approval' }, input, options),
    /** Begin a campaign; where lives or machines are concerned it waits for a second person. Permission: firmware:manage. Problems: thing-missing, firmware-package-missing, firmware-package-unfit, firmware-audience-empty, firmware-audience-too-large, firmware-plan-invalid, firmware-audience-changed, firmware-reason-missing, not-allowed. */
    begin: (input: FirmwareBeginInput, options?: CallOptions): Promise<FirmwareBeginReply> =>
      call({ id: 'firmware.begin', method: 'POST', path: '/api/v1/firmware/campaigns', creates: true }, input, options),
    /** One campaign: its plan, its waves, and what failed by reason. Permission: firmware:read. Problems: firmware-campaign-missing. */
    campaign: (input: FirmwareCampaignInput, options?: CallOptions): Promise<FirmwareCampaignReply> =>
      call({ id: 'firmware.campaign', method: 'GET', path: '/api/v1/firmware/campaigns/{id}' }, input, options),
    /** Campaigns and how far they are, the newest first. Permission: firmware:read. */
    campaigns: (input: FirmwareCampaignsInput, options?: CallOptions): Promise<FirmwareCampaignsReply> =>
      call({ id: 'firmware.campaigns', method: 'GET', path: '/api/v1/firmware/campaigns' }, input, options),
    /** End a campaign; devices that wait are let go. Permission: firmware:manage. Problems: firmware-campaign-missing, firmware-campaign-step-refused. */
    cancel: (input: FirmwareCancelInput, options?: CallOptions): Promise<FirmwareCancelReply> =>
      call({ id: 'firmware.cancel', method: 'POST', path: '/api/v1/firmware/campaigns/{id}/cancellation' }, input, options),
    /** Trust it no longer; campaigns of its packages are held. Permission: firmware:trust. Problems: firmware-signer-missing, not-allowed. */
    distrust: (input: FirmwareDistrustInput, options?: CallOptions): Promise<FirmwareDistrustReply> =>
      call({ id: 'firmware.distrust', method: 'DELETE', path: '/api/v1/firmware/signers/{id}' }, input, options),
    /** Devices of a campaign as a file. Permission: firmware:read. Problems: firmware-campaign-missing. */
    export: (input: FirmwareExportInput, options?: CallOptions): Promise<FirmwareExportReply> =>
      call({ id: 'firmware.export', method: 'GET', path: '/api/v1/firmware/campaigns/{id}/export' }, input, options),
    /** Packages, the newest first. Permission: firmware:read. */
    packages: (options?: CallOptions): Promise<FirmwarePackagesReply> =>
      call({ id: 'firmware.packages', method: 'GET', path: '/api/v1/firmware/packages' }, undefined, options),
    /** Offer to nobody new; what is on its way comes to its end. Permission: firmware:manage. Problems: firmware-campaign-missing, firmware-campaign-step-refused. */
    pause: (input: FirmwarePauseInput, options?: CallOptions): Promise<FirmwarePauseReply> =>
      call({ id: 'firmware.pause', method: 'POST', path: '/api/v1/firmware/campaigns/{id}/pause' }, input, options),
    /** What a campaign would do: devices, waves, who is left out and why, who must agree; nothing is written. Permission: firmware:manage. Problems: thing-missing, firmware-package-missing, firmware-package-unfit, firmware-audience-empty, firmware-audience-too-large, firmware-plan-invalid. */
    preview: (input: FirmwarePreviewInput, options?: CallOptions): Promise<FirmwarePreviewReply> =>
      call({ id: 'firmware.preview', method: 'POST', path: '/api/v1/firmware/campaigns/preview' }, input, options),
    /** Refuse as the second person. Permission: firmware:approve. Problems: firmware-campaign-missing, firmware-campaign-step-refused, command-own-approval. */
    refuse: (input: FirmwareRefuseInput, options?: CallOptions): Promise<FirmwareRefuseReply> =>
      call({ id: 'firmware.refuse', method: 'POST', path: '/api/v1/firmware/campaigns/{id}/refusal' }, input, options),
    /** Let a held campaign go on; failures so far count no more, or are tried again. Permission: firmware:manage. Problems: firmware-campaign-missing, firmware-campaign-step-refused, firmware-package-missing, firmware-package-unfit. */
    resume: (input: FirmwareResumeInput, options?: CallOptions): Promise<FirmwareResumeReply> =>
      call({ id: 'firmware.resume', method: 'POST', path: '/api/v1/firmware/campaigns/{id}/resumption' }, input, options),
    /** Bring the devices a campaign has updated to another package; the campaign ends. Permission: firmware:manage. Problems: thing-missing, firmware-package-missing, firmware-package-unfit, firmware-audience-empty, firmware-audience-too-large, firmware-plan-invalid, firmware-audience-changed, firmware-reason-missing, not-allowed, firmware-campaign-missing, firmware-campaign-step-refused. */
    rollBack: (input: FirmwareRollBackInput, options?: CallOptions): Promise<FirmwareRollBackReply> =>
      call({ id: 'firmware.rollBack', method: 'POST', path: '/api/v1/firmware/campaigns/{id}/rollback', creates: true }, input, options),
    /** Keys whose signatures make a package one that may be offered. Permission: firmware:read. */
    signers: (options?: CallOptions): Promise<FirmwareSignersReply> =>
      call({ id: 'firmware.signers', method: 'GET', path: '/api/v1/firmware/signers' }, undefined, options),
    /** Devices of a campaign in the order of their waves. Permission: firmware:read. Problems: firmware-campaign-missing. */
    targets: (input: FirmwareTargetsInput, options?: CallOptions): Promise<FirmwareTargetsReply> =>
      call({ id: 'firmware.targets', method: 'GET', path: '/api/v1/firmware/campaigns/{id}/devices' }, input, options),
    /** What one device runs, and the updates that were tried with it. Permission: firmware:read. */
    thing: (input: FirmwareThingInput, options?: CallOptions): Promise<FirmwareThingReply> =>
      call({ id: 'firmware.thing', method: 'GET', path: '/api/v1/firmware/things/{id}' }, input, options),
    /** Trust a key from now on: Ed25519 as PEM, or SM2 as its uncompressed point in hexadecimal. Permission: firmware:trust. Problems: firmware-signer-invalid, firmware-signer-taken, not-allowed. */
    trust: (input: FirmwareTrustInput, options?: CallOptions): Promise<FirmwareTrustReply> =>
      call({ id: 'firmware.trust', method: 'POST', path: '/api/v1/firmware/signers', creates: true }, input, options),
    /** How many devices of which model run which version. Permission: firmware:read. */
    versions: (input?: FirmwareVersionsInput, options?: CallOptions): Promise<FirmwareVersionsReply> =>
      call({ id: 'firmware.versions', method: 'GET', path: '/api/v1/firmware/versions' }, input, options),
    /** Offer a package no more. Permission: firmware:manage. Problems: firmware-package-missing, firmware-package-in-use, not-allowed. */
    withdraw: (input: FirmwareWithdrawInput, options?: CallOptions): Promise<FirmwareWithdrawReply> =>
      call({ id: 'firmware.withdraw', method: 'DELETE', path: '/api/v1/firmware/packages/{id}' }, input, options),
  },
  fleet: {
    /** A configuration of an agent, the newest unless a version is named. Permission: fleet:read. Problems: thing-missing, agent-missing, agent-configuration-missing. */
    configuration: (input: FleetConfigurationInput, options?: CallOptions): Promise<FleetConfigurationReply> =>
      call({ id: 'fleet.configuration', method: 'GET', path: '/api/v1/fleet/{id}/configuration' }, input, options),
    /** Give an agent its next configuration; it takes it whole or not at all. Permission: fleet:manage. Problems: thing-missing, agent-missing, agent-configuration-invalid, edit-conflict, not-allowed. */
    configure: (input: FleetConfigureInput, options?: CallOptions): Promise<FleetConfigureReply> =>
      call({ id: 'fleet.configure', method: 'PUT', path: '/api/v1/fleet/{id}/configuration' }, input, options),
    /** Ports and certificate a new agent is told with its token. Permission: fleet:manage. */
    doors: (options?: CallOptions): Promise<FleetDoorsReply> =>
      call({ id: 'fleet.doors', method: 'GET', path: '/api/v1/fleet/doors' }, undefined, options),
    /** What of an agent’s records between two times is missing, or that nothing is. Permission: fleet:read. Problems: thing-missing, agent-missing, input-invalid. */
    gaps: (input: FleetGapsInput, options?: CallOptions): Promise<FleetGapsReply> =>
      call({ id: 'fleet.gaps', method: 'GET', path: '/api/v1/fleet/{id}/gaps' }, input, options),
    /** One edge agent. Permission: fleet:read. Problems: thing-missing, agent-missing. */
    get: (input: FleetGetInput, options?: CallOptions): Promise<FleetGetReply> =>
      call({ id: 'fleet.get', method: 'GET', path: '/api/v1/fleet/{id}' }, input, options),
    /** Make a token one new agent may join with; it is in this answer and nowhere else. Permission: fleet:manage. Problems: place-missing, not-allowed. */
    invite: (input: FleetInviteInput, options?: CallOptions): Promise<FleetInviteReply> =>
      call({ id: 'fleet.invite', method: 'POST', path: '/api/v1/fleet/join-tokens', creates: true }, input, options),
    /** Become an edge agent: a join token for an access token, once. Permission: open. Problems: join-token-unknown. */
    join: (input: FleetJoinInput, options?: CallOptions): Promise<FleetJoinReply> =>
      call({ id: 'fleet.join', method: 'POST', path: '/api/v1/fleet/join', creates: true }, input, options),
    /** Invitations for new agents and what became of them. Permission: fleet:manage. */
    joinTokens: (options?: CallOptions): Promise<FleetJoinTokensReply> =>
      call({ id: 'fleet.joinTokens', method: 'GET', path: '/api/v1/fleet/join-tokens' }, undefined, options),
    /** Edge agents with their load, backlog and how their configuration stands. Permission: fleet:read. */
    list: (input: FleetListInput, options?: CallOptions): Promise<FleetListReply> =>
      call({ id: 'fleet.list', method: 'GET', path: '/api/v1/fleet' }, input, options),
    /** Give an agent an older configuration again, as its newest version. Permission: fleet:manage. Problems: thing-missing, agent-missing, agent-configuration-missing. */
    rollBack: (input: FleetRollBackInput, options?: CallOptions): Promise<FleetRollBackReply> =>
      call({ id: 'fleet.rollBack', method: 'POST', path: '/api/v1/fleet/{id}/configuration/rollback' }, input, options),
    /** Take an unused invitation back. Permission: fleet:manage. Problems: join-token-missing. */
    uninvite: (input: FleetUninviteInput, options?: CallOptions): Promise<FleetUninviteReply> =>
      call({ id: 'fleet.uninvite', method: 'DELETE', path: '/api/v1/fleet/join-tokens/{id}' }, input, options),
    /** Configurations an agent was given, the newest first. Permission: fleet:read. Problems: thing-missing, agent-missing. */
    versions: (input: FleetVersionsInput, options?: CallOptions): Promise<FleetVersionsReply> =>
      call({ id: 'fleet.versions', method: 'GET', path: '/api/v1/fleet/{id}/configuration/versions' }, input, options),
  },
  households: {
    /** One change and what it asks for, masked. Permission: household:read. Problems: household-change-missing. */
    change: (input: HouseholdsChangeInput, options?: CallOptions): Promise<HouseholdsChangeReply> =>
      call({ id: 'households.change', method: 'GET', path: '/api/v1/households/changes/{id}' }, input, options),
    /** Changes households told of, newest first. Permission: household:read. Problems: input-invalid. */
    changes: (input: HouseholdsChangesInput, options?: CallOptions): Promise<HouseholdsChangesReply> =>
      call({ id: 'households.changes', method: 'GET', path: '/api/v1/households/changes' }, input, options),
    /** Approve or refuse a change; only then the data change. Permission: household:decide. Problems: household-change-missing, household-change-decided, own-household-change, edit-conflict, personal-field-invalid. */
    decideChange: (input: HouseholdsDecideChangeInput, options?: CallOptions): Promise<HouseholdsDecideChangeReply> =>
      call({ id: 'households.decideChange', method: 'POST', path: '/api/v1/households/changes/{id}/decision' }, input, options),
    /** End a mark. Permission: care:write. Problems: mark-missing. */
    endMark: (input: HouseholdsEndMarkInput, options?: CallOptions): Promise<HouseholdsEndMarkReply> =>
      call({ id: 'households.endMark', method: 'DELETE', path: '/api/v1/households/marks/{id}' }, input, options),
    /** The whole file: members, data, papers, leases, bills, requests. Permission: household:read. Problems: household-missing. */
    get: (input: HouseholdsGetInput, options?: CallOptions): Promise<HouseholdsGetReply> =>
      call({ id: 'households.get', method: 'GET', path: '/api/v1/households/{id}' }, input, options),
    /** Household files, newest first; personal values masked. Permission: household:read. Problems: input-invalid. */
    list: (input: HouseholdsListInput, options?: CallOptions): Promise<HouseholdsListReply> =>
      call({ id: 'households.list', method: 'GET', path: '/api/v1/households' }, input, options),
    /** Mark a member as very old, seriously ill or severely disabled. Permission: care:write. Problems: household-missing, member-missing, mark-standing. */
    mark: (input: HouseholdsMarkInput, options?: CallOptions): Promise<HouseholdsMarkReply> =>
      call({ id: 'households.mark', method: 'POST', path: '/api/v1/households/{id}/marks', creates: true }, input, options),
    /** Everybody marked as in need of care today. Permission: care:read. */
    marks: (options?: CallOptions): Promise<HouseholdsMarksReply> =>
      call({ id: 'households.marks', method: 'GET', path: '/api/v1/households/marks' }, undefined, options),
    /** Open the file of a household. Permission: household:write. Problems: party-missing, party-at-rest, household-missing. */
    open: (input: HouseholdsOpenInput, options?: CallOptions): Promise<HouseholdsOpenReply> =>
      call({ id: 'households.open', method: 'POST', path: '/api/v1/households', creates: true }, input, options),
    /** Show what a change asks for in plain, for a reason. Permission: party:reveal. Problems: household-change-missing, household-change-decided, proposal-decided. */
    revealChange: (input: HouseholdsRevealChangeInput, options?: CallOptions): Promise<HouseholdsRevealChangeReply> =>
      call({ id: 'households.revealChange', method: 'POST', path: '/api/v1/households/changes/{id}/reveals' }, input, options),
    /** Take down a change a household tells of at the desk. Permission: household:write. Problems: household-missing, member-missing, household-change-invalid, household-change-open, personal-field-invalid, party-at-rest. */
    submitChange: (input: HouseholdsSubmitChangeInput, options?: CallOptions): Promise<HouseholdsSubmitChangeReply> =>
      call({ id: 'households.submitChange', method: 'POST', path: '/api/v1/households/{id}/changes', creates: true }, input, options),
    /** Set the tags of a household. Permission: household:write. Problems: household-missing. */
    tag: (input: HouseholdsTagInput, options?: CallOptions): Promise<HouseholdsTagReply> =>
      call({ id: 'households.tag', method: 'PUT', path: '/api/v1/households/{id}/tags' }, input, options),
  },
  houses: {
    /** State and dossier as they stood at an instant. Permission: house:read. Problems: house-missing. */
    asOf: (input: HousesAsOfInput, options?: CallOptions): Promise<HousesAsOfReply> =>
      call({ id: 'houses.asOf', method: 'GET', path: '/api/v1/houses/{id}/as-of' }, input, options),
    /** Change entries of the dossier; each change is a version. Permission: house:write. Problems: house-missing, input-invalid, edit-conflict. */
    change: (input: HousesChangeInput, options?: CallOptions): Promise<HousesChangeReply> =>
      call({ id: 'houses.change', method: 'PATCH', path: '/api/v1/houses/{id}' }, input, options),
    /** How many houses stand in each state. Permission: house:read. */
    counts: (input?: HousesCountsInput, options?: CallOptions): Promise<HousesCountsReply> =>
      call({ id: 'houses.counts', method: 'GET', path: '/api/v1/houses/counts' }, input, options),
    /** Add a house: its place and its file. Permission: house:write. Problems: place-missing, input-invalid. */
    create: (input: HousesCreateInput, options?: CallOptions): Promise<HousesCreateReply> =>
      call({ id: 'houses.create', method: 'POST', path: '/api/v1/houses', creates: true }, input, options),
    /** Linked devices with present values, and their open alarms. Permission: house:read. Problems: house-missing. */
    devices: (input: HousesDevicesInput, options?: CallOptions): Promise<HousesDevicesReply> =>
      call({ id: 'houses.devices', method: 'GET', path: '/api/v1/houses/{id}/devices' }, input, options),
    /** Take out a file begun by mistake; the place stays. Permission: house:write. Problems: house-missing, house-step-refused, edit-conflict. */
    discard: (input: HousesDiscardInput, options?: CallOptions): Promise<HousesDiscardReply> =>
      call({ id: 'houses.discard', method: 'DELETE', path: '/api/v1/houses/{id}' }, input, options),
    /** All versions of a dossier, newest first. Permission: house:read. Problems: house-missing. */
    editions: (input: HousesEditionsInput, options?: CallOptions): Promise<HousesEditionsReply> =>
      call({ id: 'houses.editions', method: 'GET', path: '/api/v1/houses/{id}/editions' }, input, options),
    /** Houses as CSV that the import takes back, or as XLSX for people. Permission: house:read. */
    export: (input?: HousesExportInput, options?: CallOptions): Promise<HousesExportReply> =>
      call({ id: 'houses.export', method: 'GET', path: '/api/v1/houses/export' }, input, options),
    /** One house, one file: five groups with their completeness. Permission: house:read. Problems: house-missing. */
    get: (input: HousesGetInput, options?: CallOptions): Promise<HousesGetReply> =>
      call({ id: 'houses.get', method: 'GET', path: '/api/v1/houses/{id}' }, input, options),
    /** All states of a house with who, when and why. Permission: house:read. Problems: house-missing. */
    history: (input: HousesHistoryInput, options?: CallOptions): Promise<HousesHistoryReply> =>
      call({ id: 'houses.history', method: 'GET', path: '/api/v1/houses/{id}/history' }, input, options),
    /** Add and change many houses from CSV or XLSX; all or none, with an error sheet. Permission: house:import. Problems: archive-unreadable. */
    import: (input: HousesImportInput, options?: CallOptions): Promise<HousesImportReply> =>
      call({ id: 'houses.import', method: 'POST', path: '/api/v1/houses/import' }, input, options),
    /** Houses by state, place, text, zone, completeness and vacancy. Permission: house:read. */
    list: (input: HousesListInput, options?: CallOptions): Promise<HousesListReply> =>
      call({ id: 'houses.list', method: 'GET', path: '/api/v1/houses' }, input, options),
    /** Begin the file of a house that is in the tree already. Permission: house:write. Problems: place-missing, not-a-house, dossier-exists, input-invalid. */
    open: (input: HousesOpenInput, options?: CallOptions): Promise<HousesOpenReply> =>
      call({ id: 'houses.open', method: 'POST', path: '/api/v1/houses/{id}/dossier', creates: true }, input, options),
    /** Projects with where they are and how their houses stand. Permission: house:read. */
    projects: (options?: CallOptions): Promise<HousesProjectsReply> =>
      call({ id: 'houses.projects', method: 'GET', path: '/api/v1/houses/projects' }, undefined, options),
    /** States of the houses in a place, for the floor grid. Permission: house:read. Problems: place-missing. */
    states: (input: HousesStatesInput, options?: CallOptions): Promise<HousesStatesReply> =>
      call({ id: 'houses.states', method: 'GET', path: '/api/v1/houses/states/{id}' }, input, options),
    /** Take a house a step further: deliver, release, withdraw, repair, disable. Permission: house:write. Problems: house-missing, house-step-refused, house-step-unfounded, edit-conflict, not-allowed. */
    step: (input: HousesStepInput, options?: CallOptions): Promise<HousesStepReply> =>
      call({ id: 'houses.step', method: 'POST', path: '/api/v1/houses/{id}/steps' }, input, options),
    /** What happened at a house, newest first. Permission: house:read. Problems: house-missing. */
    timeline: (input: HousesTimelineInput, options?: CallOptions): Promise<HousesTimelineReply> =>
      call({ id: 'houses.timeline', method: 'GET', path: '/api/v1/houses/{id}/timeline' }, input, options),
    /** Take an import back: new houses go, changed files get their former version. Permission: house:import. Problems: stock-batch-missing, stock-batch-not-undoable, not-allowed. */
    undoImport: (input: HousesUndoImportInput, options?: CallOptions): Promise<HousesUndoImportReply> =>
      call({ id: 'houses.undoImport', method: 'POST', path: '/api/v1/houses/import/{id}/undo' }, input, options),
    /** House, household, lease, devices and readings in one answer. Permission: house:read. Problems: house-missing. */
    whole: (input: HousesWholeInput, options?: CallOptions): Promise<HousesWholeReply> =>
      call({ id: 'houses.whole', method: 'GET', path: '/api/v1/houses/{id}/whole' }, input, options),
  },
  journal: {
    /** Lines of the journal as CSV or XLSX; leaves a line itself. Permission: journal:read. */
    export: (input?: JournalExportInput, options?: CallOptions): Promise<JournalExportReply> =>
      call({ id: 'journal.export', method: 'GET', path: '/api/v1/journal/export' }, input, options),
    /** One line of the journal. Permission: journal:read. Problems: journal-line-missing. */
    get: (input: JournalGetInput, options?: CallOptions): Promise<JournalGetReply> =>
      call({ id: 'journal.get', method: 'GET', path: '/api/v1/journal/{id}' }, input, options),
    /** Set how long lines are kept; never under 180 days. Permission: system:write. Problems: journal-retention-too-short. */
    keepFor: (input: JournalKeepForInput, options?: CallOptions): Promise<JournalKeepForReply> =>
      call({ id: 'journal.keepFor', method: 'PUT', path: '/api/v1/journal/retention' }, input, options),
    /** Lines of the journal, newest first. Permission: journal:read. */
    list: (input: JournalListInput, options?: CallOptions): Promise<JournalListReply> =>
      call({ id: 'journal.list', method: 'GET', path: '/api/v1/journal' }, input, options),
    /** How long lines are kept. Permission: journal:read. */
    retention: (options?: CallOptions): Promise<JournalRetentionReply> =>
      call({ id: 'journal.retention', method: 'GET', path: '/api/v1/journal/retention' }, undefined, options),
    /** Progress and result of one run of the verifier. Permission: journal:verify. Problems: journal-verification-missing. */
    verification: (input: JournalVerificationInput, options?: CallOptions): Promise<JournalVerificationReply> =>
      call({ id: 'journal.verification', method: 'GET', path: '/api/v1/journal/verifications/{id}' }, input, options),
    /** The last runs of the verifier. Permission: journal:verify. */
    verifications: (options?: CallOptions): Promise<JournalVerificationsReply> =>
      call({ id: 'journal.verifications', method: 'GET', path: '/api/v1/journal/verifications' }, undefined, options),
    /** Verify the whole chain against the anchors outside the database; ask for its progress by id. Permission: journal:verify. */
    verify: (options?: CallOptions): Promise<JournalVerifyReply> =>
      call({ id: 'journal.verify', method: 'POST', path: '/api/v1/journal/verifications' }, undefined, options),
  },
  keys: {
    /** Make an API key for oneself; its text is in the answer, once. Permission: key:write. Problems: reach-too-wide, reach-place-unknown, right-not-held, permission-unknown, confirmation-needed. */
    create: (input: KeysCreateInput, options?: CallOptions): Promise<KeysCreateReply> =>
      call({ id: 'keys.create', method: 'POST', path: '/api/v1/identity/keys', creates: true }, input, options),
    /** API keys of the organisation. Permission: key:write. */
    list: (input: KeysListInput, options?: CallOptions): Promise<KeysListReply> =>
      call({ id: 'keys.list', method: 'GET', path: '/api/v1/identity/keys' }, input, options),
    /** Revoke an API key. Permission: key:write. Problems: api-key-missing. */
    revoke: (input: KeysRevokeInput, options?: CallOptions): Promise<KeysRevokeReply> =>
      call({ id: 'keys.revoke', method: 'DELETE', path: '/api/v1/identity/keys/{id}' }, input, options),
  },
  leases: {
    /** Change the wording of a draft, or amend a lease that runs, with a reason. Permission: lease:write. Problems: agreement-missing, agreement-fixed, agreement-overlaps, edit-conflict, input-invalid. */
    change: (input: LeasesChangeInput, options?: CallOptions): Promise<LeasesChangeReply> =>
      call({ id: 'leases.change', method: 'PATCH', path: '/api/v1/leases/{id}' }, input, options),
    /** Draft the first lease of a household for a house. Permission: lease:write. Problems: input-invalid, not-allowed, place-missing, lease-period-refused. */
    create: (input: LeasesCreateInput, options?: CallOptions): Promise<LeasesCreateReply> =>
      call({ id: 'leases.create', method: 'POST', path: '/api/v1/leases', creates: true }, input, options),
    /** Who changed what is paid, when, from what to what, on which ground. Permission: lease:read. Problems: agreement-missing. */
    feeChanges: (input: LeasesFeeChangesInput, options?: CallOptions): Promise<LeasesFeeChangesReply> =>
      call({ id: 'leases.feeChanges', method: 'GET', path: '/api/v1/leases/{id}/fee-changes' }, input, options),
    /** Note the filing of a signed lease with the authority. Permission: lease:write. Problems: agreement-missing, lease-filing-refused. */
    file: (input: LeasesFileInput, options?: CallOptions): Promise<LeasesFileReply> =>
      call({ id: 'leases.file', method: 'POST', path: '/api/v1/leases/{id}/filing' }, input, options),
    /** Renew a lease, or sign it anew for another tenant, house or wording. Permission: lease:write. Problems: agreement-missing, not-allowed, place-missing, lease-period-refused, lease-not-followable. */
    follow: (input: LeasesFollowInput, options?: CallOptions): Promise<LeasesFollowReply> =>
      call({ id: 'leases.follow', method: 'POST', path: '/api/v1/leases/{id}/next', creates: true }, input, options),
    /** One lease with its fees, filing and the steps it may take. Permission: lease:read. Problems: agreement-missing. */
    get: (input: LeasesGetInput, options?: CallOptions): Promise<LeasesGetReply> =>
      call({ id: 'leases.get', method: 'GET', path: '/api/v1/leases/{id}' }, input, options),
    /** Leases, the newest first. Permission: lease:read. */
    list: (input: LeasesListInput, options?: CallOptions): Promise<LeasesListReply> =>
      call({ id: 'leases.list', method: 'GET', path: '/api/v1/leases' }, input, options),
    /** Bind a fee to the lease, change it from a day on, or end it. Permission: lease:write. Problems: agreement-missing, agreement-fixed, fee-changes-later, input-invalid. */
    setFee: (input: LeasesSetFeeInput, options?: CallOptions): Promise<LeasesSetFeeReply> =>
      call({ id: 'leases.setFee', method: 'PUT', path: '/api/v1/leases/{id}/fees/{subject}' }, input, options),
    /** Record the signature of a party under the wording it saw. Permission: lease:sign. Problems: agreement-missing, agreement-step-refused, house-step-refused, agreement-text-changed. */
    sign: (input: LeasesSignInput, options?: CallOptions): Promise<LeasesSignReply> =>
      call({ id: 'leases.sign', method: 'POST', path: '/api/v1/leases/{id}/signatures' }, input, options),
    /** Signatures with their evidence, and whether they hold. Permission: lease:read. Problems: agreement-missing. */
    signatures: (input: LeasesSignaturesInput, options?: CallOptions): Promise<LeasesSignaturesReply> =>
      call({ id: 'leases.signatures', method: 'GET', path: '/api/v1/leases/{id}/signatures' }, input, options),
    /** Submit for signing, withdraw, end, void or archive a lease. Permission: lease:write. Problems: agreement-missing, agreement-step-refused, agreement-overlaps, agreement-fixed, house-step-refused, house-step-unfounded, input-invalid. */
    step: (input: LeasesStepInput, options?: CallOptions): Promise<LeasesStepReply> =>
      call({ id: 'leases.step', method: 'POST', path: '/api/v1/leases/{id}/steps' }, input, options),
    /** Every state and wording a lease ever had. Permission: lease:read. Problems: agreement-missing. */
    versions: (input: LeasesVersionsInput, options?: CallOptions): Promise<LeasesVersionsReply> =>
      call({ id: 'leases.versions', method: 'GET', path: '/api/v1/leases/{id}/versions' }, input, options),
  },
  ledger: {
    /** Close a month that is over: its vouchers stay as they are. Permission: ledger:close. Problems: ledger-period-closed, ledger-period-not-over, input-invalid, not-allowed. */
    close: (input: LedgerCloseInput, options?: CallOptions): Promise<LedgerCloseReply> =>
      call({ id: 'ledger.close', method: 'POST', path: '/api/v1/ledger/closings', creates: true }, input, options),
    /** Months that are closed. Permission: ledger:read. */
    closings: (options?: CallOptions): Promise<LedgerClosingsReply> =>
      call({ id: 'ledger.closings', method: 'GET', path: '/api/v1/ledger/closings' }, undefined, options),
    /** Whether a closed month still holds the vouchers it was closed with. Permission: ledger:read. Problems: not-allowed. */
    prove: (input: LedgerProveInput, options?: CallOptions): Promise<LedgerProveReply> =>
      call({ id: 'ledger.prove', method: 'GET', path: '/api/v1/ledger/closings/{period}/proof' }, input, options),
    /** What an agreement owes, has prepaid, and has as a deposit. Permission: ledger:read. */
    standing: (input: LedgerStandingInput, options?: CallOptions): Promise<LedgerStandingReply> =>
      call({ id: 'ledger.standing', method: 'GET', path: '/api/v1/ledger/agreements/{id}' }, input, options),
    /** Accounts with their sums, and what they come to together. Permission: ledger:read. */
    trialBalance: (input?: LedgerTrialBalanceInput, options?: CallOptions): Promise<LedgerTrialBalanceReply> =>
      call({ id: 'ledger.trialBalance', method: 'GET', path: '/api/v1/ledger/trial-balance' }, input, options),
    /** Vouchers by month, tenant, contract or bill, the newest first. Permission: ledger:read. */
    vouchers: (input: LedgerVouchersInput, options?: CallOptions): Promise<LedgerVouchersReply> =>
      call({ id: 'ledger.vouchers', method: 'GET', path: '/api/v1/ledger/vouchers' }, input, options),
  },
  linkages: {
    /** Write a rule that gives a command or runs a scene on an alarm or event. Permission: command:rule. Problems: thing-missing, autonomy-protected, service-unknown, command-input-invalid, command-level-too-low, not-allowed, command-secret-not-kept, scene-missing, model-missing, input-invalid. */
    create: (input: LinkagesCreateInput, options?: CallOptions): Promise<LinkagesCreateReply> =>
      call({ id: 'linkages.create', method: 'POST', path: '/api/v1/linkages', creates: true }, input, options),
    /** Rules that give commands. Permission: command:read. */
    list: (options?: CallOptions): Promise<LinkagesListReply> =>
      call({ id: 'linkages.list', method: 'GET', path: '/api/v1/linkages' }, undefined, options),
    /** Remove a rule that gives commands. Permission: command:rule. Problems: linkage-missing. */
    remove: (input: LinkagesRemoveInput, options?: CallOptions): Promise<LinkagesRemoveReply> =>
      call({ id: 'linkages.remove', method: 'DELETE', path: '/api/v1/linkages/{id}' }, input, options),
    /** What a rule would do if its trigger happened to a thing; nothing is sent or stored. Permission: command:rule. Problems: thing-missing, autonomy-protected, service-unknown, command-input-invalid, command-level-too-low, not-allowed, command-secret-not-kept, scene-missing, model-missing, input-invalid. */
    try: (input: LinkagesTryInput, options?: CallOptions): Promise<LinkagesTryReply> =>
      call({ id: 'linkages.try', method: 'POST', path: '/api/v1/linkages/trial' }, input, options),
    /** Change a rule that gives commands. Permission: command:rule. Problems: thing-missing, autonomy-protected, service-unknown, command-input-invalid, command-level-too-low, not-allowed, command-secret-not-kept, scene-missing, model-missing, input-invalid, linkage-missing, edit-conflict. */
    update: (input: LinkagesUpdateInput, options?: CallOptions): Promise<LinkagesUpdateReply> =>
      call({ id: 'linkages.update', method: 'PUT', path: '/api/v1/linkages/{id}' }, input, options),
  },
  links: {
    /** What an edge agent told of its lines in the last days: breaks, losses, switches, parameters. Permission: thing:read. Problems: thing-missing. */
    changes: (input: LinksChangesInput, options?: CallOptions): Promise<LinksChangesReply> =>
      call({ id: 'links.changes', method: 'GET', path: '/api/v1/links/{id}/changes' }, input, options),
    /** Online rate, loss, delay and signal strength of the past, each five minutes. Permission: thing:read. */
    history: (input?: LinksHistoryInput, options?: CallOptions): Promise<LinksHistoryReply> =>
      call({ id: 'links.history', method: 'GET', path: '/api/v1/links/history' }, input, options),
    /** Lines one by one, the worst first: weak, stale, lossy, damaged or silent ones. Permission: thing:read. */
    lines: (input?: LinksLinesInput, options?: CallOptions): Promise<LinksLinesReply> =>
      call({ id: 'links.lines', method: 'GET', path: '/api/v1/links/lines' }, input, options),
    /** How many things have a signal of which strength. Permission: thing:read. */
    signal: (input?: LinksSignalInput, options?: CallOptions): Promise<LinksSignalReply> =>
      call({ id: 'links.signal', method: 'GET', path: '/api/v1/links/signal' }, input, options),
    /** Count, online rate, delay, loss and signal strength by bearer, site or route. Permission: thing:read. */
    summary: (input?: LinksSummaryInput, options?: CallOptions): Promise<LinksSummaryReply> =>
      call({ id: 'links.summary', method: 'GET', path: '/api/v1/links/summary' }, input, options),
  },
  maintenance: {
    /** Maintenance records of a case or of a thing, each with whether it is as it was signed. Permission: case:read. */
    list: (input?: MaintenanceListInput, options?: CallOptions): Promise<MaintenanceListReply> =>
      call({ id: 'maintenance.list', method: 'GET', path: '/api/v1/maintenance-records' }, input, options),
    /** Record a maintenance: time, content, problems, actions and signature are all asked for. Permission: case:handle. Problems: case-missing, case-ended, case-full, record-missing, record-gone, input-invalid, not-allowed, maintenance-date-wrong, maintenance-signature-unfit. */
    write: (input: MaintenanceWriteInput, options?: CallOptions): Promise<MaintenanceWriteReply> =>
      call({ id: 'maintenance.write', method: 'POST', path: '/api/v1/maintenance-records', creates: true }, input, options),
  },
  measures: {
    /** A figure and its parts by the next level of places, or by projects or buildings; the parts add up. Permission: measure:read. Problems: measure-missing, place-missing, input-invalid. */
    children: (input: MeasuresChildrenInput, options?: CallOptions): Promise<MeasuresChildrenReply> =>
      call({ id: 'measures.children', method: 'GET', path: '/api/v1/measures/{measure}/children' }, input, options),
    /** A figure on a day for a place; as it was told then, when the day is over. Permission: measure:read. Problems: measure-missing, place-missing, input-invalid. */
    figure: (input: MeasuresFigureInput, options?: CallOptions): Promise<MeasuresFigureReply> =>
      call({ id: 'measures.figure', method: 'GET', path: '/api/v1/measures/{measure}/figure' }, input, options),
    /** Every figure on a day for a place; as told then, when the day is over and was kept. Permission: measure:read. Problems: place-missing, input-invalid. */
    figures: (input?: MeasuresFiguresInput, options?: CallOptions): Promise<MeasuresFiguresReply> =>
      call({ id: 'measures.figures', method: 'GET', path: '/api/v1/measures/figures' }, input, options),
    /** Every measure with its formula, unit, grain, owner and sources. Permission: measure:read. */
    list: (options?: CallOptions): Promise<MeasuresListReply> =>
      call({ id: 'measures.list', method: 'GET', path: '/api/v1/measures' }, undefined, options),
    /** The rows a figure counts. Permission: measure:read. Problems: measure-missing, place-missing, input-invalid. */
    rows: (input: MeasuresRowsInput, options?: CallOptions): Promise<MeasuresRowsReply> =>
      call({ id: 'measures.rows', method: 'GET', path: '/api/v1/measures/{measure}/rows' }, input, options),
    /** A figure at the ends of the months before, and a year before. Permission: measure:read. Problems: measure-missing, place-missing, input-invalid. */
    trend: (input: MeasuresTrendInput, options?: CallOptions): Promise<MeasuresTrendReply> =>
      call({ id: 'measures.trend', method: 'GET', path: '/api/v1/measures/{measure}/trend' }, input, options),
  },
  messages: {
    /** My messages, newest first. Permission: notify:read. Problems: input-invalid. */
    list: (input: MessagesListInput, options?: CallOptions): Promise<MessagesListReply> =>
      call({ id: 'messages.list', method: 'GET', path: '/api/v1/messages' }, input, options),
    /** Mark all my messages read. Permission: notify:read. */
    markAllRead: (options?: CallOptions): Promise<MessagesMarkAllReadReply> =>
      call({ id: 'messages.markAllRead', method: 'PUT', path: '/api/v1/messages/read' }, undefined, options),
    /** Mark one of my messages read. Permission: notify:read. Problems: notify-message-missing. */
    markRead: (input: MessagesMarkReadInput, options?: CallOptions): Promise<MessagesMarkReadReply> =>
      call({ id: 'messages.markRead', method: 'PUT', path: '/api/v1/messages/{id}/read' }, input, options),
    /** How many of my messages are unread. Permission: notify:read. */
    unreadCount: (options?: CallOptions): Promise<MessagesUnreadCountReply> =>
      call({ id: 'messages.unreadCount', method: 'GET', path: '/api/v1/messages/unread-count' }, undefined, options),
  },
  meters: {
    /** Note that a meter was exchanged: where the old one ended and the new one began. Permission: bill:write. Problems: place-missing, not-allowed, meter-exchange-known. */
    exchange: (input: MetersExchangeInput, options?: CallOptions): Promise<MetersExchangeReply> =>
      call({ id: 'meters.exchange', method: 'POST', path: '/api/v1/meters/exchanges', creates: true }, input, options),
    /** Months no figure could be found for: their bills wait. Permission: bill:read. */
    gaps: (input: MetersGapsInput, options?: CallOptions): Promise<MetersGapsReply> =>
      call({ id: 'meters.gaps', method: 'GET', path: '/api/v1/meters/gaps' }, input, options),
    /** Meter figures of months as they stand, with how each was found. Permission: bill:read. */
    usages: (input: MetersUsagesInput, options?: CallOptions): Promise<MetersUsagesReply> =>
      call({ id: 'meters.usages', method: 'GET', path: '/api/v1/meters/usages' }, input, options),
  },
  models: {
    /** What is measured before devices of each family go into service. Permission: model:read. */
    commissioning: (options?: CallOptions): Promise<ModelsCommissioningReply> =>
      call({ id: 'models.commissioning', method: 'GET', path: '/api/v1/models/commissioning' }, undefined, options),
    /** All versions of a thing model, the newest first. Permission: model:read. Problems: model-missing. */
    get: (input: ModelsGetInput, options?: CallOptions): Promise<ModelsGetReply> =>
      call({ id: 'models.get', method: 'GET', path: '/api/v1/models/{family}' }, input, options),
    /** The newest version of each thing model. Permission: model:read. */
    list: (options?: CallOptions): Promise<ModelsListReply> =>
      call({ id: 'models.list', method: 'GET', path: '/api/v1/models' }, undefined, options),
    /** Things whose names break their rule. Permission: thing:read. */
    namingBreaches: (options?: CallOptions): Promise<ModelsNamingBreachesReply> =>
      call({ id: 'models.namingBreaches', method: 'GET', path: '/api/v1/models/naming/breaches' }, undefined, options),
    /** How things of each family are to be named. Permission: model:read. */
    namingRules: (options?: CallOptions): Promise<ModelsNamingRulesReply> =>
      call({ id: 'models.namingRules', method: 'GET', path: '/api/v1/models/naming' }, undefined, options),
    /** Publish the next version of a thing model. Permission: model:write. Problems: input-invalid, model-family-reserved. */
    publish: (input: ModelsPublishInput, options?: CallOptions): Promise<ModelsPublishReply> =>
      call({ id: 'models.publish', method: 'POST', path: '/api/v1/models', creates: true }, input, options),
    /** Set what is measured before devices of a family go into service; an empty list takes it away. Permission: model:write. Problems: input-invalid, not-allowed. */
    setCommissioning: (input: ModelsSetCommissioningInput, options?: CallOptions): Promise<ModelsSetCommissioningReply> =>
      call({ id: 'models.setCommissioning', method: 'PUT', path: '/api/v1/models/commissioning/{family}' }, input, options),
    /** Set the naming rule of a family; an empty pattern takes it away. Permission: model:write. Problems: naming-rule-invalid, model-missing. */
    setNamingRule: (input: ModelsSetNamingRuleInput, options?: CallOptions): Promise<ModelsSetNamingRuleReply> =>
      call({ id: 'models.setNamingRule', method: 'PUT', path: '/api/v1/models/naming' }, input, options),
    /** Things counted by function, domain and specification, in the order asked for. Permission: thing:read. Problems: input-invalid. */
    types: (input: ModelsTypesInput, options?: CallOptions): Promise<ModelsTypesReply> =>
      call({ id: 'models.types', method: 'GET', path: '/api/v1/models/types' }, input, options),
  },
  moveIns: {
    /** Allocate a house to a household by hand. Permission: allocation:write. Problems: house-missing, house-step-refused, party-missing, party-at-rest, move-in-open. */
    begin: (input: MoveInsBeginInput, options?: CallOptions): Promise<MoveInsBeginReply> =>
      call({ id: 'moveIns.begin', method: 'POST', path: '/api/v1/move-ins', creates: true }, input, options),
    /** End a way into a house before check-in. Permission: allocation:write. Problems: move-in-missing, move-in-step-refused, agreement-step-refused, input-invalid. */
    cancel: (input: MoveInsCancelInput, options?: CallOptions): Promise<MoveInsCancelReply> =>
      call({ id: 'moveIns.cancel', method: 'POST', path: '/api/v1/move-ins/{id}/cancellation' }, input, options),
    /** Hand the house over: meters, furniture, photos. Permission: allocation:write. Problems: move-in-missing, move-in-step-refused, house-step-refused, house-step-unfounded, record-missing. */
    checkIn: (input: MoveInsCheckInInput, options?: CallOptions): Promise<MoveInsCheckInReply> =>
      call({ id: 'moveIns.checkIn', method: 'POST', path: '/api/v1/move-ins/{id}/check-in' }, input, options),
    /** Draft the lease out of what is known and send it out for signing. Permission: lease:write. Problems: move-in-missing, move-in-step-refused, lessor-missing, lease-period-refused, agreement-overlaps, house-step-refused, edit-conflict. */
    contract: (input: MoveInsContractInput, options?: CallOptions): Promise<MoveInsContractReply> =>
      call({ id: 'moveIns.contract', method: 'POST', path: '/api/v1/move-ins/{id}/contract' }, input, options),
    /** How many households stand at which step on their way in. Permission: allocation:read. */
    counts: (options?: CallOptions): Promise<MoveInsCountsReply> =>
      call({ id: 'moveIns.counts', method: 'GET', path: '/api/v1/move-ins/counts' }, undefined, options),
    /** The handover as an A4 form. Permission: allocation:read. Problems: move-in-missing, house-missing. */
    form: (input: MoveInsFormInput, options?: CallOptions): Promise<MoveInsFormReply> =>
      call({ id: 'moveIns.form', method: 'GET', path: '/api/v1/move-ins/{id}/form' }, input, options),
    /** One way into a house: allocation, lease and handover. Permission: allocation:read. Problems: move-in-missing. */
    get: (input: MoveInsGetInput, options?: CallOptions): Promise<MoveInsGetReply> =>
      call({ id: 'moveIns.get', method: 'GET', path: '/api/v1/move-ins/{id}' }, input, options),
    /** Who lets the houses of the organisation; null while nobody said so. Permission: allocation:read. */
    lessor: (options?: CallOptions): Promise<MoveInsLessorReply> =>
      call({ id: 'moveIns.lessor', method: 'GET', path: '/api/v1/move-ins/lessor' }, undefined, options),
    /** Households on their way into a house, newest first; with `on` those who come for their keys that day, in that order. Permission: allocation:read. */
    list: (input: MoveInsListInput, options?: CallOptions): Promise<MoveInsListReply> =>
      call({ id: 'moveIns.list', method: 'GET', path: '/api/v1/move-ins' }, input, options),
    /** A photo of the house as it is handed over: its bytes as application/octet-stream. Permission: allocation:write. Problems: move-in-missing, record-media-type-mismatch, record-too-large, input-invalid. */
    putPhoto: (input: MoveInsPutPhotoInput, options?: CallOptions): Promise<MoveInsPutPhotoReply> =>
      call({ id: 'moveIns.putPhoto', method: 'POST', path: '/api/v1/move-ins/{id}/photos', creates: true }, input, options),
    /** Set who lets the houses of the organisation. Permission: allocation:configure. Problems: party-missing, party-at-rest, not-allowed. */
    setLessor: (input: MoveInsSetLessorInput, options?: CallOptions): Promise<MoveInsSetLessorReply> =>
      call({ id: 'moveIns.setLessor', method: 'PUT', path: '/api/v1/move-ins/lessor' }, input, options),
  },
  notices: {
    /** Change a notice nobody was told yet. Permission: notice:write. Problems: notice-missing, notice-published, edit-conflict, not-allowed, place-missing. */
    change: (input: NoticesChangeInput, options?: CallOptions): Promise<NoticesChangeReply> =>
      call({ id: 'notices.change', method: 'PUT', path: '/api/v1/notices/{id}' }, input, options),
    /** What became of a notice for each tenant, with its proof. Permission: notice:read. Problems: notice-missing. */
    deliveries: (input: NoticesDeliveriesInput, options?: CallOptions): Promise<NoticesDeliveriesReply> =>
      call({ id: 'notices.deliveries', method: 'GET', path: '/api/v1/notices/{id}/deliveries' }, input, options),
    /** Write a notice; nobody is told yet. Permission: notice:write. Problems: not-allowed, place-missing. */
    draft: (input: NoticesDraftInput, options?: CallOptions): Promise<NoticesDraftReply> =>
      call({ id: 'notices.draft', method: 'POST', path: '/api/v1/notices', creates: true }, input, options),
    /** One notice. Permission: notice:read. Problems: notice-missing. */
    get: (input: NoticesGetInput, options?: CallOptions): Promise<NoticesGetReply> =>
      call({ id: 'notices.get', method: 'GET', path: '/api/v1/notices/{id}' }, input, options),
    /** Notices to tenants, the newest first. Permission: notice:read. */
    list: (input: NoticesListInput, options?: CallOptions): Promise<NoticesListReply> =>
      call({ id: 'notices.list', method: 'GET', path: '/api/v1/notices' }, input, options),
    /** How many tenants an audience has now, and some of them. Permission: notice:read. Problems: not-allowed, place-missing. */
    preview: (input: NoticesPreviewInput, options?: CallOptions): Promise<NoticesPreviewReply> =>
      call({ id: 'notices.preview', method: 'GET', path: '/api/v1/notices/audience' }, input, options),
    /** Tell the audience, each tenant once. Permission: notice:write. Problems: notice-missing, notice-published, notice-audience-empty. */
    publish: (input: NoticesPublishInput, options?: CallOptions): Promise<NoticesPublishReply> =>
      call({ id: 'notices.publish', method: 'POST', path: '/api/v1/notices/{id}/publication' }, input, options),
  },
  notifyChannels: {
    /** Add a channel. Permission: system:write. Problems: notify-channel-invalid, notify-channel-taken. */
    add: (input: NotifyChannelsAddInput, options?: CallOptions): Promise<NotifyChannelsAddReply> =>
      call({ id: 'notifyChannels.add', method: 'POST', path: '/api/v1/notify-channels', creates: true }, input, options),
    /** Replace the settings of a channel; a secret that is left out stays. Permission: system:write. Problems: notify-channel-missing, notify-channel-invalid, edit-conflict. */
    edit: (input: NotifyChannelsEditInput, options?: CallOptions): Promise<NotifyChannelsEditReply> =>
      call({ id: 'notifyChannels.edit', method: 'PUT', path: '/api/v1/notify-channels/{id}' }, input, options),
    /** Mail, text-message and webhook channels; secrets are never told. Permission: notify:write. */
    list: (options?: CallOptions): Promise<NotifyChannelsListReply> =>
      call({ id: 'notifyChannels.list', method: 'GET', path: '/api/v1/notify-channels' }, undefined, options),
    /** Remove a channel. Permission: system:write. Problems: notify-channel-missing. */
    remove: (input: NotifyChannelsRemoveInput, options?: CallOptions): Promise<NotifyChannelsRemoveReply> =>
      call({ id: 'notifyChannels.remove', method: 'DELETE', path: '/api/v1/notify-channels/{id}' }, input, options),
    /** Send one test text by a channel as it is saved, and say what stands in the way. Permission: system:write. Problems: notify-channel-missing, input-invalid. */
    try: (input: NotifyChannelsTryInput, options?: CallOptions): Promise<NotifyChannelsTryReply> =>
      call({ id: 'notifyChannels.try', method: 'POST', path: '/api/v1/notify-channels/{id}/trial' }, input, options),
  },
  notifyDeliveries: {
    /** What was told to whom, and how it went. Permission: notify:write. Problems: input-invalid. */
    list: (input: NotifyDeliveriesListInput, options?: CallOptions): Promise<NotifyDeliveriesListReply> =>
      call({ id: 'notifyDeliveries.list', method: 'GET', path: '/api/v1/notify-deliveries' }, input, options),
    /** Send once more. Permission: notify:write. Problems: notify-delivery-missing. */
    resend: (input: NotifyDeliveriesResendInput, options?: CallOptions): Promise<NotifyDeliveriesResendReply> =>
      call({ id: 'notifyDeliveries.resend', method: 'POST', path: '/api/v1/notify-deliveries/{id}/resending' }, input, options),
    /** Texts the demonstration provider kept instead of sending. Permission: notify:write. */
    smsOutbox: (input: NotifyDeliveriesSmsOutboxInput, options?: CallOptions): Promise<NotifyDeliveriesSmsOutboxReply> =>
      call({ id: 'notifyDeliveries.smsOutbox', method: 'GET', path: '/api/v1/notify-deliveries/sms-outbox' }, input, options),
  },
  notifyReceipts: {
    /** Receipts of text messages, signed by the carrier: [{ id, state, code, at }]. Permission: open. Problems: notify-channel-missing, sms-receipt-refused. */
    take: (input: NotifyReceiptsTakeInput, options?: CallOptions): Promise<NotifyReceiptsTakeReply> =>
      call({ id: 'notifyReceipts.take', method: 'POST', path: '/api/v1/notify-receipts/{id}' }, input, options),
  },
  notifyRules: {
    /** Add a rule; it decides from the next event on. Permission: notify:write. Problems: notify-rule-invalid. */
    add: (input: NotifyRulesAddInput, options?: CallOptions): Promise<NotifyRulesAddReply> =>
      call({ id: 'notifyRules.add', method: 'POST', path: '/api/v1/notify-rules', creates: true }, input, options),
    /** Replace a rule; it decides from the next event on. Permission: notify:write. Problems: notify-rule-missing, notify-rule-invalid, edit-conflict. */
    edit: (input: NotifyRulesEditInput, options?: CallOptions): Promise<NotifyRulesEditReply> =>
      call({ id: 'notifyRules.edit', method: 'PUT', path: '/api/v1/notify-rules/{id}' }, input, options),
    /** Rules of notices. Permission: notify:write. */
    list: (options?: CallOptions): Promise<NotifyRulesListReply> =>
      call({ id: 'notifyRules.list', method: 'GET', path: '/api/v1/notify-rules' }, undefined, options),
    /** Who would be told what if this happened now; nothing is sent. Permission: notify:write. Problems: notify-rule-invalid. */
    preview: (input: NotifyRulesPreviewInput, options?: CallOptions): Promise<NotifyRulesPreviewReply> =>
      call({ id: 'notifyRules.preview', method: 'POST', path: '/api/v1/notify-rules/preview' }, input, options),
    /** Remove a rule. Permission: notify:write. Problems: notify-rule-missing. */
    remove: (input: NotifyRulesRemoveInput, options?: CallOptions): Promise<NotifyRulesRemoveReply> =>
      call({ id: 'notifyRules.remove', method: 'DELETE', path: '/api/v1/notify-rules/{id}' }, input, options),
    /** Send a test message to me by the channels of the rule. Permission: notify:write. Problems: notify-rule-missing. */
    try: (input: NotifyRulesTryInput, options?: CallOptions): Promise<NotifyRulesTryReply> =>
      call({ id: 'notifyRules.try', method: 'POST', path: '/api/v1/notify-rules/{id}/trial' }, input, options),
  },
  notifyTargets: {
    /** Inner addresses that webhooks may go to. Permission: system:write. */
    get: (options?: CallOptions): Promise<NotifyTargetsGetReply> =>
      call({ id: 'notifyTargets.get', method: 'GET', path: '/api/v1/notify-targets' }, undefined, options),
    /** Replace the list of inner addresses that webhooks may go to. Permission: system:write. Problems: notify-target-invalid. */
    set: (input: NotifyTargetsSetInput, options?: CallOptions): Promise<NotifyTargetsSetReply> =>
      call({ id: 'notifyTargets.set', method: 'PUT', path: '/api/v1/notify-targets' }, input, options),
  },
  notifyTexts: {
    /** Texts of notices: the platform’s own and those the organisation wrote. Permission: notify:write. */
    list: (options?: CallOptions): Promise<NotifyTextsListReply> =>
      call({ id: 'notifyTexts.list', method: 'GET', path: '/api/v1/notify-texts' }, undefined, options),
    /** Go back to the platform’s text. Permission: notify:write. */
    reset: (input: NotifyTextsResetInput, options?: CallOptions): Promise<NotifyTextsResetReply> =>
      call({ id: 'notifyTexts.reset', method: 'DELETE', path: '/api/v1/notify-texts/{trigger}/{channel}/{language}' }, input, options),
    /** Write a text. Permission: notify:write. Problems: notify-template-invalid. */
    set: (input: NotifyTextsSetInput, options?: CallOptions): Promise<NotifyTextsSetReply> =>
      call({ id: 'notifyTexts.set', method: 'PUT', path: '/api/v1/notify-texts/{trigger}/{channel}/{language}' }, input, options),
  },
  organisations: {
    /** Add an organisation with its first administrator. Permission: system:write. Problems: organisation-not-operating, user-name-taken, confirmation-needed. */
    create: (input: OrganisationsCreateInput, options?: CallOptions): Promise<OrganisationsCreateReply> =>
      call({ id: 'organisations.create', method: 'POST', path: '/api/v1/identity/organisations', creates: true }, input, options),
    /** Organisations of the installation, for the operating body. Permission: system:read. */
    list: (options?: CallOptions): Promise<OrganisationsListReply> =>
      call({ id: 'organisations.list', method: 'GET', path: '/api/v1/identity/organisations' }, undefined, options),
    /** One’s own organisation and its sign-in policy. Permission: user:read. */
    own: (options?: CallOptions): Promise<OrganisationsOwnReply> =>
      call({ id: 'organisations.own', method: 'GET', path: '/api/v1/identity/organisation' }, undefined, options),
    /** Change one’s own organisation and its sign-in policy. Permission: system:write. Problems: edit-conflict, confirmation-needed. */
    update: (input: OrganisationsUpdateInput, options?: CallOptions): Promise<OrganisationsUpdateReply> =>
      call({ id: 'organisations.update', method: 'PATCH', path: '/api/v1/identity/organisation' }, input, options),
  },
  ownAllocation: {
    /** Choose my home when it is my turn. Permission: own-data:use. Problems: own-party-missing, household-missing, waiting-entry-missing, allocation-plan-missing, allocation-plan-step-refused, waiting-entry-missing, allocation-intent-missing, choosing-slot-not-open, house-taken, house-missing, move-in-open, not-allowed. */
    choose: (input: OwnAllocationChooseInput, options?: CallOptions): Promise<OwnAllocationChooseReply> =>
      call({ id: 'ownAllocation.choose', method: 'POST', path: '/api/v1/own-allocation/plans/{id}/choice' }, input, options),
    /** Decline what this plan has left; it counts. Permission: own-data:use. Problems: own-party-missing, household-missing, waiting-entry-missing, allocation-plan-missing, allocation-plan-step-refused, waiting-entry-missing, allocation-intent-missing, choosing-slot-not-open, house-taken, house-missing, move-in-open, not-allowed. */
    decline: (input: OwnAllocationDeclineInput, options?: CallOptions): Promise<OwnAllocationDeclineReply> =>
      call({ id: 'ownAllocation.decline', method: 'POST', path: '/api/v1/own-allocation/plans/{id}/decline' }, input, options),
    /** My place on the waiting list, and plans that are open. Permission: own-data:use. Problems: own-party-missing, household-missing, waiting-entry-missing. */
    get: (options?: CallOptions): Promise<OwnAllocationGetReply> =>
      call({ id: 'ownAllocation.get', method: 'GET', path: '/api/v1/own-allocation' }, undefined, options),
    /** I want a house of this plan. Permission: own-data:use. Problems: own-party-missing, household-missing, waiting-entry-missing, allocation-plan-missing, allocation-plan-step-refused, waiting-entry-not-waiting. */
    intend: (input: OwnAllocationIntendInput, options?: CallOptions): Promise<OwnAllocationIntendReply> =>
      call({ id: 'ownAllocation.intend', method: 'PUT', path: '/api/v1/own-allocation/plans/{id}' }, input, options),
    /** My place on the waiting list, my turn in each open plan, and the houses left to choose from. Permission: own-data:use. Problems: own-party-missing, household-missing, waiting-entry-missing. */
    turns: (options?: CallOptions): Promise<OwnAllocationTurnsReply> =>
      call({ id: 'ownAllocation.turns', method: 'GET', path: '/api/v1/own-allocation/turns' }, undefined, options),
  },
  ownBills: {
    /** Ways to pay. Permission: own-data:use. */
    channels: (options?: CallOptions): Promise<OwnBillsChannelsReply> =>
      call({ id: 'ownBills.channels', method: 'GET', path: '/api/v1/own-bills/channels' }, undefined, options),
    /** One of my bills, line by line. Permission: own-data:use. Problems: own-party-missing, bill-missing, bill-fixed, bill-settled, pay-channel-missing, pay-order-paid, pay-channel-silent, pay-channel-refused. */
    get: (input: OwnBillsGetInput, options?: CallOptions): Promise<OwnBillsGetReply> =>
      call({ id: 'ownBills.get', method: 'GET', path: '/api/v1/own-bills/{id}' }, input, options),
    /** Bills of my leases, the latest first. Permission: own-data:use. Problems: own-party-missing. */
    list: (input?: OwnBillsListInput, options?: CallOptions): Promise<OwnBillsListReply> =>
      call({ id: 'ownBills.list', method: 'GET', path: '/api/v1/own-bills' }, input, options),
    /** Open an order for what is owed on my bill, to be paid in the channel. Permission: own-data:use. Problems: own-party-missing, bill-missing, bill-fixed, bill-settled, pay-channel-missing, pay-order-paid, pay-channel-silent, pay-channel-refused. */
    order: (input: OwnBillsOrderInput, options?: CallOptions): Promise<OwnBillsOrderReply> =>
      call({ id: 'ownBills.order', method: 'POST', path: '/api/v1/own-bills/{id}/orders', creates: true }, input, options),
    /** How far an order of mine got. Permission: own-data:use. Problems: own-party-missing, pay-order-missing. */
    orderOf: (input: OwnBillsOrderOfInput, options?: CallOptions): Promise<OwnBillsOrderOfReply> =>
      call({ id: 'ownBills.orderOf', method: 'GET', path: '/api/v1/own-bills/orders/{id}' }, input, options),
  },
  ownCare: {
    /** Call for help. Permission: own-data:use. Problems: own-party-missing. */
    help: (options?: CallOptions): Promise<OwnCareHelpReply> =>
      call({ id: 'ownCare.help', method: 'POST', path: '/api/v1/own-care/help' }, undefined, options),
  },
  ownComplaints: {
    /** Say something about one of my complaints. Permission: own-data:use. Problems: own-party-missing, case-missing, case-full, not-allowed. */
    comment: (input: OwnComplaintsCommentInput, options?: CallOptions): Promise<OwnComplaintsCommentReply> =>
      call({ id: 'ownComplaints.comment', method: 'POST', path: '/api/v1/own-complaints/{id}/comments' }, input, options),
    /** The complaint is settled well. Permission: own-data:use. Problems: own-party-missing, case-missing, case-step-refused, not-allowed, case-step-incomplete. */
    confirm: (input: OwnComplaintsConfirmInput, options?: CallOptions): Promise<OwnComplaintsConfirmReply> =>
      call({ id: 'ownComplaints.confirm', method: 'POST', path: '/api/v1/own-complaints/{id}/confirmation' }, input, options),
    /** One of my complaints: how far it is, who is at it, until when. Permission: own-data:use. Problems: own-party-missing, case-missing. */
    get: (input: OwnComplaintsGetInput, options?: CallOptions): Promise<OwnComplaintsGetReply> =>
      call({ id: 'ownComplaints.get', method: 'GET', path: '/api/v1/own-complaints/{id}' }, input, options),
    /** What I complained of, newest first. Permission: own-data:use. Problems: own-party-missing. */
    list: (options?: CallOptions): Promise<OwnComplaintsListReply> =>
      call({ id: 'ownComplaints.list', method: 'GET', path: '/api/v1/own-complaints' }, undefined, options),
    /** A photo of one of my complaints. Permission: own-data:use. Problems: own-party-missing, case-missing, record-missing. */
    photo: (input: OwnComplaintsPhotoInput, options?: CallOptions): Promise<OwnComplaintsPhotoReply> =>
      call({ id: 'ownComplaints.photo', method: 'GET', path: '/api/v1/own-complaints/{id}/photos/{record}' }, input, options),
    /** Rate a complaint that is done, 1 to 5. Permission: own-data:use. Problems: own-party-missing, case-missing, rating-refused, case-ended. */
    rate: (input: OwnComplaintsRateInput, options?: CallOptions): Promise<OwnComplaintsRateReply> =>
      call({ id: 'ownComplaints.rate', method: 'POST', path: '/api/v1/own-complaints/{id}/rating' }, input, options),
    /** The complaint is not settled yet. Permission: own-data:use. Problems: own-party-missing, case-missing, case-step-refused, not-allowed, case-step-incomplete. */
    reject: (input: OwnComplaintsRejectInput, options?: CallOptions): Promise<OwnComplaintsRejectReply> =>
      call({ id: 'ownComplaints.reject', method: 'POST', path: '/api/v1/own-complaints/{id}/rejection' }, input, options),
    /** Complain about something. Permission: own-data:use. Problems: own-party-missing, own-home-missing. */
    tell: (input: OwnComplaintsTellInput, options?: CallOptions): Promise<OwnComplaintsTellReply> =>
      call({ id: 'ownComplaints.tell', method: 'POST', path: '/api/v1/own-complaints', creates: true }, input, options),
  },
  ownContracts: {
    /** The record of evidence of my contract. Permission: own-data:use. Problems: own-party-missing, contract-missing, record-missing, record-gone. */
    evidence: (input: OwnContractsEvidenceInput, options?: CallOptions): Promise<OwnContractsEvidenceReply> =>
      call({ id: 'ownContracts.evidence', method: 'GET', path: '/api/v1/own-contracts/{id}/evidence' }, input, options),
    /** My sealed contract. Permission: own-data:use. Problems: own-party-missing, contract-missing, record-missing, record-gone. */
    file: (input: OwnContractsFileInput, options?: CallOptions): Promise<OwnContractsFileReply> =>
      call({ id: 'ownContracts.file', method: 'GET', path: '/api/v1/own-contracts/{id}/file' }, input, options),
    /** The wording of my lease to be read before signing. Permission: own-data:use. Problems: own-party-missing, contract-missing, record-missing, record-gone. */
    preview: (input: OwnContractsPreviewInput, options?: CallOptions): Promise<OwnContractsPreviewReply> =>
      call({ id: 'ownContracts.preview', method: 'GET', path: '/api/v1/own-contracts/{id}/preview' }, input, options),
    /** Whether my contract is what was signed. Permission: own-data:use. Problems: own-party-missing, contract-missing, record-missing, record-gone. */
    prove: (input: OwnContractsProveInput, options?: CallOptions): Promise<OwnContractsProveReply> =>
      call({ id: 'ownContracts.prove', method: 'GET', path: '/api/v1/own-contracts/{id}/proof' }, input, options),
  },
  ownData: {
    /** Agree to a purpose; sensitive ones one by one. Permission: own-data:use. Problems: own-party-missing, consent-not-separate, consent-given. */
    consent: (input: OwnDataConsentInput, options?: CallOptions): Promise<OwnDataConsentReply> =>
      call({ id: 'ownData.consent', method: 'POST', path: '/api/v1/own-data/consents', creates: true }, input, options),
    /** Everything held of me, in plain; also as the copy a person may ask for. Permission: own-data:use. Problems: own-party-missing, party-at-rest. */
    get: (options?: CallOptions): Promise<OwnDataGetReply> =>
      call({ id: 'ownData.get', method: 'GET', path: '/api/v1/own-data' }, undefined, options),
    /** Who looked at my data, when and why. Permission: own-data:use. Problems: own-party-missing. */
    looks: (input: OwnDataLooksInput, options?: CallOptions): Promise<OwnDataLooksReply> =>
      call({ id: 'ownData.looks', method: 'GET', path: '/api/v1/own-data/looks' }, input, options),
    /** Take a consent back; what rests on it ends. Permission: own-data:use. Problems: own-party-missing, consent-gone. */
    withdraw: (input: OwnDataWithdrawInput, options?: CallOptions): Promise<OwnDataWithdrawReply> =>
      call({ id: 'ownData.withdraw', method: 'POST', path: '/api/v1/own-data/consents/{id}/withdrawal' }, input, options),
  },
  ownDoorKeys: {
    /** Take the key of a guest back. Permission: own-data:use. Problems: own-party-missing, door-key-missing, door-key-ended. */
    endGuest: (input: OwnDoorKeysEndGuestInput, options?: CallOptions): Promise<OwnDoorKeysEndGuestReply> =>
      call({ id: 'ownDoorKeys.endGuest', method: 'POST', path: '/api/v1/own-door-keys/{id}/revocation' }, input, options),
    /** A PIN that lets a guest in once; it comes back this once. Permission: own-data:use. Problems: own-party-missing, door-key-without-lease, door-keys-held, input-invalid. */
    guest: (input: OwnDoorKeysGuestInput, options?: CallOptions): Promise<OwnDoorKeysGuestReply> =>
      call({ id: 'ownDoorKeys.guest', method: 'POST', path: '/api/v1/own-door-keys/guests', creates: true }, input, options),
    /** Keys of my household. Permission: own-data:use. Problems: own-party-missing. */
    list: (options?: CallOptions): Promise<OwnDoorKeysListReply> =>
      call({ id: 'ownDoorKeys.list', method: 'GET', path: '/api/v1/own-door-keys' }, undefined, options),
    /** What one of my keys opens with; leaves a line. Permission: own-data:use. Problems: own-party-missing, door-key-missing, door-key-ended. */
    show: (input: OwnDoorKeysShowInput, options?: CallOptions): Promise<OwnDoorKeysShowReply> =>
      call({ id: 'ownDoorKeys.show', method: 'POST', path: '/api/v1/own-door-keys/{id}/credential' }, input, options),
    /** What the doors of my home told since I have keys to it, newest first. Permission: own-data:use. Problems: own-party-missing. */
    uses: (options?: CallOptions): Promise<OwnDoorKeysUsesReply> =>
      call({ id: 'ownDoorKeys.uses', method: 'GET', path: '/api/v1/own-door-keys/uses' }, undefined, options),
  },
  ownEligibility: {
    /** Appeal a decision that bars or fines my household. Permission: own-data:use. Problems: own-party-missing, household-missing, sanction-missing, sanction-step-refused, appeal-late. */
    appealSanction: (input: OwnEligibilityAppealSanctionInput, options?: CallOptions): Promise<OwnEligibilityAppealSanctionReply> =>
      call({ id: 'ownEligibility.appealSanction', method: 'POST', path: '/api/v1/own-eligibility/sanctions/{id}/appeal' }, input, options),
    /** Apply for public rental housing. Permission: own-data:use. Problems: own-party-missing, household-missing, review-open, household-barred, party-at-rest. */
    apply: (input: OwnEligibilityApplyInput, options?: CallOptions): Promise<OwnEligibilityApplyReply> =>
      call({ id: 'ownEligibility.apply', method: 'POST', path: '/api/v1/own-eligibility', creates: true }, input, options),
    /** What my household is entitled to, and its applications and reviews. Permission: own-data:use. Problems: own-party-missing, household-missing. */
    get: (options?: CallOptions): Promise<OwnEligibilityGetReply> =>
      call({ id: 'ownEligibility.get', method: 'GET', path: '/api/v1/own-eligibility' }, undefined, options),
    /** Hand in again, appeal a refusal, or take an application back. Permission: own-data:use. Problems: own-party-missing, household-missing, review-missing, review-step-refused, edit-conflict, eligibility-checks-open, eligibility-not-met, reviewer-repeated, appeal-late, household-barred, input-invalid. */
    step: (input: OwnEligibilityStepInput, options?: CallOptions): Promise<OwnEligibilityStepReply> =>
      call({ id: 'ownEligibility.step', method: 'POST', path: '/api/v1/own-eligibility/{id}/steps' }, input, options),
  },
  ownExit: {
    /** I want to give up my home. Permission: own-data:use. Problems: own-party-missing, household-missing, exit-not-possible. */
    ask: (input: OwnExitAskInput, options?: CallOptions): Promise<OwnExitAskReply> =>
      call({ id: 'ownExit.ask', method: 'POST', path: '/api/v1/own-exit', creates: true }, input, options),
    /** I stay after all. Permission: own-data:use. Problems: own-party-missing, household-missing, exit-missing, exit-step-refused, edit-conflict, house-step-refused. */
    cancel: (input: OwnExitCancelInput, options?: CallOptions): Promise<OwnExitCancelReply> =>
      call({ id: 'ownExit.cancel', method: 'POST', path: '/api/v1/own-exit/{id}/cancellation' }, input, options),
    /** The last account of my home is right. Permission: own-data:use. Problems: own-party-missing, household-missing, exit-missing, exit-step-refused. */
    confirm: (input: OwnExitConfirmInput, options?: CallOptions): Promise<OwnExitConfirmReply> =>
      call({ id: 'ownExit.confirm', method: 'POST', path: '/api/v1/own-exit/{id}/confirmation' }, input, options),
    /** Exits of my household and where they stand. Permission: own-data:use. Problems: own-party-missing, household-missing. */
    list: (options?: CallOptions): Promise<OwnExitListReply> =>
      call({ id: 'ownExit.list', method: 'GET', path: '/api/v1/own-exit' }, undefined, options),
  },
  ownHome: {
    /** My house, what I owe, what I am to sign, what is being mended. Permission: own-data:use. Problems: own-party-missing. */
    get: (options?: CallOptions): Promise<OwnHomeGetReply> =>
      call({ id: 'ownHome.get', method: 'GET', path: '/api/v1/own-home' }, undefined, options),
    /** What I was told, newest first. Permission: own-data:use. */
    notices: (options?: CallOptions): Promise<OwnHomeNoticesReply> =>
      call({ id: 'ownHome.notices', method: 'GET', path: '/api/v1/own-home/notices' }, undefined, options),
    /** I have seen all that I was told. Permission: own-data:use. */
    readNotices: (options?: CallOptions): Promise<OwnHomeReadNoticesReply> =>
      call({ id: 'ownHome.readNotices', method: 'POST', path: '/api/v1/own-home/notices/read' }, undefined, options),
  },
  ownHousehold: {
    /** Changes my household told of, and what became of them. Permission: own-data:use. Problems: own-party-missing, household-missing. */
    changes: (options?: CallOptions): Promise<OwnHouseholdChangesReply> =>
      call({ id: 'ownHousehold.changes', method: 'GET', path: '/api/v1/own-household/changes' }, undefined, options),
    /** The file of my household. Permission: own-data:use. Problems: own-party-missing, household-missing. */
    get: (options?: CallOptions): Promise<OwnHouseholdGetReply> =>
      call({ id: 'ownHousehold.get', method: 'GET', path: '/api/v1/own-household' }, undefined, options),
    /** Hand in a paper: its bytes as application/octet-stream. Permission: own-data:use. Problems: own-party-missing, household-missing, record-media-type-mismatch, record-too-large, input-invalid. */
    putFile: (input: OwnHouseholdPutFileInput, options?: CallOptions): Promise<OwnHouseholdPutFileReply> =>
      call({ id: 'ownHousehold.putFile', method: 'POST', path: '/api/v1/own-household/documents', creates: true }, input, options),
    /** Tell of a change of income, members or housing, with proof. Permission: own-data:use. Problems: own-party-missing, household-missing, household-change-invalid, household-change-open, personal-field-invalid, party-at-rest, record-missing. */
    submitChange: (input: OwnHouseholdSubmitChangeInput, options?: CallOptions): Promise<OwnHouseholdSubmitChangeReply> =>
      call({ id: 'ownHousehold.submitChange', method: 'POST', path: '/api/v1/own-household/changes', creates: true }, input, options),
    /** Take back a change that is not decided yet. Permission: own-data:use. Problems: own-party-missing, household-missing, household-change-missing, household-change-decided. */
    withdrawChange: (input: OwnHouseholdWithdrawChangeInput, options?: CallOptions): Promise<OwnHouseholdWithdrawChangeReply> =>
      call({ id: 'ownHousehold.withdrawChange', method: 'POST', path: '/api/v1/own-household/changes/{id}/withdrawal' }, input, options),
  },
  ownLeases: {
    /** One of my leases with its wording, fees and signatures. Permission: own-data:use. Problems: own-party-missing, agreement-missing. */
    get: (input: OwnLeasesGetInput, options?: CallOptions): Promise<OwnLeasesGetReply> =>
      call({ id: 'ownLeases.get', method: 'GET', path: '/api/v1/own-leases/{id}' }, input, options),
    /** Leases in which I am the tenant. Permission: own-data:use. Problems: own-party-missing. */
    list: (options?: CallOptions): Promise<OwnLeasesListReply> =>
      call({ id: 'ownLeases.list', method: 'GET', path: '/api/v1/own-leases' }, undefined, options),
    /** Have the code sent that a signature needs. Permission: own-data:use. Problems: own-party-missing, agreement-missing. */
    sendCode: (input: OwnLeasesSendCodeInput, options?: CallOptions): Promise<OwnLeasesSendCodeReply> =>
      call({ id: 'ownLeases.sendCode', method: 'POST', path: '/api/v1/own-leases/{id}/codes' }, input, options),
    /** Sign my lease under the wording I saw, with the code I was sent. Permission: own-data:use. Problems: own-party-missing, agreement-missing, signing-code-wrong, agreement-step-refused, agreement-text-changed. */
    sign: (input: OwnLeasesSignInput, options?: CallOptions): Promise<OwnLeasesSignReply> =>
      call({ id: 'ownLeases.sign', method: 'POST', path: '/api/v1/own-leases/{id}/signatures' }, input, options),
  },
  ownMoveIn: {
    /** When I will come for my keys. Permission: own-data:use. Problems: own-party-missing, household-missing, move-in-missing, move-in-step-refused, input-invalid. */
    appoint: (input: OwnMoveInAppointInput, options?: CallOptions): Promise<OwnMoveInAppointReply> =>
      call({ id: 'ownMoveIn.appoint', method: 'PUT', path: '/api/v1/own-move-in/appointment' }, input, options),
    /** Check in: confirm meters, furniture and photos of my home. Permission: own-data:use. Problems: own-party-missing, household-missing, move-in-missing, move-in-step-refused, house-step-refused, record-missing. */
    checkIn: (input: OwnMoveInCheckInInput, options?: CallOptions): Promise<OwnMoveInCheckInReply> =>
      call({ id: 'ownMoveIn.checkIn', method: 'POST', path: '/api/v1/own-move-in/check-in' }, input, options),
    /** My way into my home: house, lease and what is to do. Permission: own-data:use. Problems: own-party-missing, household-missing, move-in-missing. */
    get: (options?: CallOptions): Promise<OwnMoveInGetReply> =>
      call({ id: 'ownMoveIn.get', method: 'GET', path: '/api/v1/own-move-in' }, undefined, options),
    /** A photo of the house: its bytes as application/octet-stream. Permission: own-data:use. Problems: own-party-missing, household-missing, move-in-missing, record-media-type-mismatch, record-too-large, input-invalid. */
    putPhoto: (input: OwnMoveInPutPhotoInput, options?: CallOptions): Promise<OwnMoveInPutPhotoReply> =>
      call({ id: 'ownMoveIn.putPhoto', method: 'POST', path: '/api/v1/own-move-in/photos', creates: true }, input, options),
    /** Sign my lease under the wording I saw. Permission: own-data:use. Problems: own-party-missing, household-missing, move-in-missing, agreement-missing, agreement-step-refused, house-step-refused, agreement-text-changed. */
    sign: (input: OwnMoveInSignInput, options?: CallOptions): Promise<OwnMoveInSignReply> =>
      call({ id: 'ownMoveIn.sign', method: 'POST', path: '/api/v1/own-move-in/signature' }, input, options),
  },
  ownPrivacy: {
    /** Ask to see, correct or delete my data; answered within 30 days. Permission: own-data:use. Problems: own-party-missing, rights-request-invalid, rights-request-open, personal-field-invalid, party-at-rest. */
    ask: (input: OwnPrivacyAskInput, options?: CallOptions): Promise<OwnPrivacyAskReply> =>
      call({ id: 'ownPrivacy.ask', method: 'POST', path: '/api/v1/own-privacy-requests', creates: true }, input, options),
    /** The copy of my data a granted request gives. Permission: own-data:use. Problems: own-party-missing, rights-request-missing. */
    copy: (input: OwnPrivacyCopyInput, options?: CallOptions): Promise<OwnPrivacyCopyReply> =>
      call({ id: 'ownPrivacy.copy', method: 'GET', path: '/api/v1/own-privacy-requests/{id}/copy' }, input, options),
    /** My requests concerning my data, with their deadlines and answers. Permission: own-data:use. Problems: own-party-missing. */
    list: (options?: CallOptions): Promise<OwnPrivacyListReply> =>
      call({ id: 'ownPrivacy.list', method: 'GET', path: '/api/v1/own-privacy-requests' }, undefined, options),
  },
  ownRepairs: {
    /** Say something about one of my repairs. Permission: own-data:use. Problems: own-party-missing, case-missing, case-full, not-allowed. */
    comment: (input: OwnRepairsCommentInput, options?: CallOptions): Promise<OwnRepairsCommentReply> =>
      call({ id: 'ownRepairs.comment', method: 'POST', path: '/api/v1/own-repairs/{id}/comments' }, input, options),
    /** The repair is settled well. Permission: own-data:use. Problems: own-party-missing, case-missing, case-step-refused, not-allowed, case-step-incomplete. */
    confirm: (input: OwnRepairsConfirmInput, options?: CallOptions): Promise<OwnRepairsConfirmReply> =>
      call({ id: 'ownRepairs.confirm', method: 'POST', path: '/api/v1/own-repairs/{id}/confirmation' }, input, options),
    /** One of my repairs: how far it is, who is at it, until when. Permission: own-data:use. Problems: own-party-missing, case-missing. */
    get: (input: OwnRepairsGetInput, options?: CallOptions): Promise<OwnRepairsGetReply> =>
      call({ id: 'ownRepairs.get', method: 'GET', path: '/api/v1/own-repairs/{id}' }, input, options),
    /** Repairs I asked for, newest first. Permission: own-data:use. Problems: own-party-missing. */
    list: (input?: OwnRepairsListInput, options?: CallOptions): Promise<OwnRepairsListReply> =>
      call({ id: 'ownRepairs.list', method: 'GET', path: '/api/v1/own-repairs' }, input, options),
    /** A photo of one of my repairs. Permission: own-data:use. Problems: own-party-missing, case-missing, record-missing. */
    photo: (input: OwnRepairsPhotoInput, options?: CallOptions): Promise<OwnRepairsPhotoReply> =>
      call({ id: 'ownRepairs.photo', method: 'GET', path: '/api/v1/own-repairs/{id}/photos/{record}' }, input, options),
    /** Put in a photo for a repair: its bytes as application/octet-stream. Permission: own-data:use. Problems: own-party-missing, own-home-missing, record-media-type-mismatch, record-too-large, input-invalid. */
    putPhoto: (input: OwnRepairsPutPhotoInput, options?: CallOptions): Promise<OwnRepairsPutPhotoReply> =>
      call({ id: 'ownRepairs.putPhoto', method: 'POST', path: '/api/v1/own-repairs/photos', creates: true }, input, options),
    /** Rate a repair that is done, 1 to 5. Permission: own-data:use. Problems: own-party-missing, case-missing, rating-refused, case-ended. */
    rate: (input: OwnRepairsRateInput, options?: CallOptions): Promise<OwnRepairsRateReply> =>
      call({ id: 'ownRepairs.rate', method: 'POST', path: '/api/v1/own-repairs/{id}/rating' }, input, options),
    /** The repair is not settled yet. Permission: own-data:use. Problems: own-party-missing, case-missing, case-step-refused, not-allowed, case-step-incomplete. */
    reject: (input: OwnRepairsRejectInput, options?: CallOptions): Promise<OwnRepairsRejectReply> =>
      call({ id: 'ownRepairs.reject', method: 'POST', path: '/api/v1/own-repairs/{id}/rejection' }, input, options),
    /** Ask for a repair in my house; it is given to a worker at once. Permission: own-data:use. Problems: own-party-missing, own-home-missing, record-missing, case-full. */
    tell: (input: OwnRepairsTellInput, options?: CallOptions): Promise<OwnRepairsTellReply> =>
      call({ id: 'ownRepairs.tell', method: 'POST', path: '/api/v1/own-repairs', creates: true }, input, options),
  },
  ownRequests: {
    /** One of my requests. Permission: own-data:use. Problems: own-party-missing, case-missing. */
    get: (input: OwnRequestsGetInput, options?: CallOptions): Promise<OwnRequestsGetReply> =>
      call({ id: 'ownRequests.get', method: 'GET', path: '/api/v1/own-requests/{id}' }, input, options),
    /** What I asked for: renewal, exit, swap. Permission: own-data:use. Problems: own-party-missing. */
    list: (options?: CallOptions): Promise<OwnRequestsListReply> =>
      call({ id: 'ownRequests.list', method: 'GET', path: '/api/v1/own-requests' }, undefined, options),
    /** Whether I may ask for renewal, until when, and how far it is. Permission: own-data:use. Problems: own-party-missing, own-home-missing. */
    renewal: (options?: CallOptions): Promise<OwnRequestsRenewalReply> =>
      call({ id: 'ownRequests.renewal', method: 'GET', path: '/api/v1/own-requests/renewal' }, undefined, options),
    /** Ask for renewal, exit or another house. Permission: own-data:use. Problems: own-party-missing, own-home-missing, renewal-not-open. */
    tell: (input: OwnRequestsTellInput, options?: CallOptions): Promise<OwnRequestsTellReply> =>
      call({ id: 'ownRequests.tell', method: 'POST', path: '/api/v1/own-requests', creates: true }, input, options),
  },
  ownSwaps: {
    /** I agree to change houses with whoever asked. Permission: own-data:use. Problems: own-party-missing, household-missing, swap-missing, swap-step-refused, edit-conflict, swap-not-possible, swap-renewal-first, swap-arrears. */
    agree: (input: OwnSwapsAgreeInput, options?: CallOptions): Promise<OwnSwapsAgreeReply> =>
      call({ id: 'ownSwaps.agree', method: 'POST', path: '/api/v1/own-swaps/{id}/agreement' }, input, options),
    /** Ask for another house, or to change with a household that agrees. Permission: own-data:use. Problems: own-party-missing, household-missing, swap-not-possible, swap-renewal-first, swap-arrears, swap-partner-missing, swap-house-taken, agreement-missing. */
    ask: (input: OwnSwapsAskInput, options?: CallOptions): Promise<OwnSwapsAskReply> =>
      call({ id: 'ownSwaps.ask', method: 'POST', path: '/api/v1/own-swaps', creates: true }, input, options),
    /** I do not want to change houses. Permission: own-data:use. Problems: own-party-missing, household-missing, swap-missing, swap-step-refused, edit-conflict. */
    decline: (input: OwnSwapsDeclineInput, options?: CallOptions): Promise<OwnSwapsDeclineReply> =>
      call({ id: 'ownSwaps.decline', method: 'POST', path: '/api/v1/own-swaps/{id}/decline' }, input, options),
    /** Houses that stand ready, of which I may wish for one. Permission: own-data:use. Problems: own-party-missing, household-missing. */
    houses: (options?: CallOptions): Promise<OwnSwapsHousesReply> =>
      call({ id: 'ownSwaps.houses', method: 'GET', path: '/api/v1/own-swaps/houses' }, undefined, options),
    /** Changes of houses my household takes part in. Permission: own-data:use. Problems: own-party-missing, household-missing. */
    list: (options?: CallOptions): Promise<OwnSwapsListReply> =>
      call({ id: 'ownSwaps.list', method: 'GET', path: '/api/v1/own-swaps' }, undefined, options),
    /** I take back that I want to change houses. Permission: own-data:use. Problems: own-party-missing, household-missing, swap-missing, swap-step-refused, edit-conflict. */
    withdraw: (input: OwnSwapsWithdrawInput, options?: CallOptions): Promise<OwnSwapsWithdrawReply> =>
      call({ id: 'ownSwaps.withdraw', method: 'POST', path: '/api/v1/own-swaps/{id}/withdrawal' }, input, options),
  },
  parties: {
    /** Write down a person, household, organisation, team or supplier. Permission: party:write. Problems: place-missing, not-allowed, party-code-taken, account-linked, purpose-missing, consent-missing, personal-field-invalid, resident-id-taken. */
    add: (input: PartiesAddInput, options?: CallOptions): Promise<PartiesAddReply> =>
      call({ id: 'parties.add', method: 'POST', path: '/api/v1/parties', creates: true }, input, options),
    /** Add a member to a household: a known person, or a new one. Permission: party:write. Problems: party-missing, party-at-rest, party-kind-wrong, member-elsewhere, purpose-missing, consent-missing, personal-field-invalid, resident-id-taken. */
    addMember: (input: PartiesAddMemberInput, options?: CallOptions): Promise<PartiesAddMemberReply> =>
      call({ id: 'parties.addMember', method: 'POST', path: '/api/v1/parties/{id}/members', creates: true }, input, options),
    /** What a party agreed to, and what was taken back. Permission: party:read. Problems: party-missing. */
    consents: (input: PartiesConsentsInput, options?: CallOptions): Promise<PartiesConsentsReply> =>
      call({ id: 'parties.consents', method: 'GET', path: '/api/v1/parties/{id}/consents' }, input, options),
    /** Change name, code, place or sign-in. Permission: party:write. Problems: party-missing, party-at-rest, place-missing, not-allowed, party-code-taken, account-linked, edit-conflict. */
    edit: (input: PartiesEditInput, options?: CallOptions): Promise<PartiesEditReply> =>
      call({ id: 'parties.edit', method: 'PATCH', path: '/api/v1/parties/{id}' }, input, options),
    /** A member left the household. Permission: party:write. Problems: party-missing, party-at-rest, member-missing. */
    endMember: (input: PartiesEndMemberInput, options?: CallOptions): Promise<PartiesEndMemberReply> =>
      call({ id: 'parties.endMember', method: 'POST', path: '/api/v1/parties/{id}/members/{person}/end' }, input, options),
    /** The purpose has ended: values held for it are deleted. Permission: party:privacy. Problems: not-allowed. */
    endPurpose: (input: PartiesEndPurposeInput, options?: CallOptions): Promise<PartiesEndPurposeReply> =>
      call({ id: 'parties.endPurpose', method: 'DELETE', path: '/api/v1/parties/purposes/{field}' }, input, options),
    /** Parties of exactly this resident number, phone or address; the question is journaled. Permission: party:read. Problems: personal-field-invalid. */
    find: (input: PartiesFindInput, options?: CallOptions): Promise<PartiesFindReply> =>
      call({ id: 'parties.find', method: 'POST', path: '/api/v1/parties/lookups' }, input, options),
    /** One party; values masked. Permission: party:read. Problems: party-missing. */
    get: (input: PartiesGetInput, options?: CallOptions): Promise<PartiesGetReply> =>
      call({ id: 'parties.get', method: 'GET', path: '/api/v1/parties/{id}' }, input, options),
    /** People, households, organisations, teams and suppliers, newest first; values masked. Permission: party:read. Problems: input-invalid. */
    list: (input: PartiesListInput, options?: CallOptions): Promise<PartiesListReply> =>
      call({ id: 'parties.list', method: 'GET', path: '/api/v1/parties' }, input, options),
    /** Who looked at the data of a party, and why. Permission: party:privacy. Problems: party-missing. */
    looks: (input: PartiesLooksInput, options?: CallOptions): Promise<PartiesLooksReply> =>
      call({ id: 'parties.looks', method: 'GET', path: '/api/v1/parties/{id}/looks' }, input, options),
    /** Members of a household, present ones first. Permission: party:read. Problems: party-missing. */
    members: (input: PartiesMembersInput, options?: CallOptions): Promise<PartiesMembersReply> =>
      call({ id: 'parties.members', method: 'GET', path: '/api/v1/parties/{id}/members' }, input, options),
    /** Names in full of parties shown masked, for a reason; the journal keeps it, and the person can read it. Permission: party:reveal. Problems: input-invalid. */
    names: (input: PartiesNamesInput, options?: CallOptions): Promise<PartiesNamesReply> =>
      call({ id: 'parties.names', method: 'POST', path: '/api/v1/parties/names' }, input, options),
    /** Why each personal field is held, on which ground, and how long. Permission: party:read. */
    purposes: (options?: CallOptions): Promise<PartiesPurposesReply> =>
      call({ id: 'parties.purposes', method: 'GET', path: '/api/v1/parties/purposes' }, undefined, options),
    /** Write down a consent given at the desk; sensitive ones one by one. Permission: party:write. Problems: party-missing, consent-not-separate, consent-given. */
    recordConsent: (input: PartiesRecordConsentInput, options?: CallOptions): Promise<PartiesRecordConsentReply> =>
      call({ id: 'parties.recordConsent', method: 'POST', path: '/api/v1/parties/{id}/consents', creates: true }, input, options),
    /** Register why a field is held: before that it cannot be collected. Permission: party:privacy. Problems: not-allowed. */
    registerPurpose: (input: PartiesRegisterPurposeInput, options?: CallOptions): Promise<PartiesRegisterPurposeReply> =>
      call({ id: 'parties.registerPurpose', method: 'PUT', path: '/api/v1/parties/purposes/{field}' }, input, options),
    /** Show values for a reason; the journal keeps it, and the person can read it. Permission: party:reveal. Problems: party-missing, party-at-rest, not-allowed, field-never-shown, input-invalid. */
    reveal: (input: PartiesRevealInput, options?: CallOptions): Promise<PartiesRevealReply> =>
      call({ id: 'parties.reveal', method: 'POST', path: '/api/v1/parties/{id}/reveals' }, input, options),
    /** Set personal values; each needs a registered purpose. Permission: party:write. Problems: party-missing, party-at-rest, purpose-missing, consent-missing, personal-field-invalid, resident-id-taken. */
    setFields: (input: PartiesSetFieldsInput, options?: CallOptions): Promise<PartiesSetFieldsReply> =>
      call({ id: 'parties.setFields', method: 'PUT', path: '/api/v1/parties/{id}/fields' }, input, options),
  },
  patches: {
    /** Enter a weakness by hand. Permission: patch:manage. Problems: advisory-code-taken. */
    addAdvisory: (input: PatchesAddAdvisoryInput, options?: CallOptions): Promise<PatchesAddAdvisoryReply> =>
      call({ id: 'patches.addAdvisory', method: 'POST', path: '/api/v1/patches/advisories', creates: true }, input, options),
    /** Known weaknesses and how many assets have them. Permission: patch:read. Problems: input-invalid. */
    advisories: (input: PatchesAdvisoriesInput, options?: CallOptions): Promise<PatchesAdvisoriesReply> =>
      call({ id: 'patches.advisories', method: 'GET', path: '/api/v1/patches/advisories' }, input, options),
    /** One weakness: where it was found, and what is done about it. Permission: patch:read. Problems: advisory-missing. */
    advisory: (input: PatchesAdvisoryInput, options?: CallOptions): Promise<PatchesAdvisoryReply> =>
      call({ id: 'patches.advisory', method: 'GET', path: '/api/v1/patches/advisories/{id}' }, input, options),
    /** What tells which software it runs: the platform, and things with the attribute `software`. Permission: patch:read. */
    assets: (input: PatchesAssetsInput, options?: CallOptions): Promise<PatchesAssetsReply> =>
      call({ id: 'patches.assets', method: 'GET', path: '/api/v1/patches/assets' }, input, options),
    /** Bill of software of the platform itself, as CycloneDX 1.6. Permission: patch:read. Problems: not-allowed. */
    bill: (options?: CallOptions): Promise<PatchesBillReply> =>
      call({ id: 'patches.bill', method: 'GET', path: '/api/v1/patches/sbom' }, undefined, options),
    /** Read all versions now and compare them with what is known to be weak. Permission: patch:manage. */
    check: (options?: CallOptions): Promise<PatchesCheckReply> =>
      call({ id: 'patches.check', method: 'POST', path: '/api/v1/patches/checks' }, undefined, options),
    /** Take in OSV or CSAF documents; those that cannot be read are named. Permission: patch:manage. */
    importAdvisories: (input: PatchesImportAdvisoriesInput, options?: CallOptions): Promise<PatchesImportAdvisoriesReply> =>
      call({ id: 'patches.importAdvisories', method: 'POST', path: '/api/v1/patches/advisories/import' }, input, options),
    /** Work that removes a known weakness, newest first. Permission: patch:read. Problems: input-invalid. */
    tasks: (input: PatchesTasksInput, options?: CallOptions): Promise<PatchesTasksReply> =>
      call({ id: 'patches.tasks', method: 'GET', path: '/api/v1/patches/tasks' }, input, options),
    /** Take a weakness back; its open work ends at the next reading. Permission: patch:manage. Problems: advisory-missing, edit-conflict. */
    withdrawAdvisory: (input: PatchesWithdrawAdvisoryInput, options?: CallOptions): Promise<PatchesWithdrawAdvisoryReply> =>
      call({ id: 'patches.withdrawAdvisory', method: 'POST', path: '/api/v1/patches/advisories/{id}/withdrawal' }, input, options),
  },
  paymentPlans: {
    /** Take a plan back; reminders go on. Permission: dunning:write. Problems: payment-plan-missing. */
    end: (input: PaymentPlansEndInput, options?: CallOptions): Promise<PaymentPlansEndReply> =>
      call({ id: 'paymentPlans.end', method: 'POST', path: '/api/v1/payment-plans/{id}/end' }, input, options),
    /** The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted. Permission: dunning:read. */
    export: (input?: PaymentPlansExportInput, options?: CallOptions): Promise<PaymentPlansExportReply> =>
      call({ id: 'paymentPlans.export', method: 'GET', path: '/api/v1/payment-plans/export' }, input, options),
    /** Payment plans with what is paid of each part, the newest first. Permission: dunning:read. */
    list: (input: PaymentPlansListInput, options?: CallOptions): Promise<PaymentPlansListReply> =>
      call({ id: 'paymentPlans.list', method: 'GET', path: '/api/v1/payment-plans' }, input, options),
    /** Agree on parts of all that is late on a lease; reminders rest while it is kept. Permission: dunning:write. Problems: agreement-missing, nothing-late, payment-plan-invalid, payment-plan-standing. */
    make: (input: PaymentPlansMakeInput, options?: CallOptions): Promise<PaymentPlansMakeReply> =>
      call({ id: 'paymentPlans.make', method: 'POST', path: '/api/v1/payment-plans', creates: true }, input, options),
  },
  payments: {
    /** Add a channel. Permission: payment:manage. Problems: not-allowed, input-invalid. */
    addChannel: (input: PaymentsAddChannelInput, options?: CallOptions): Promise<PaymentsAddChannelReply> =>
      call({ id: 'payments.addChannel', method: 'POST', path: '/api/v1/payments/channels', creates: true }, input, options),
    /** Where a channel tells of a payment, in its own form and under its own signature. Permission: open. Problems: pay-channel-missing. */
    callback: (input: PaymentsCallbackInput, options?: CallOptions): Promise<PaymentsCallbackReply> =>
      call({ id: 'payments.callback', method: 'POST', path: '/api/v1/payments/channels/{id}/callback' }, input, options),
    /** Change a channel; without a secret the one it has stays. Permission: payment:manage. Problems: not-allowed, pay-channel-missing, input-invalid. */
    changeChannel: (input: PaymentsChangeChannelInput, options?: CallOptions): Promise<PaymentsChangeChannelReply> =>
      call({ id: 'payments.changeChannel', method: 'PUT', path: '/api/v1/payments/channels/{id}' }, input, options),
    /** Channels money comes in by; their secrets are never told. Permission: payment:read. */
    channels: (options?: CallOptions): Promise<PaymentsChannelsReply> =>
      call({ id: 'payments.channels', method: 'GET', path: '/api/v1/payments/channels' }, undefined, options),
    /** Ask the channel what became of an order, and take in what it says. Permission: payment:take. Problems: pay-order-missing, pay-channel-missing, pay-channel-silent, pay-channel-refused. */
    checkOrder: (input: PaymentsCheckOrderInput, options?: CallOptions): Promise<PaymentsCheckOrderReply> =>
      call({ id: 'payments.checkOrder', method: 'POST', path: '/api/v1/payments/orders/{id}/check' }, input, options),
    /** Confirm a refund that waits; whoever asked for it cannot. Permission: payment:confirm. Problems: pay-refund-missing, pay-refund-decided, pay-refund-own, ledger-amount-too-large, ledger-period-closed, pay-channel-missing. */
    confirmRefund: (input: PaymentsConfirmRefundInput, options?: CallOptions): Promise<PaymentsConfirmRefundReply> =>
      call({ id: 'payments.confirmRefund', method: 'POST', path: '/api/v1/payments/refunds/{id}/confirmation' }, input, options),
    /** Days of channels that were compared with their statements. Permission: payment:read. */
    days: (options?: CallOptions): Promise<PaymentsDaysReply> =>
      call({ id: 'payments.days', method: 'GET', path: '/api/v1/payments/reconciliations' }, undefined, options),
    /** What did not match on a day. Permission: payment:read. Problems: not-allowed. */
    differences: (input: PaymentsDifferencesInput, options?: CallOptions): Promise<PaymentsDifferencesReply> =>
      call({ id: 'payments.differences', method: 'GET', path: '/api/v1/payments/reconciliations/{id}/differences' }, input, options),
    /** The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted. Permission: payment:read. */
    export: (input?: PaymentsExportInput, options?: CallOptions): Promise<PaymentsExportReply> =>
      call({ id: 'payments.export', method: 'GET', path: '/api/v1/payments/export' }, input, options),
    /** The same list as CSV or XLSX, at most 20,000 lines; who took it out is noted. Permission: payment:read. */
    exportRefunds: (input?: PaymentsExportRefundsInput, options?: CallOptions): Promise<PaymentsExportRefundsReply> =>
      call({ id: 'payments.exportRefunds', method: 'GET', path: '/api/v1/payments/refunds/export' }, input, options),
    /** Payments, the newest first. Permission: payment:read. */
    list: (input: PaymentsListInput, options?: CallOptions): Promise<PaymentsListReply> =>
      call({ id: 'payments.list', method: 'GET', path: '/api/v1/payments' }, input, options),
    /** Open an order a channel can be paid by. Permission: payment:take. Problems: agreement-missing, pay-channel-missing, bill-missing, bill-fixed, pay-order-paid, pay-channel-silent, pay-channel-refused. */
    order: (input: PaymentsOrderInput, options?: CallOptions): Promise<PaymentsOrderReply> =>
      call({ id: 'payments.order', method: 'POST', path: '/api/v1/payments/orders', creates: true }, input, options),
    /** Compare a day of a channel with its statement; transfers that name their lease are booked. Permission: payment:reconcile. Problems: statement-unreadable, day-reconciled, input-invalid, not-allowed, payment-reference-used. */
    reconcile: (input: PaymentsReconcileInput, options?: CallOptions): Promise<PaymentsReconcileReply> =>
      call({ id: 'payments.reconcile', method: 'POST', path: '/api/v1/payments/reconciliations', creates: true }, input, options),
    /** Give prepaid money of a lease back over the desk or by transfer; above the limit it waits for a second person. Permission: payment:refund. Problems: agreement-missing, ledger-amount-too-large, payment-reference-used, ledger-period-closed. */
    refund: (input: PaymentsRefundInput, options?: CallOptions): Promise<PaymentsRefundReply> =>
      call({ id: 'payments.refund', method: 'POST', path: '/api/v1/payments/refunds', creates: true }, input, options),
    /** Give prepaid money of a paid order back by the channel it came by; above the limit it waits for a second person. Permission: payment:refund. Problems: pay-order-missing, pay-order-unpaid, pay-channel-missing, ledger-amount-too-large, ledger-period-closed. */
    refundOrder: (input: PaymentsRefundOrderInput, options?: CallOptions): Promise<PaymentsRefundOrderReply> =>
      call({ id: 'payments.refundOrder', method: 'POST', path: '/api/v1/payments/channel-refunds', creates: true }, input, options),
    /** Money that went or is to go back, the newest first. Permission: payment:read. */
    refunds: (input: PaymentsRefundsInput, options?: CallOptions): Promise<PaymentsRefundsReply> =>
      call({ id: 'payments.refunds', method: 'GET', path: '/api/v1/payments/refunds' }, input, options),
    /** Refuse a refund that waits: its money stays prepaid. Permission: payment:confirm. Problems: pay-refund-missing, pay-refund-decided. */
    refuseRefund: (input: PaymentsRefuseRefundInput, options?: CallOptions): Promise<PaymentsRefuseRefundReply> =>
      call({ id: 'payments.refuseRefund', method: 'POST', path: '/api/v1/payments/refunds/{id}/refusal' }, input, options),
    /** Say what became of a difference. Permission: payment:reconcile. Problems: difference-missing, not-allowed. */
    resolve: (input: PaymentsResolveInput, options?: CallOptions): Promise<PaymentsResolveReply> =>
      call({ id: 'payments.resolve', method: 'POST', path: '/api/v1/payments/differences/{id}/resolution' }, input, options),
    /** Take a payment at the desk; the same number a second time changes nothing. Permission: payment:take. Problems: agreement-missing, payment-reference-used, ledger-period-closed, input-invalid. */
    take: (input: PaymentsTakeInput, options?: CallOptions): Promise<PaymentsTakeReply> =>
      call({ id: 'payments.take', method: 'POST', path: '/api/v1/payments', creates: true }, input, options),
  },
  permissions: {
    /** Every permission and the routes that ask for it. Permission: role:read. */
    list: (options?: CallOptions): Promise<PermissionsListReply> =>
      call({ id: 'permissions.list', method: 'GET', path: '/api/v1/identity/permissions' }, undefined, options),
    /** Rights that roles give and nobody has used for a time. Permission: role:read. */
    unused: (input: PermissionsUnusedInput, options?: CallOptions): Promise<PermissionsUnusedReply> =>
      call({ id: 'permissions.unused', method: 'GET', path: '/api/v1/identity/unused-rights' }, input, options),
  },
  places: {
    /** Places right below one. Permission: place:read. */
    children: (input: PlacesChildrenInput, options?: CallOptions): Promise<PlacesChildrenReply> =>
      call({ id: 'places.children', method: 'GET', path: '/api/v1/places/{id}/children' }, input, options),
    /** How many places of each kind there are. Permission: place:read. */
    counts: (input?: PlacesCountsInput, options?: CallOptions): Promise<PlacesCountsReply> =>
      call({ id: 'places.counts', method: 'GET', path: '/api/v1/places/counts' }, input, options),
    /** Add a place. Permission: place:write. Problems: place-missing, place-kind-misplaced, place-too-deep, place-code-taken, place-out-of-reach, input-invalid. */
    create: (input: PlacesCreateInput, options?: CallOptions): Promise<PlacesCreateReply> =>
      call({ id: 'places.create', method: 'POST', path: '/api/v1/places', creates: true }, input, options),
    /** Places as CSV that the import takes back, or as XLSX for people. Permission: place:read. Problems: place-missing. */
    export: (input?: PlacesExportInput, options?: CallOptions): Promise<PlacesExportReply> =>
      call({ id: 'places.export', method: 'GET', path: '/api/v1/places/export' }, input, options),
    /** One place. Permission: place:read. Problems: place-missing. */
    get: (input: PlacesGetInput, options?: CallOptions): Promise<PlacesGetReply> =>
      call({ id: 'places.get', method: 'GET', path: '/api/v1/places/{id}' }, input, options),
    /** A building as floors and houses. Permission: place:read. Problems: place-missing. */
    grid: (input: PlacesGridInput, options?: CallOptions): Promise<PlacesGridReply> =>
      call({ id: 'places.grid', method: 'GET', path: '/api/v1/places/{id}/grid' }, input, options),
    /** Add many places given as rows; all or none. Permission: place:write. Problems: place-missing, input-invalid. */
    import: (input: PlacesImportInput, options?: CallOptions): Promise<PlacesImportReply> =>
      call({ id: 'places.import', method: 'POST', path: '/api/v1/places/import' }, input, options),
    /** Add many places given as CSV; all or none, with an error sheet. Permission: place:write. Problems: place-missing. */
    importSheet: (input: PlacesImportSheetInput, options?: CallOptions): Promise<PlacesImportSheetReply> =>
      call({ id: 'places.importSheet', method: 'POST', path: '/api/v1/places/import/sheet' }, input, options),
    /** Find places by text, kind, tag or subtree. Permission: place:read. */
    list: (input: PlacesListInput, options?: CallOptions): Promise<PlacesListReply> =>
      call({ id: 'places.list', method: 'GET', path: '/api/v1/places' }, input, options),
    /** Hang a place and everything below it up elsewhere. Permission: place:write. Problems: place-missing, place-kind-misplaced, place-too-deep, place-code-taken, place-out-of-reach, input-invalid, place-in-itself, edit-conflict. */
    move: (input: PlacesMoveInput, options?: CallOptions): Promise<PlacesMoveReply> =>
      call({ id: 'places.move', method: 'POST', path: '/api/v1/places/{id}/move' }, input, options),
    /** Remove an empty place. Permission: place:write. Problems: place-missing, place-has-children, place-occupied. */
    remove: (input: PlacesRemoveInput, options?: CallOptions): Promise<PlacesRemoveReply> =>
      call({ id: 'places.remove', method: 'DELETE', path: '/api/v1/places/{id}' }, input, options),
    /** The tree below a place or the top, some levels deep. Permission: place:read. Problems: place-missing. */
    tree: (input: PlacesTreeInput, options?: CallOptions): Promise<PlacesTreeReply> =>
      call({ id: 'places.tree', method: 'GET', path: '/api/v1/places/tree' }, input, options),
    /** Take back the last import. Permission: place:write. Problems: place-batch-not-undoable, place-occupied. */
    undoImport: (options?: CallOptions): Promise<PlacesUndoImportReply> =>
      call({ id: 'places.undoImport', method: 'POST', path: '/api/v1/places/import/undo' }, undefined, options),
    /** Change fields of a place. Permission: place:write. Problems: place-missing, place-code-taken, edit-conflict, input-invalid. */
    update: (input: PlacesUpdateInput, options?: CallOptions): Promise<PlacesUpdateReply> =>
      call({ id: 'places.update', method: 'PATCH', path: '/api/v1/places/{id}' }, input, options),
  },
  plans: {
    /** Tasks made and still to come in a period, each with its procedure. Permission: plan:read. */
    calendar: (input: PlansCalendarInput, options?: CallOptions): Promise<PlansCalendarReply> =>
      call({ id: 'plans.calendar', method: 'GET', path: '/api/v1/plans/calendar' }, input, options),
    /** Change a plan for what is made from now on. Permission: plan:write. Problems: plan-missing, edit-conflict, input-invalid, not-allowed. */
    change: (input: PlansChangeInput, options?: CallOptions): Promise<PlansChangeReply> =>
      call({ id: 'plans.change', method: 'PATCH', path: '/api/v1/plans/{id}' }, input, options),
    /** Add a plan. Permission: plan:write. Problems: plan-code-taken, plan-missing, place-missing, input-invalid, not-allowed. */
    create: (input: PlansCreateInput, options?: CallOptions): Promise<PlansCreateReply> =>
      call({ id: 'plans.create', method: 'POST', path: '/api/v1/plans', creates: true }, input, options),
    /** Tasks made, done, done in time and missed, by plan. Permission: plan:read. */
    figures: (input: PlansFiguresInput, options?: CallOptions): Promise<PlansFiguresReply> =>
      call({ id: 'plans.figures', method: 'GET', path: '/api/v1/plans/figures' }, input, options),
    /** One plan with its subjects and editions. Permission: plan:read. Problems: plan-missing. */
    get: (input: PlansGetInput, options?: CallOptions): Promise<PlansGetReply> =>
      call({ id: 'plans.get', method: 'GET', path: '/api/v1/plans/{id}' }, input, options),
    /** Plans by kind, system and cycle. Permission: plan:read. */
    list: (input?: PlansListInput, options?: CallOptions): Promise<PlansListReply> =>
      call({ id: 'plans.list', method: 'GET', path: '/api/v1/plans' }, input, options),
    /** The ledger of tasks: who did what when, with how many points read and out of limit. Permission: plan:read. */
    occurrences: (input: PlansOccurrencesInput, options?: CallOptions): Promise<PlansOccurrencesReply> =>
      call({ id: 'plans.occurrences', method: 'GET', path: '/api/v1/plans/occurrences' }, input, options),
    /** The next moments of a trigger; nothing is stored. Permission: plan:read. */
    preview: (input: PlansPreviewInput, options?: CallOptions): Promise<PlansPreviewReply> =>
      call({ id: 'plans.preview', method: 'POST', path: '/api/v1/plans/preview' }, input, options),
    /** Write what was read at a point of a round; it stays as it is. Permission: case:handle. Problems: occurrence-missing, round-closed, point-read, point-unfounded, round-back-dated. */
    read: (input: PlansReadInput, options?: CallOptions): Promise<PlansReadReply> =>
      call({ id: 'plans.read', method: 'POST', path: '/api/v1/plans/occurrences/{id}/readings', creates: true }, input, options),
    /** One round with its points, what was read and whether the ledger is whole. Permission: plan:read. Problems: occurrence-missing. */
    round: (input: PlansRoundInput, options?: CallOptions): Promise<PlansRoundReply> =>
      call({ id: 'plans.round', method: 'GET', path: '/api/v1/plans/occurrences/{id}' }, input, options),
    /** Plans by period and system. Permission: plan:read. */
    tree: (options?: CallOptions): Promise<PlansTreeReply> =>
      call({ id: 'plans.tree', method: 'GET', path: '/api/v1/plans/tree' }, undefined, options),
    /** What the platform can do by itself as a plan says. Permission: plan:read. */
    works: (options?: CallOptions): Promise<PlansWorksReply> =>
      call({ id: 'plans.works', method: 'GET', path: '/api/v1/plans/works' }, undefined, options),
  },
  policy: {
    /** Rules in which this pack differs from another. Permission: policy:read. Problems: policy-pack-missing. */
    compare: (input: PolicyCompareInput, options?: CallOptions): Promise<PolicyCompareReply> =>
      call({ id: 'policy.compare', method: 'GET', path: '/api/v1/policy-packs/{id}/differences' }, input, options),
    /** Begin a new version with the numbers of this one, for the same place or another. Permission: policy:write. Problems: policy-pack-missing, place-missing, not-allowed. */
    draft: (input: PolicyDraftInput, options?: CallOptions): Promise<PolicyDraftReply> =>
      call({ id: 'policy.draft', method: 'POST', path: '/api/v1/policy-packs/{id}/drafts', creates: true }, input, options),
    /** Change numbers of a draft, each with its source. Permission: policy:write. Problems: policy-pack-missing, policy-pack-published, policy-pack-invalid, edit-conflict, not-allowed. */
    edit: (input: PolicyEditInput, options?: CallOptions): Promise<PolicyEditReply> =>
      call({ id: 'policy.edit', method: 'PATCH', path: '/api/v1/policy-packs/{id}' }, input, options),
    /** Policy packs, those in force by date first, and what rules there are. Permission: policy:read. */
    packs: (options?: CallOptions): Promise<PolicyPacksReply> =>
      call({ id: 'policy.packs', method: 'GET', path: '/api/v1/policy-packs' }, undefined, options),
    /** Put a draft in force from a date on; by somebody who did not draft it. Permission: policy:publish. Problems: policy-pack-missing, policy-pack-published, policy-pack-own-draft, policy-pack-invalid, not-allowed. */
    publish: (input: PolicyPublishInput, options?: CallOptions): Promise<PolicyPublishReply> =>
      call({ id: 'policy.publish', method: 'POST', path: '/api/v1/policy-packs/{id}/publication' }, input, options),
    /** What past decisions would have been under this pack; nothing is changed. Permission: policy:write. Problems: policy-pack-missing, input-invalid. */
    replay: (input: PolicyReplayInput, options?: CallOptions): Promise<PolicyReplayReply> =>
      call({ id: 'policy.replay', method: 'POST', path: '/api/v1/policy-packs/{id}/replays' }, input, options),
  },
  privacy: {
    /** Grant or refuse a request, with an answer. Permission: privacy:handle. Problems: rights-request-missing, rights-request-decided, own-rights-request, edit-conflict, proposal-decided, party-at-rest. */
    decide: (input: PrivacyDecideInput, options?: CallOptions): Promise<PrivacyDecideReply> =>
      call({ id: 'privacy.decide', method: 'POST', path: '/api/v1/privacy-requests/{id}/decision' }, input, options),
    /** One request, with what a correction asks for, masked. Permission: privacy:read. Problems: rights-request-missing. */
    get: (input: PrivacyGetInput, options?: CallOptions): Promise<PrivacyGetReply> =>
      call({ id: 'privacy.get', method: 'GET', path: '/api/v1/privacy-requests/{id}' }, input, options),
    /** What people ask concerning their own data; with `overdue` those not answered in time. Permission: privacy:read. Problems: input-invalid. */
    requests: (input: PrivacyRequestsInput, options?: CallOptions): Promise<PrivacyRequestsReply> =>
      call({ id: 'privacy.requests', method: 'GET', path: '/api/v1/privacy-requests' }, input, options),
  },
  records: {
    /** What is known of a file. Permission: record:read. Problems: record-missing, record-gone. */
    get: (input: RecordsGetInput, options?: CallOptions): Promise<RecordsGetReply> =>
      call({ id: 'records.get', method: 'GET', path: '/api/v1/records/{id}' }, input, options),
    /** Put a file under legal hold, or take it off. Permission: record:hold. Problems: record-missing, record-gone. */
    hold: (input: RecordsHoldInput, options?: CallOptions): Promise<RecordsHoldReply> =>
      call({ id: 'records.hold', method: 'PUT', path: '/api/v1/records/{id}/legal-hold' }, input, options),
    /** Files of a subject, newest first. Permission: record:read. */
    list: (input: RecordsListInput, options?: CallOptions): Promise<RecordsListReply> =>
      call({ id: 'records.list', method: 'GET', path: '/api/v1/records' }, input, options),
    /** The file itself; of level 3 each look is journaled with its purpose. Permission: record:read. Problems: record-missing, record-gone. */
    open: (input: RecordsOpenInput, options?: CallOptions): Promise<RecordsOpenReply> =>
      call({ id: 'records.open', method: 'GET', path: '/api/v1/records/{id}/content' }, input, options),
    /** Put a file in: its bytes as application/octet-stream, its labels in the query. Permission: record:write. Problems: record-unlabelled, record-media-type-mismatch, record-too-large, place-missing, not-allowed, input-invalid. */
    put: (input: RecordsPutInput, options?: CallOptions): Promise<RecordsPutReply> =>
      call({ id: 'records.put', method: 'POST', path: '/api/v1/records', creates: true }, input, options),
    /** Make a file unreadable for good. Permission: record:write. Problems: record-missing, record-gone, record-held. */
    remove: (input: RecordsRemoveInput, options?: CallOptions): Promise<RecordsRemoveReply> =>
      call({ id: 'records.remove', method: 'DELETE', path: '/api/v1/records/{id}' }, input, options),
  },
  repairCalls: {
    /** Write down a repair a tenant told of by telephone or at the counter. Permission: case:write. Problems: agreement-missing, not-allowed. */
    take: (input: RepairCallsTakeInput, options?: CallOptions): Promise<RepairCallsTakeReply> =>
      call({ id: 'repairCalls.take', method: 'POST', path: '/api/v1/repair-calls', creates: true }, input, options),
  },
  risk: {
    /** Close a warning with action, person, result and feedback. Permission: risk:handle. Problems: warning-missing, warning-closed, warning-close-incomplete, edit-conflict. */
    close: (input: RiskCloseInput, options?: CallOptions): Promise<RiskCloseReply> =>
      call({ id: 'risk.close', method: 'POST', path: '/api/v1/risk/{id}/closure' }, input, options),
    /** What people said of closed warnings, by kind. Permission: risk:read. */
    feedback: (options?: CallOptions): Promise<RiskFeedbackReply> =>
      call({ id: 'risk.feedback', method: 'GET', path: '/api/v1/risk/feedback' }, undefined, options),
    /** One warning with its reasons and steps. Permission: risk:read. Problems: warning-missing. */
    get: (input: RiskGetInput, options?: CallOptions): Promise<RiskGetReply> =>
      call({ id: 'risk.get', method: 'GET', path: '/api/v1/risk/{id}' }, input, options),
    /** Warnings, newest first: grade and reasons, no persons. Permission: risk:read. Problems: input-invalid. */
    list: (input: RiskListInput, options?: CallOptions): Promise<RiskListReply> =>
      call({ id: 'risk.list', method: 'GET', path: '/api/v1/risk' }, input, options),
    /** Open warnings by kind and how long they wait. Permission: risk:read. */
    openAges: (options?: CallOptions): Promise<RiskOpenAgesReply> =>
      call({ id: 'risk.openAges', method: 'GET', path: '/api/v1/risk/open-ages' }, undefined, options),
    /** Open the violation case of a warning; the same again answers the same case. Permission: risk:handle. Problems: warning-missing, warning-closed. */
    openCase: (input: RiskOpenCaseInput, options?: CallOptions): Promise<RiskOpenCaseReply> =>
      call({ id: 'risk.openCase', method: 'POST', path: '/api/v1/risk/{id}/case' }, input, options),
    /** Take a warning over. Permission: risk:handle. Problems: warning-missing, warning-closed. */
    own: (input: RiskOwnInput, options?: CallOptions): Promise<RiskOwnReply> =>
      call({ id: 'risk.own', method: 'POST', path: '/api/v1/risk/{id}/owner' }, input, options),
    /** A warning about a home by hand, from what somebody saw; goes the way of all others. Permission: risk:handle. Problems: house-missing. */
    raise: (input: RiskRaiseInput, options?: CallOptions): Promise<RiskRaiseReply> =>
      call({ id: 'risk.raise', method: 'POST', path: '/api/v1/risk', creates: true }, input, options),
    /** What stands behind the sums and whom the contract names; after a case was opened, for a reason. Permission: risk:handle. Problems: warning-missing, warning-case-first. */
    reveal: (input: RiskRevealInput, options?: CallOptions): Promise<RiskRevealReply> =>
      call({ id: 'risk.reveal', method: 'POST', path: '/api/v1/risk/{id}/detail' }, input, options),
    /** The numbers homes and leases are judged by. Permission: risk:read. */
    rules: (options?: CallOptions): Promise<RiskRulesReply> =>
      call({ id: 'risk.rules', method: 'GET', path: '/api/v1/risk/rules' }, undefined, options),
    /** Set the numbers homes and leases are judged by; holds from the next look on. Permission: risk:configure. Problems: input-invalid, edit-conflict. */
    setRules: (input: RiskSetRulesInput, options?: CallOptions): Promise<RiskSetRulesReply> =>
      call({ id: 'risk.setRules', method: 'PUT', path: '/api/v1/risk/rules' }, input, options),
  },
  roles: {
    /** Add a role. Permission: role:write. Problems: role-code-taken, right-not-held, permission-unknown, confirmation-needed. */
    create: (input: RolesCreateInput, options?: CallOptions): Promise<RolesCreateReply> =>
      call({ id: 'roles.create', method: 'POST', path: '/api/v1/identity/roles', creates: true }, input, options),
    /** Delete a role nobody holds. Permission: role:write. Problems: role-missing, role-in-use, confirmation-needed. */
    delete: (input: RolesDeleteInput, options?: CallOptions): Promise<RolesDeleteReply> =>
      call({ id: 'roles.delete', method: 'DELETE', path: '/api/v1/identity/roles/{id}' }, input, options),
    /** One role. Permission: role:read. Problems: role-missing. */
    get: (input: RolesGetInput, options?: CallOptions): Promise<RolesGetReply> =>
      call({ id: 'roles.get', method: 'GET', path: '/api/v1/identity/roles/{id}' }, input, options),
    /** Roles of the organisation. Permission: role:read. */
    list: (options?: CallOptions): Promise<RolesListReply> =>
      call({ id: 'roles.list', method: 'GET', path: '/api/v1/identity/roles' }, undefined, options),
    /** Change names and rights of a role. Permission: role:write. Problems: role-missing, edit-conflict, last-administrator, right-not-held, permission-unknown, confirmation-needed. */
    update: (input: RolesUpdateInput, options?: CallOptions): Promise<RolesUpdateReply> =>
      call({ id: 'roles.update', method: 'PATCH', path: '/api/v1/identity/roles/{id}' }, input, options),
  },
  scenes: {
    /** Write a scene: commands in an order. Permission: command:scene. Problems: thing-missing, autonomy-protected, service-unknown, command-input-invalid, command-level-too-low, not-allowed, command-secret-not-kept, scene-name-taken. */
    create: (input: ScenesCreateInput, options?: CallOptions): Promise<ScenesCreateReply> =>
      call({ id: 'scenes.create', method: 'POST', path: '/api/v1/scenes', creates: true }, input, options),
    /** One scene. Permission: command:read. Problems: scene-missing. */
    get: (input: ScenesGetInput, options?: CallOptions): Promise<ScenesGetReply> =>
      call({ id: 'scenes.get', method: 'GET', path: '/api/v1/scenes/{id}' }, input, options),
    /** Scenes. Permission: command:read. */
    list: (options?: CallOptions): Promise<ScenesListReply> =>
      call({ id: 'scenes.list', method: 'GET', path: '/api/v1/scenes' }, undefined, options),
    /** Remove a scene. Permission: command:scene. Problems: scene-missing. */
    remove: (input: ScenesRemoveInput, options?: CallOptions): Promise<ScenesRemoveReply> =>
      call({ id: 'scenes.remove', method: 'DELETE', path: '/api/v1/scenes/{id}' }, input, options),
    /** Run a scene; what fails is told, the rest goes on. Permission: command:send. Problems: scene-missing. */
    run: (input: ScenesRunInput, options?: CallOptions): Promise<ScenesRunReply> =>
      call({ id: 'scenes.run', method: 'POST', path: '/api/v1/scenes/{id}/runs', creates: true }, input, options),
    /** Change a scene. Permission: command:scene. Problems: thing-missing, autonomy-protected, service-unknown, command-input-invalid, command-level-too-low, not-allowed, command-secret-not-kept, scene-missing, scene-name-taken, edit-conflict. */
    update: (input: ScenesUpdateInput, options?: CallOptions): Promise<ScenesUpdateReply> =>
      call({ id: 'scenes.update', method: 'PUT', path: '/api/v1/scenes/{id}' }, input, options),
  },
  sessions: {
    /** Begin to set up a second factor: what the authenticator app needs. Permission: signed-in. Problems: second-factor-present, confirmation-needed, session-not-ready, session-missing. */
    beginEnrolment: (options?: CallOptions): Promise<SessionsBeginEnrolmentReply> =>
      call({ id: 'sessions.beginEnrolment', method: 'POST', path: '/api/v1/sessions/current/enrolment' }, undefined, options),
    /** Change one’s password; all other sessions end. Permission: signed-in. Problems: answer-refused, sign-in-blocked, session-not-ready, session-missing, password-too-weak. */
    changePassword: (input: SessionsChangePasswordInput, options?: CallOptions): Promise<SessionsChangePasswordReply> =>
      call({ id: 'sessions.changePassword', method: 'POST', path: '/api/v1/sessions/current/password' }, input, options),
    /** Show the password or a code once more before sensitive acts. Permission: signed-in. Problems: answer-refused, sign-in-blocked, session-not-ready, session-missing. */
    confirm: (input: SessionsConfirmInput, options?: CallOptions): Promise<SessionsConfirmReply> =>
      call({ id: 'sessions.confirm', method: 'POST', path: '/api/v1/sessions/current/confirmation' }, input, options),
    /** End the set-up with a first code; recovery codes are in the answer, once. Permission: signed-in. Problems: answer-refused, sign-in-blocked, session-not-ready, session-missing. */
    confirmEnrolment: (input: SessionsConfirmEnrolmentInput, options?: CallOptions): Promise<SessionsConfirmEnrolmentReply> =>
      call({ id: 'sessions.confirmEnrolment', method: 'POST', path: '/api/v1/sessions/current/enrolment/confirmation' }, input, options),
    /** Sign in with name and password. Permission: open. Problems: sign-in-refused, sign-in-blocked. */
    create: (input: SessionsCreateInput, options?: CallOptions): Promise<SessionsCreateReply> =>
      call({ id: 'sessions.create', method: 'POST', path: '/api/v1/sessions', creates: true }, input, options),
    /** Sign in as a tenant with phone number and one-time code. Permission: open. Problems: sign-in-refused, sign-in-blocked. */
    createByCode: (input: SessionsCreateByCodeInput, options?: CallOptions): Promise<SessionsCreateByCodeReply> =>
      call({ id: 'sessions.createByCode', method: 'POST', path: '/api/v1/sessions/by-code', creates: true }, input, options),
    /** Who is signed in, and what he may do. Permission: signed-in. Problems: session-missing. */
    current: (options?: CallOptions): Promise<SessionsCurrentReply> =>
      call({ id: 'sessions.current', method: 'GET', path: '/api/v1/sessions/current' }, undefined, options),
    /** Sign out. Permission: signed-in. Problems: session-missing. */
    end: (options?: CallOptions): Promise<SessionsEndReply> =>
      call({ id: 'sessions.end', method: 'DELETE', path: '/api/v1/sessions/current' }, undefined, options),
    /** One’s own open sessions. Permission: signed-in. Problems: session-not-ready. */
    list: (options?: CallOptions): Promise<SessionsListReply> =>
      call({ id: 'sessions.list', method: 'GET', path: '/api/v1/sessions' }, undefined, options),
    /** What the sign-in page must say before anyone is signed in. Permission: open. */
    policy: (options?: CallOptions): Promise<SessionsPolicyReply> =>
      call({ id: 'sessions.policy', method: 'GET', path: '/api/v1/sessions/policy' }, undefined, options),
    /** Give the second factor up, where none is required. Permission: signed-in. Problems: second-factor-required, confirmation-needed, session-not-ready. */
    removeFactor: (options?: CallOptions): Promise<SessionsRemoveFactorReply> =>
      call({ id: 'sessions.removeFactor', method: 'DELETE', path: '/api/v1/sessions/current/enrolment' }, undefined, options),
    /** Another ten recovery codes; the old ones are void. Permission: signed-in. Problems: confirmation-needed, session-not-ready. */
    renewRecovery: (options?: CallOptions): Promise<SessionsRenewRecoveryReply> =>
      call({ id: 'sessions.renewRecovery', method: 'POST', path: '/api/v1/sessions/current/recovery-codes' }, undefined, options),
    /** End another session of one’s own. Permission: signed-in. Problems: session-missing, session-not-ready. */
    revoke: (input: SessionsRevokeInput, options?: CallOptions): Promise<SessionsRevokeReply> =>
      call({ id: 'sessions.revoke', method: 'DELETE', path: '/api/v1/sessions/{id}' }, input, options),
    /** Ask for a one-time code by text message; the same answer for a number nobody has. Permission: open. Problems: sign-in-blocked. */
    sendCode: (input: SessionsSendCodeInput, options?: CallOptions): Promise<SessionsSendCodeReply> =>
      call({ id: 'sessions.sendCode', method: 'POST', path: '/api/v1/sessions/codes' }, input, options),
    /** Choose the language of pages and messages. Permission: signed-in. */
    setLanguage: (input: SessionsSetLanguageInput, options?: CallOptions): Promise<SessionsSetLanguageReply> =>
      call({ id: 'sessions.setLanguage', method: 'PATCH', path: '/api/v1/sessions/current' }, input, options),
    /** Show the second factor: a code of the device, or one from paper. Permission: signed-in. Problems: answer-refused, sign-in-blocked, session-not-ready, session-missing. */
    verify: (input: SessionsVerifyInput, options?: CallOptions): Promise<SessionsVerifyReply> =>
      call({ id: 'sessions.verify', method: 'POST', path: '/api/v1/sessions/current/second-factor' }, input, options),
  },
  supervision: {
    /** Name a terminal, what it answers for and from which severity on. Permission: supervision:write. Problems: supervision-terminal-taken, place-missing, not-allowed. */
    addTerminal: (input: SupervisionAddTerminalInput, options?: CallOptions): Promise<SupervisionAddTerminalReply> =>
      call({ id: 'supervision.addTerminal', method: 'POST', path: '/api/v1/supervision/terminals', creates: true }, input, options),
    /** Every figure for a place now or at the end of a day, and how devices, warnings and violations are spread. Permission: measure:read. Problems: place-missing, input-invalid. */
    board: (input?: SupervisionBoardInput, options?: CallOptions): Promise<SupervisionBoardReply> =>
      call({ id: 'supervision.board', method: 'GET', path: '/api/v1/supervision/board' }, input, options),
    /** Send a terminal nothing more; what it received is kept. Permission: supervision:write. Problems: supervision-terminal-missing. */
    endTerminal: (input: SupervisionEndTerminalInput, options?: CallOptions): Promise<SupervisionEndTerminalReply> =>
      call({ id: 'supervision.endTerminal', method: 'DELETE', path: '/api/v1/supervision/terminals/{id}' }, input, options),
    /** Make the report of a month by the form of a region; each month makes its own by itself. Permission: supervision:write. Problems: supervision-template-missing, input-invalid, not-allowed, supervision-export-invalid. */
    makeReport: (input: SupervisionMakeReportInput, options?: CallOptions): Promise<SupervisionMakeReportReply> =>
      call({ id: 'supervision.makeReport', method: 'POST', path: '/api/v1/supervision/reports', creates: true }, input, options),
    /** The terminal says that it has a warning. Permission: supervision:read. Problems: supervision-terminal-missing, supervision-warning-missing, not-allowed. */
    receive: (input: SupervisionReceiveInput, options?: CallOptions): Promise<SupervisionReceiveReply> =>
      call({ id: 'supervision.receive', method: 'POST', path: '/api/v1/supervision/terminals/{id}/receipts' }, input, options),
    /** A report as page, page for a narrow screen, PDF, XLSX, or as the region takes it in. Permission: supervision:read. Problems: supervision-report-missing, not-allowed, supervision-export-invalid. */
    reportFile: (input: SupervisionReportFileInput, options?: CallOptions): Promise<SupervisionReportFileReply> =>
      call({ id: 'supervision.reportFile', method: 'GET', path: '/api/v1/supervision/reports/{id}/file' }, input, options),
    /** Reports that were made, the newest month first. Permission: supervision:read. Problems: not-allowed. */
    reports: (options?: CallOptions): Promise<SupervisionReportsReply> =>
      call({ id: 'supervision.reports', method: 'GET', path: '/api/v1/supervision/reports' }, undefined, options),
    /** When each report is made by itself, as which files it is sent, and to whom. Permission: supervision:read. Problems: not-allowed. */
    schedules: (options?: CallOptions): Promise<SupervisionSchedulesReply> =>
      call({ id: 'supervision.schedules', method: 'GET', path: '/api/v1/supervision/schedules' }, undefined, options),
    /** Set the day and hour a report is made at by itself, its files and receivers, or switch it off. Permission: supervision:write. Problems: report-kind-missing, not-allowed, input-invalid. */
    setSchedule: (input: SupervisionSetScheduleInput, options?: CallOptions): Promise<SupervisionSetScheduleReply> =>
      call({ id: 'supervision.setSchedule', method: 'PUT', path: '/api/v1/supervision/schedules/{report}' }, input, options),
    /** Forms of the regions, with the schema of what they take in. Permission: supervision:read. */
    templates: (options?: CallOptions): Promise<SupervisionTemplatesReply> =>
      call({ id: 'supervision.templates', method: 'GET', path: '/api/v1/supervision/templates' }, undefined, options),
    /** Named terminals that key warnings are sent to. Permission: supervision:read. */
    terminals: (options?: CallOptions): Promise<SupervisionTerminalsReply> =>
      call({ id: 'supervision.terminals', method: 'GET', path: '/api/v1/supervision/terminals' }, undefined, options),
    /** Send a terminal a word to see whether it hears. Permission: supervision:write. Problems: supervision-terminal-missing. */
    testTerminal: (input: SupervisionTestTerminalInput, options?: CallOptions): Promise<SupervisionTestTerminalReply> =>
      call({ id: 'supervision.testTerminal', method: 'POST', path: '/api/v1/supervision/terminals/{id}/tests', creates: true }, input, options),
    /** What a terminal was sent, with its receipts. Permission: supervision:read. Problems: supervision-terminal-missing. */
    warnings: (input: SupervisionWarningsInput, options?: CallOptions): Promise<SupervisionWarningsReply> =>
      call({ id: 'supervision.warnings', method: 'GET', path: '/api/v1/supervision/terminals/{id}/warnings' }, input, options),
  },
  swaps: {
    /** Approve with house and day: the new contracts go out for signing, the old ones end the day before. Permission: allocation:write. Problems: swap-missing, swap-step-refused, edit-conflict, swap-house-taken, swap-not-possible, swap-renewal-first, swap-arrears, swap-date-refused, house-missing, agreement-missing, lease-not-followable, lease-period-refused. */
    approve: (input: SwapsApproveInput, options?: CallOptions): Promise<SwapsApproveReply> =>
      call({ id: 'swaps.approve', method: 'POST', path: '/api/v1/swaps/{id}/approval' }, input, options),
    /** Call a change of houses off before its day: its contracts are void. Permission: allocation:write. Problems: swap-missing, swap-step-refused, edit-conflict. */
    cancel: (input: SwapsCancelInput, options?: CallOptions): Promise<SwapsCancelReply> =>
      call({ id: 'swaps.cancel', method: 'POST', path: '/api/v1/swaps/{id}/cancellation' }, input, options),
    /** How many changes of houses stand where. Permission: allocation:read. */
    counts: (options?: CallOptions): Promise<SwapsCountsReply> =>
      call({ id: 'swaps.counts', method: 'GET', path: '/api/v1/swaps/counts' }, undefined, options),
    /** One change of houses: households, houses, contracts, meters, and what is open. Permission: allocation:read. Problems: swap-missing. */
    get: (input: SwapsGetInput, options?: CallOptions): Promise<SwapsGetReply> =>
      call({ id: 'swaps.get', method: 'GET', path: '/api/v1/swaps/{id}' }, input, options),
    /** Changes of houses, newest first. Permission: allocation:read. */
    list: (input: SwapsListInput, options?: CallOptions): Promise<SwapsListReply> =>
      call({ id: 'swaps.list', method: 'GET', path: '/api/v1/swaps' }, input, options),
    /** What the meters of the houses that are left told by themselves, up to the last day. Permission: allocation:read. Problems: swap-missing. */
    meters: (input: SwapsMetersInput, options?: CallOptions): Promise<SwapsMetersReply> =>
      call({ id: 'swaps.meters', method: 'GET', path: '/api/v1/swaps/{id}/meters' }, input, options),
    /** Write down the meters of a house that is left, as they stood on the last day. Permission: allocation:write. Problems: swap-missing, swap-step-refused, swap-readings-refused, agreement-missing. */
    read: (input: SwapsReadInput, options?: CallOptions): Promise<SwapsReadReply> =>
      call({ id: 'swaps.read', method: 'POST', path: '/api/v1/swaps/{id}/readings' }, input, options),
    /** Refuse a change of houses, with the reason the household reads. Permission: allocation:write. Problems: swap-missing, swap-step-refused, edit-conflict. */
    refuse: (input: SwapsRefuseInput, options?: CallOptions): Promise<SwapsRefuseReply> =>
      call({ id: 'swaps.refuse', method: 'POST', path: '/api/v1/swaps/{id}/refusal' }, input, options),
  },
  system: {
    /** Backups at hand and the moments they can be restored to. Permission: system:read. */
    backups: (options?: CallOptions): Promise<SystemBackupsReply> =>
      call({ id: 'system.backups', method: 'GET', path: '/api/v1/system/backups' }, undefined, options),
    /** Change thresholds of probes. Permission: system:write. Problems: edit-conflict. */
    changeThresholds: (input: SystemChangeThresholdsInput, options?: CallOptions): Promise<SystemChangeThresholdsReply> =>
      call({ id: 'system.changeThresholds', method: 'PUT', path: '/api/v1/system/thresholds' }, input, options),
    /** Events that a subscription failed on. Permission: system:read. */
    deliveries: (input?: SystemDeliveriesInput, options?: CallOptions): Promise<SystemDeliveriesReply> =>
      call({ id: 'system.deliveries', method: 'GET', path: '/api/v1/system/deliveries' }, input, options),
    /** Background jobs with their last run and what is wrong with them. Permission: system:read. */
    jobs: (options?: CallOptions): Promise<SystemJobsReply> =>
      call({ id: 'system.jobs', method: 'GET', path: '/api/v1/system/jobs' }, undefined, options),
    /** Ports at which devices are heard; 0 = not open. Permission: thing:read. */
    listeners: (options?: CallOptions): Promise<SystemListenersReply> =>
      call({ id: 'system.listeners', method: 'GET', path: '/api/v1/system/listeners' }, undefined, options),
    /** Try a failed delivery again now. Permission: system:write. Problems: delivery-missing. */
    retryDelivery: (input: SystemRetryDeliveryInput, options?: CallOptions): Promise<SystemRetryDeliveryReply> =>
      call({ id: 'system.retryDelivery', method: 'POST', path: '/api/v1/system/deliveries/{event}/{subscription}/retry' }, input, options),
    /** The platform's own condition: probes, processes, database, queues. Permission: system:read. */
    status: (options?: CallOptions): Promise<SystemStatusReply> =>
      call({ id: 'system.status', method: 'GET', path: '/api/v1/system/status' }, undefined, options),
    /** From when on a probe is in trouble. Permission: system:read. */
    thresholds: (options?: CallOptions): Promise<SystemThresholdsReply> =>
      call({ id: 'system.thresholds', method: 'GET', path: '/api/v1/system/thresholds' }, undefined, options),
  },
  telemetry: {
    /** Figures by the hour or by the local day. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    aggregate: (input: TelemetryAggregateInput, options?: CallOptions): Promise<TelemetryAggregateReply> =>
      call({ id: 'telemetry.aggregate', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/aggregate' }, input, options),
    /** How much a counter rose, or the area under a rate such as power. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    consumption: (input: TelemetryConsumptionInput, options?: CallOptions): Promise<TelemetryConsumptionReply> =>
      call({ id: 'telemetry.consumption', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/consumption' }, input, options),
    /** How long words took from the device to here, by model, and how many broke the limit of their class. Permission: telemetry:read. Problems: telemetry-span-refused. */
    delays: (input: TelemetryDelaysInput, options?: CallOptions): Promise<TelemetryDelaysReply> =>
      call({ id: 'telemetry.delays', method: 'GET', path: '/api/v1/telemetry/delays' }, input, options),
    /** What a thing said happened, newest first. Permission: telemetry:read. Problems: thing-missing, input-invalid. */
    events: (input: TelemetryEventsInput, options?: CallOptions): Promise<TelemetryEventsReply> =>
      call({ id: 'telemetry.events', method: 'GET', path: '/api/v1/telemetry/things/{thing}/events' }, input, options),
    /** All readings of a span as CSV for programs. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    export: (input: TelemetryExportInput, options?: CallOptions): Promise<TelemetryExportReply> =>
      call({ id: 'telemetry.export', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/readings.csv' }, input, options),
    /** All readings of a span as XLSX for people. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    exportSheet: (input: TelemetryExportSheetInput, options?: CallOptions): Promise<TelemetryExportSheetReply> =>
      call({ id: 'telemetry.exportSheet', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/readings.xlsx' }, input, options),
    /** What came in the last minute, and how far its followers are behind. Permission: system:read. */
    figures: (options?: CallOptions): Promise<TelemetryFiguresReply> =>
      call({ id: 'telemetry.figures', method: 'GET', path: '/api/v1/telemetry/intake' }, undefined, options),
    /** A curve for a chart some pixels wide. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    history: (input: TelemetryHistoryInput, options?: CallOptions): Promise<TelemetryHistoryReply> =>
      call({ id: 'telemetry.history', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/history' }, input, options),
    /** Keep signals for so many years, five at least. Permission: system:write. Problems: telemetry-keeping-too-short. */
    keep: (input: TelemetryKeepInput, options?: CallOptions): Promise<TelemetryKeepReply> =>
      call({ id: 'telemetry.keep', method: 'PUT', path: '/api/v1/telemetry/keeping' }, input, options),
    /** How many years signals are kept. Permission: system:read. */
    keeping: (options?: CallOptions): Promise<TelemetryKeepingReply> =>
      call({ id: 'telemetry.keeping', method: 'GET', path: '/api/v1/telemetry/keeping' }, undefined, options),
    /** Newest value of each property of a thing. Permission: telemetry:read. Problems: thing-missing. */
    latest: (input: TelemetryLatestInput, options?: CallOptions): Promise<TelemetryLatestReply> =>
      call({ id: 'telemetry.latest', method: 'GET', path: '/api/v1/telemetry/things/{thing}/latest' }, input, options),
    /** Newest values of many things at once; things out of reach are left out. Permission: telemetry:read. */
    latestOf: (input: TelemetryLatestOfInput, options?: CallOptions): Promise<TelemetryLatestOfReply> =>
      call({ id: 'telemetry.latest-of', method: 'POST', path: '/api/v1/telemetry/latest' }, input, options),
    /** Readings another cloud delivers; acknowledged once they are committed. Permission: telemetry:write. Problems: input-invalid, telemetry-too-many-sources, overloaded. */
    push: (input: TelemetryPushInput, options?: CallOptions): Promise<TelemetryPushReply> =>
      call({ id: 'telemetry.push', method: 'POST', path: '/api/v1/telemetry/readings' }, input, options),
    /** Readings one by one, with quality, receive time and source. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    raw: (input: TelemetryRawInput, options?: CallOptions): Promise<TelemetryRawReply> =>
      call({ id: 'telemetry.raw', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/readings' }, input, options),
    /** Which state when, and the share of time in each. Permission: telemetry:read. Problems: thing-missing, telemetry-property-missing, telemetry-span-refused, input-invalid. */
    timeline: (input: TelemetryTimelineInput, options?: CallOptions): Promise<TelemetryTimelineReply> =>
      call({ id: 'telemetry.timeline', method: 'GET', path: '/api/v1/telemetry/things/{thing}/properties/{property}/timeline' }, input, options),
  },
  things: {
    /** Take the device certificates of an authority; it is checked before. Permission: thing:credential. Problems: authority-invalid, authority-taken, thing-out-of-reach. */
    addAuthority: (input: ThingsAddAuthorityInput, options?: CallOptions): Promise<ThingsAddAuthorityReply> =>
      call({ id: 'things.addAuthority', method: 'POST', path: '/api/v1/things/authorities', creates: true }, input, options),
    /** Add a spare part. Permission: thing:write. Problems: part-code-taken. */
    addPart: (input: ThingsAddPartInput, options?: CallOptions): Promise<ThingsAddPartReply> =>
      call({ id: 'things.addPart', method: 'POST', path: '/api/v1/things/parts', creates: true }, input, options),
    /** What a thing says of itself and what it is told. Permission: thing:read. Problems: thing-missing. */
    attributes: (input: ThingsAttributesInput, options?: CallOptions): Promise<ThingsAttributesReply> =>
      call({ id: 'things.attributes', method: 'GET', path: '/api/v1/things/{id}/attributes' }, input, options),
    /** Authorities whose device certificates are taken. Permission: thing:credential. */
    authorities: (options?: CallOptions): Promise<ThingsAuthoritiesReply> =>
      call({ id: 'things.authorities', method: 'GET', path: '/api/v1/things/authorities' }, undefined, options),
    /** Hold a chain of SM2 certificates, leaf first, against what the model must bring. Permission: thing:credential. Problems: thing-missing. */
    checkCertificate: (input: ThingsCheckCertificateInput, options?: CallOptions): Promise<ThingsCheckCertificateReply> =>
      call({ id: 'things.checkCertificate', method: 'POST', path: '/api/v1/things/{id}/certificate-check' }, input, options),
    /** Which device types, sites and devices fall short of the device contract. Permission: thing:read. */
    contractReport: (input: ThingsContractReportInput, options?: CallOptions): Promise<ThingsContractReportReply> =>
      call({ id: 'things.contractReport', method: 'GET', path: '/api/v1/things/contract-report' }, input, options),
    /** Every point in which a device falls short, as CSV for programs or XLSX for people. Permission: thing:read. */
    contractReportExport: (input?: ThingsContractReportExportInput, options?: CallOptions): Promise<ThingsContractReportExportReply> =>
      call({ id: 'things.contractReportExport', method: 'GET', path: '/api/v1/things/contract-report/export' }, input, options),
    /** Register a thing. Permission: thing:write. Problems: input-invalid, thing-code-taken, thing-out-of-reach, model-missing. */
    create: (input: ThingsCreateInput, options?: CallOptions): Promise<ThingsCreateReply> =>
      call({ id: 'things.create', method: 'POST', path: '/api/v1/things', creates: true }, input, options),
    /** What a thing is known by; never the secrets themselves. Permission: thing:credential. Problems: thing-missing. */
    credentials: (input: ThingsCredentialsInput, options?: CallOptions): Promise<ThingsCredentialsReply> =>
      call({ id: 'things.credentials', method: 'GET', path: '/api/v1/things/{id}/credentials' }, input, options),
    /** Set what a thing should be; null takes a key away. Permission: command:send. Problems: thing-missing, edit-conflict, autonomy-protected, input-invalid. */
    desire: (input: ThingsDesireInput, options?: CallOptions): Promise<ThingsDesireReply> =>
      call({ id: 'things.desire', method: 'PUT', path: '/api/v1/things/{id}/desired' }, input, options),
    /** What a thing should be, what it says it is, and the difference. Permission: thing:read. Problems: thing-missing. */
    desired: (input: ThingsDesiredInput, options?: CallOptions): Promise<ThingsDesiredReply> =>
      call({ id: 'things.desired', method: 'GET', path: '/api/v1/things/{id}/desired' }, input, options),
    /** Take them no longer; sessions opened with them are cut. Permission: thing:credential. Problems: not-found, thing-out-of-reach. */
    endAuthority: (input: ThingsEndAuthorityInput, options?: CallOptions): Promise<ThingsEndAuthorityReply> =>
      call({ id: 'things.endAuthority', method: 'DELETE', path: '/api/v1/things/authorities/{id}' }, input, options),
    /** The certificates and acceptance records of a thing. Permission: thing:read. Problems: thing-missing. */
    evidence: (input: ThingsEvidenceInput, options?: CallOptions): Promise<ThingsEvidenceReply> =>
      call({ id: 'things.evidence', method: 'GET', path: '/api/v1/things/{id}/evidence' }, input, options),
    /** Things that match all given filters, as CSV for programs or XLSX for people. Permission: thing:read. */
    export: (input?: ThingsExportInput, options?: CallOptions): Promise<ThingsExportReply> =>
      call({ id: 'things.export', method: 'GET', path: '/api/v1/things/export' }, input, options),
    /** Say which spare parts fit a thing. Permission: thing:write. Problems: thing-missing, part-missing. */
    fitParts: (input: ThingsFitPartsInput, options?: CallOptions): Promise<ThingsFitPartsReply> =>
      call({ id: 'things.fitParts', method: 'PUT', path: '/api/v1/things/{id}/parts' }, input, options),
    /** One thing. Permission: thing:read. Problems: thing-missing. */
    get: (input: ThingsGetInput, options?: CallOptions): Promise<ThingsGetReply> =>
      call({ id: 'things.get', method: 'GET', path: '/api/v1/things/{id}' }, input, options),
    /** Register many things given as rows; all or none. Permission: thing:write. Problems: input-invalid. */
    import: (input: ThingsImportInput, options?: CallOptions): Promise<ThingsImportReply> =>
      call({ id: 'things.import', method: 'POST', path: '/api/v1/things/import' }, input, options),
    /** Register many things given as CSV; all or none, with an error sheet. Permission: thing:write. Problems: input-invalid. */
    importSheet: (input: ThingsImportSheetInput, options?: CallOptions): Promise<ThingsImportSheetReply> =>
      call({ id: 'things.importSheet', method: 'POST', path: '/api/v1/things/import/sheet' }, input, options),
    /** Issue a credential; its value is in this answer and nowhere else. Permission: thing:credential. Problems: thing-missing, input-invalid, credential-reused, credential-kind-refused, username-taken. */
    issueCredential: (input: ThingsIssueCredentialInput, options?: CallOptions): Promise<ThingsIssueCredentialReply> =>
      call({ id: 'things.issueCredential', method: 'POST', path: '/api/v1/things/{id}/credentials', creates: true }, input, options),
    /** Things that match all given filters. Permission: thing:read. Problems: input-invalid. */
    list: (input: ThingsListInput, options?: CallOptions): Promise<ThingsListReply> =>
      call({ id: 'things.list', method: 'GET', path: '/api/v1/things' }, input, options),
    /** Record what was done to a thing and which parts it took. Permission: thing:write. Problems: thing-missing, part-missing, part-out-of-stock. */
    maintain: (input: ThingsMaintainInput, options?: CallOptions): Promise<ThingsMaintainReply> =>
      call({ id: 'things.maintain', method: 'POST', path: '/api/v1/things/{id}/maintenance', creates: true }, input, options),
    /** What was done to a thing, the newest first. Permission: thing:read. Problems: thing-missing. */
    maintenance: (input: ThingsMaintenanceInput, options?: CallOptions): Promise<ThingsMaintenanceReply> =>
      call({ id: 'things.maintenance', method: 'GET', path: '/api/v1/things/{id}/maintenance' }, input, options),
    /** Make a key for a product; its secret is in this answer and nowhere else. Permission: thing:credential. Problems: model-missing, input-invalid, thing-out-of-reach. */
    makeProvisionKey: (input: ThingsMakeProvisionKeyInput, options?: CallOptions): Promise<ThingsMakeProvisionKeyReply> =>
      call({ id: 'things.makeProvisionKey', method: 'POST', path: '/api/v1/things/provision-keys', creates: true }, input, options),
    /** How many things are there, in all, by place, by model or by class of equipment. Permission: thing:read. */
    onlineRate: (input?: ThingsOnlineRateInput, options?: CallOptions): Promise<ThingsOnlineRateReply> =>
      call({ id: 'things.onlineRate', method: 'GET', path: '/api/v1/things/online-rate' }, input, options),
    /** Open or shut a key. Permission: thing:credential. Problems: not-found, thing-out-of-reach. */
    openProvisionKey: (input: ThingsOpenProvisionKeyInput, options?: CallOptions): Promise<ThingsOpenProvisionKeyReply> =>
      call({ id: 'things.openProvisionKey', method: 'PUT', path: '/api/v1/things/provision-keys/{id}' }, input, options),
    /** Spare parts with their stock. Permission: thing:read. */
    partList: (options?: CallOptions): Promise<ThingsPartListReply> =>
      call({ id: 'things.partList', method: 'GET', path: '/api/v1/things/parts' }, undefined, options),
    /** Spare parts that fit a thing, with their stock. Permission: thing:read. Problems: thing-missing. */
    partsOf: (input: ThingsPartsOfInput, options?: CallOptions): Promise<ThingsPartsOfReply> =>
      call({ id: 'things.partsOf', method: 'GET', path: '/api/v1/things/{id}/parts' }, input, options),
    /** Keys devices register themselves with; never their secrets. Permission: thing:credential. */
    provisionKeys: (options?: CallOptions): Promise<ThingsProvisionKeysReply> =>
      call({ id: 'things.provisionKeys', method: 'GET', path: '/api/v1/things/provision-keys' }, undefined, options),
    /** Replace the certificates and acceptance records of a thing. Permission: thing:write. Problems: thing-missing, input-invalid. */
    putEvidence: (input: ThingsPutEvidenceInput, options?: CallOptions): Promise<ThingsPutEvidenceReply> =>
      call({ id: 'things.putEvidence', method: 'PUT', path: '/api/v1/things/{id}/evidence' }, input, options),
    /** What was refused or flagged, by sender and problem, the newest first. Permission: thing:read. */
    refusals: (input: ThingsRefusalsInput, options?: CallOptions): Promise<ThingsRefusalsReply> =>
      call({ id: 'things.refusals', method: 'GET', path: '/api/v1/things/refusals' }, input, options),
    /** What one thing sent and was refused. Permission: thing:read. */
    refusalsOf: (input: ThingsRefusalsOfInput, options?: CallOptions): Promise<ThingsRefusalsOfReply> =>
      call({ id: 'things.refusalsOf', method: 'GET', path: '/api/v1/things/{id}/refusals' }, input, options),
    /** Relate a thing to another. Permission: thing:write. Problems: thing-missing, relation-cycle, relation-contained, relation-exists. */
    relate: (input: ThingsRelateInput, options?: CallOptions): Promise<ThingsRelateReply> =>
      call({ id: 'things.relate', method: 'POST', path: '/api/v1/things/{id}/relations' }, input, options),
    /** The neighbours of a thing in the graph. Permission: thing:read. Problems: thing-missing. */
    relations: (input: ThingsRelationsInput, options?: CallOptions): Promise<ThingsRelationsReply> =>
      call({ id: 'things.relations', method: 'GET', path: '/api/v1/things/{id}/relations' }, input, options),
    /** End a credential; the session opened with it is cut. Permission: thing:credential. Problems: thing-missing, credential-missing. */
    revokeCredential: (input: ThingsRevokeCredentialInput, options?: CallOptions): Promise<ThingsRevokeCredentialReply> =>
      call({ id: 'things.revokeCredential', method: 'DELETE', path: '/api/v1/things/{id}/credentials/{credential}' }, input, options),
    /** Put a fresh secret beside the old one of many things; the old one ends with the first use or the window. Permission: thing:credential. Problems: nothing-to-rotate, rotation-too-large. */
    rotate: (input: ThingsRotateInput, options?: CallOptions): Promise<ThingsRotateReply> =>
      call({ id: 'things.rotate', method: 'POST', path: '/api/v1/things/credentials/rotation', creates: true }, input, options),
    /** How far each thing of a rotation is. Permission: thing:credential. Problems: not-found. */
    rotationItems: (input: ThingsRotationItemsInput, options?: CallOptions): Promise<ThingsRotationItemsReply> =>
      call({ id: 'things.rotationItems', method: 'GET', path: '/api/v1/things/credentials/rotation/{id}' }, input, options),
    /** Rotations and how far they are, the newest first. Permission: thing:credential. */
    rotations: (options?: CallOptions): Promise<ThingsRotationsReply> =>
      call({ id: 'things.rotations', method: 'GET', path: '/api/v1/things/credentials/rotation' }, undefined, options),
    /** Set what a thing is told; null takes a key away. Permission: thing:write. Problems: thing-missing, input-invalid, autonomy-protected. */
    share: (input: ThingsShareInput, options?: CallOptions): Promise<ThingsShareReply> =>
      call({ id: 'things.share', method: 'PUT', path: '/api/v1/things/{id}/attributes' }, input, options),
    /** Corridors and lift lobbies without a sounder. Permission: thing:read. */
    sounderCoverage: (input?: ThingsSounderCoverageInput, options?: CallOptions): Promise<ThingsSounderCoverageReply> =>
      call({ id: 'things.sounderCoverage', method: 'GET', path: '/api/v1/things/sounder-coverage' }, input, options),
    /** Take a step of the life cycle, with what its gate asks for. Permission: thing:write. Problems: thing-missing, lifecycle-step-refused, lifecycle-gate-shut, edit-conflict. */
    step: (input: ThingsStepInput, options?: CallOptions): Promise<ThingsStepReply> =>
      call({ id: 'things.step', method: 'POST', path: '/api/v1/things/{id}/steps' }, input, options),
    /** The steps a thing has taken. Permission: thing:read. Problems: thing-missing. */
    steps: (input: ThingsStepsInput, options?: CallOptions): Promise<ThingsStepsReply> =>
      call({ id: 'things.steps', method: 'GET', path: '/api/v1/things/{id}/steps' }, input, options),
    /** Take back the last import, as long as nothing was built on it. Permission: thing:write. Problems: thing-batch-not-undoable. */
    undoImport: (options?: CallOptions): Promise<ThingsUndoImportReply> =>
      call({ id: 'things.undoImport', method: 'POST', path: '/api/v1/things/import/undo' }, undefined, options),
    /** Take a relation away. Permission: thing:write. Problems: thing-missing, relation-missing. */
    unrelate: (input: ThingsUnrelateInput, options?: CallOptions): Promise<ThingsUnrelateReply> =>
      call({ id: 'things.unrelate', method: 'DELETE', path: '/api/v1/things/{id}/relations/{kind}/{target}' }, input, options),
    /** Change fields of a thing. Permission: thing:write. Problems: thing-missing, thing-out-of-reach, model-missing, edit-conflict. */
    update: (input: ThingsUpdateInput, options?: CallOptions): Promise<ThingsUpdateReply> =>
      call({ id: 'things.update', method: 'PATCH', path: '/api/v1/things/{id}' }, input, options),
    /** Change a spare part or its counted stock. Permission: thing:write. Problems: part-missing, edit-conflict. */
    updatePart: (input: ThingsUpdatePartInput, options?: CallOptions): Promise<ThingsUpdatePartReply> =>
      call({ id: 'things.updatePart', method: 'PATCH', path: '/api/v1/things/parts/{id}' }, input, options),
    /** Say whether a thing may speak. Permission: thing:credential. Problems: thing-missing, not-allowed. */
    whitelist: (input: ThingsWhitelistInput, options?: CallOptions): Promise<ThingsWhitelistReply> =>
      call({ id: 'things.whitelist', method: 'PUT', path: '/api/v1/things/{id}/whitelist' }, input, options),
  },
  users: {
    /** Give a user a role, with its reach and period. Permission: role:write. Problems: user-missing, role-missing, reach-too-wide, reach-place-unknown, right-not-held, permission-unknown, confirmation-needed. */
    assign: (input: UsersAssignInput, options?: CallOptions): Promise<UsersAssignReply> =>
      call({ id: 'users.assign', method: 'POST', path: '/api/v1/identity/users/{id}/roles', creates: true }, input, options),
    /** Add a user; a password is made when none is given. Permission: user:write. Problems: user-name-taken, password-too-weak. */
    create: (input: UsersCreateInput, options?: CallOptions): Promise<UsersCreateReply> =>
      call({ id: 'users.create', method: 'POST', path: '/api/v1/identity/users', creates: true }, input, options),
    /** Delete a user; his id and names stay for history. Permission: user:write. Problems: user-missing, right-not-held, confirmation-needed, last-administrator, own-account. */
    delete: (input: UsersDeleteInput, options?: CallOptions): Promise<UsersDeleteReply> =>
      call({ id: 'users.delete', method: 'DELETE', path: '/api/v1/identity/users/{id}' }, input, options),
    /** End all sessions of a user. Permission: user:write. Problems: user-missing. */
    endSessions: (input: UsersEndSessionsInput, options?: CallOptions): Promise<UsersEndSessionsReply> =>
      call({ id: 'users.endSessions', method: 'DELETE', path: '/api/v1/identity/users/{id}/sessions' }, input, options),
    /** One user, also one who was deleted. Permission: user:read. Problems: user-missing. */
    get: (input: UsersGetInput, options?: CallOptions): Promise<UsersGetReply> =>
      call({ id: 'users.get', method: 'GET', path: '/api/v1/identity/users/{id}' }, input, options),
    /** Users of the organisation by name. Permission: user:read. */
    list: (input: UsersListInput, options?: CallOptions): Promise<UsersListReply> =>
      call({ id: 'users.list', method: 'GET', path: '/api/v1/identity/users' }, input, options),
    /** Give a user another password, to be changed at the next sign-in. Permission: user:write. Problems: user-missing, right-not-held, confirmation-needed, last-administrator, password-too-weak. */
    resetPassword: (input: UsersResetPasswordInput, options?: CallOptions): Promise<UsersResetPasswordReply> =>
      call({ id: 'users.resetPassword', method: 'POST', path: '/api/v1/identity/users/{id}/password' }, input, options),
    /** Take a lost second factor away; the user enrols anew. Permission: user:write. Problems: user-missing, right-not-held, confirmation-needed, last-administrator. */
    resetSecondFactor: (input: UsersResetSecondFactorInput, options?: CallOptions): Promise<UsersResetSecondFactorReply> =>
      call({ id: 'users.resetSecondFactor', method: 'DELETE', path: '/api/v1/identity/users/{id}/second-factor' }, input, options),
    /** Roles of a user: where and how long. Permission: user:read. */
    roles: (input: UsersRolesInput, options?: CallOptions): Promise<UsersRolesReply> =>
      call({ id: 'users.roles', method: 'GET', path: '/api/v1/identity/users/{id}/roles' }, input, options),
    /** Take a role from a user. Permission: role:write. Problems: assignment-missing, last-administrator, confirmation-needed. */
    unassign: (input: UsersUnassignInput, options?: CallOptions): Promise<UsersUnassignReply> =>
      call({ id: 'users.unassign', method: 'DELETE', path: '/api/v1/identity/users/{id}/roles/{assignment}' }, input, options),
    /** Change a user, or disable and enable him. Permission: user:write. Problems: user-missing, edit-conflict, user-name-taken, own-account, right-not-held, last-administrator. */
    update: (input: UsersUpdateInput, options?: CallOptions): Promise<UsersUpdateReply> =>
      call({ id: 'users.update', method: 'PATCH', path: '/api/v1/identity/users/{id}' }, input, options),
  },
  video: {
    /** Ask a recorder for its channels. Permission: video:manage. Problems: recorder-missing, not-allowed. */
    askChannels: (input: VideoAskChannelsInput, options?: CallOptions): Promise<VideoAskChannelsReply> =>
      call({ id: 'video.askChannels', method: 'POST', path: '/api/v1/video/recorders/{id}/channels' }, input, options),
    /** Say which camera a channel shows. Permission: video:manage. Problems: recorder-missing, camera-missing. */
    assignChannel: (input: VideoAssignChannelInput, options?: CallOptions): Promise<VideoAssignChannelReply> =>
      call({ id: 'video.assignChannel', method: 'PUT', path: '/api/v1/video/recorders/{id}/channels/{channel}' }, input, options),
    /** One camera. Permission: video:read. Problems: camera-missing. */
    camera: (input: VideoCameraInput, options?: CallOptions): Promise<VideoCameraReply> =>
      call({ id: 'video.camera', method: 'GET', path: '/api/v1/video/cameras/{id}' }, input, options),
    /** Cameras with how they, their recordings and their checklist stand. Permission: video:read. Problems: input-invalid. */
    cameras: (input: VideoCamerasInput, options?: CallOptions): Promise<VideoCamerasReply> =>
      call({ id: 'video.cameras', method: 'GET', path: '/api/v1/video/cameras' }, input, options),
    /** Channels of a recorder, as it told them last. Permission: video:read. Problems: recorder-missing. */
    channels: (input: VideoChannelsInput, options?: CallOptions): Promise<VideoChannelsReply> =>
      call({ id: 'video.channels', method: 'GET', path: '/api/v1/video/recorders/{id}/channels' }, input, options),
    /** Fill one line of the site checklist, with the file that shows it. Permission: video:manage. Problems: camera-missing, record-missing. */
    check: (input: VideoCheckInput, options?: CallOptions): Promise<VideoCheckReply> =>
      call({ id: 'video.check', method: 'PUT', path: '/api/v1/video/cameras/{id}/checklist/{item}' }, input, options),
    /** Site checklist of a camera, with what is missing. Permission: video:read. Problems: camera-missing. */
    checklist: (input: VideoChecklistInput, options?: CallOptions): Promise<VideoChecklistReply> =>
      call({ id: 'video.checklist', method: 'GET', path: '/api/v1/video/cameras/{id}/checklist' }, input, options),
    /** End what a recorder plays. Permission: video:watch. Problems: recorder-missing, not-allowed. */
    endPlayback: (input: VideoEndPlaybackInput, options?: CallOptions): Promise<VideoEndPlaybackReply> =>
      call({ id: 'video.endPlayback', method: 'POST', path: '/api/v1/video/recorders/{id}/playback-end' }, input, options),
    /** Say how the media server calls a camera, and whether the platform above sees it. Permission: video:manage. Problems: camera-missing, camera-name-taken, edit-conflict. */
    enterCamera: (input: VideoEnterCameraInput, options?: CallOptions): Promise<VideoEnterCameraReply> =>
      call({ id: 'video.enterCamera', method: 'PUT', path: '/api/v1/video/cameras/{id}' }, input, options),
    /** The media server asks whether a link to a recorded file holds. Permission: open. */
    fileHook: (input: VideoFileHookInput, options?: CallOptions): Promise<VideoFileHookReply> =>
      call({ id: 'video.fileHook', method: 'POST', path: '/api/v1/video/hooks/file' }, input, options),
    /** A link to the live picture, for this person and two minutes. Permission: video:watch. Problems: camera-missing, camera-not-entered, media-server-unset. */
    live: (input: VideoLiveInput, options?: CallOptions): Promise<VideoLiveReply> =>
      call({ id: 'video.live', method: 'GET', path: '/api/v1/video/cameras/{id}/live' }, input, options),
    /** Turn or zoom a camera for a moment. Permission: video:watch. Problems: recorder-missing, not-allowed. */
    move: (input: VideoMoveInput, options?: CallOptions): Promise<VideoMoveReply> =>
      call({ id: 'video.move', method: 'POST', path: '/api/v1/video/recorders/{id}/channels/{channel}/move' }, input, options),
    /** Let motion before a camera turn a light on at night: writes a linkage rule. Permission: command:rule. Problems: camera-missing, not-allowed. */
    nightLight: (input: VideoNightLightInput, options?: CallOptions): Promise<VideoNightLightReply> =>
      call({ id: 'video.nightLight', method: 'POST', path: '/api/v1/video/cameras/{id}/night-light', creates: true }, input, options),
    /** The media server asks whether a live link holds. Permission: open. */
    playHook: (input: VideoPlayHookInput, options?: CallOptions): Promise<VideoPlayHookReply> =>
      call({ id: 'video.playHook', method: 'POST', path: '/api/v1/video/hooks/play' }, input, options),
    /** Ask the recorder itself for what it kept of a while, with a link to it. Permission: video:watch. Problems: recorder-missing, not-allowed, media-server-unset, media-server-failed, input-invalid. */
    playRecorded: (input: VideoPlayRecordedInput, options?: CallOptions): Promise<VideoPlayRecordedReply> =>
      call({ id: 'video.playRecorded', method: 'POST', path: '/api/v1/video/recorders/{id}/channels/{channel}/playback' }, input, options),
    /** Links to what the media server recorded of a while, from its first second on. Permission: video:watch. Problems: camera-missing, camera-not-entered, media-server-unset, media-server-failed, input-invalid, recording-missing. */
    playback: (input: VideoPlaybackInput, options?: CallOptions): Promise<VideoPlaybackReply> =>
      call({ id: 'video.playback', method: 'GET', path: '/api/v1/video/cameras/{id}/playback' }, input, options),
    /** Keep, call or forget a place a camera looks at. Permission: video:watch. Problems: recorder-missing, not-allowed. */
    preset: (input: VideoPresetInput, options?: CallOptions): Promise<VideoPresetReply> =>
      call({ id: 'video.preset', method: 'POST', path: '/api/v1/video/recorders/{id}/channels/{channel}/preset' }, input, options),
    /** Recorders and video platforms below this one. Permission: video:read. */
    recorders: (options?: CallOptions): Promise<VideoRecordersReply> =>
      call({ id: 'video.recorders', method: 'GET', path: '/api/v1/video/recorders' }, undefined, options),
    /** Recorded files of a while, a link to each, and where there are none. Permission: video:watch. Problems: camera-missing, camera-not-entered, media-server-unset, media-server-failed, input-invalid. */
    recordings: (input: VideoRecordingsInput, options?: CallOptions): Promise<VideoRecordingsReply> =>
      call({ id: 'video.recordings', method: 'GET', path: '/api/v1/video/cameras/{id}/recordings' }, input, options),
    /** Whether results of each algorithm come from a camera. Permission: video:read. Problems: camera-missing. */
    results: (input: VideoResultsInput, options?: CallOptions): Promise<VideoResultsReply> =>
      call({ id: 'video.results', method: 'GET', path: '/api/v1/video/cameras/{id}/results' }, input, options),
    /** Set the media server, retention, algorithms and the platform above. Permission: video:manage. Problems: media-address-invalid, edit-conflict, not-allowed. */
    set: (input: VideoSetInput, options?: CallOptions): Promise<VideoSetReply> =>
      call({ id: 'video.set', method: 'PUT', path: '/api/v1/video/settings' }, input, options),
    /** Say how many households a community has, and which algorithms differ from what that asks for. Permission: video:manage. Problems: place-missing, edit-conflict. */
    setSite: (input: VideoSetSiteInput, options?: CallOptions): Promise<VideoSetSiteReply> =>
      call({ id: 'video.setSite', method: 'PUT', path: '/api/v1/video/sites/{place}' }, input, options),
    /** Media server, retention, algorithms and the platform above. Permission: video:manage. */
    settings: (options?: CallOptions): Promise<VideoSettingsReply> =>
      call({ id: 'video.settings', method: 'GET', path: '/api/v1/video/settings' }, undefined, options),
    /** Algorithms of a community, by its size. Permission: video:read. Problems: place-missing. */
    site: (input: VideoSiteInput, options?: CallOptions): Promise<VideoSiteReply> =>
      call({ id: 'video.site', method: 'GET', path: '/api/v1/video/sites/{place}' }, input, options),
    /** Whether the stream of a camera is there, and who watches. Permission: video:read. Problems: camera-missing, camera-not-entered, media-server-unset, media-server-failed. */
    state: (input: VideoStateInput, options?: CallOptions): Promise<VideoStateReply> =>
      call({ id: 'video.state', method: 'GET', path: '/api/v1/video/cameras/{id}/stream' }, input, options),
  },
  violations: {
    /** Hand in a photo or video of a violation as application/octet-stream, with its hash, time and place. Permission: case:write. Problems: violation-report-missing, record-media-type-mismatch, record-too-large, input-invalid. */
    addEvidence: (input: ViolationsAddEvidenceInput, options?: CallOptions): Promise<ViolationsAddEvidenceReply> =>
      call({ id: 'violations.addEvidence', method: 'POST', path: '/api/v1/violations/{id}/evidence', creates: true }, input, options),
    /** Evidence of a violation case; altered files are marked. Permission: case:read. Problems: violation-report-missing. */
    evidence: (input: ViolationsEvidenceInput, options?: CallOptions): Promise<ViolationsEvidenceReply> =>
      call({ id: 'violations.evidence', method: 'GET', path: '/api/v1/violations/{id}/evidence' }, input, options),
    /** Report a violation: opens a case with hearing steps. Permission: case:write. Problems: place-missing. */
    report: (input: ViolationsReportInput, options?: CallOptions): Promise<ViolationsReportReply> =>
      call({ id: 'violations.report', method: 'POST', path: '/api/v1/violations', creates: true }, input, options),
  },
});

export type Api = ReturnType<typeof createApi>;
