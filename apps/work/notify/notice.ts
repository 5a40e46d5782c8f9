/** What can be told. Those that begin a trouble have a counterpart that ends it. */
export const triggers = [
  'alarm.raised',
  'alarm.escalated',
  'case.assigned',
  'case.warning',
  'case.overdue',
  'thing.offline',
  'device.fault',
  'maintenance.due',
  'refund.held',
  'job.troubled',
  'system.troubled',
] as const;
export type Trigger = (typeof triggers)[number];

/** Texts also told that no rule chooses: ends of troubles, and trials. */
export const endings = ['alarm.cleared', 'thing.online', 'job.well', 'system.well'] as const;
export type Ending = (typeof endings)[number];
/** Texts other modules have carried to people by name, such as tenants or readers of a report; no rule chooses them. */
export const carriedTexts = [
  ...(['tenant.dunning', 'tenant.notice'] as const),
  ...(['tenant.swap-proposed', 'tenant.swap-agreed', 'tenant.swap-declined', 'tenant.swap-approved'] as const),
  ...(['tenant.swap-refused', 'tenant.swap-scheduled', 'tenant.swap-done', 'tenant.swap-ended'] as const),
  ...(['tenant.swap-lapsed', 'report.made'] as const),
  ...(['tenant.papers-wanted', 'tenant.papers-soon', 'tenant.papers-late'] as const),
  ...(['tenant.barred', 'tenant.bar-lifted', 'tenant.bar-upheld'] as const),
] as const;
export type CarriedText = (typeof carriedTexts)[number];
export type TextName = Trigger | Ending | CarriedText | 'trial';
export const textNames: readonly TextName[] = [...triggers, ...endings, ...carriedTexts, 'trial'];

export type Language = 'zh-CN' | 'en';

/** Names that may stand in a text as `{name}`; nothing else is ever filled in. */
export const placeholders = ['title', 'subject', 'severity', 'time', 'code', 'state', 'detail', 'person'] as const;
export type Values = Readonly<Partial<Record<(typeof placeholders)[number], string>>>;

/** Something worth telling, found in an event. */
export interface Notice {
  readonly event: string;
  readonly organisation: string;
  readonly place: string;
  readonly at: Date;
  /** Asked of the rules; undefined for the end of a trouble, which goes to whoever heard of its beginning. */
  readonly trigger?: Trigger;
  readonly text: TextName;
  /** 1 gravest … 4. */
  readonly severity: 1 | 2 | 3 | 4;
  /** The trouble it belongs to, and whether it begins, goes on or ends. */
  readonly thread?: { readonly key: string; readonly phase: 'open' | 'update' | 'close' };
  readonly about: { readonly kind: string; readonly id: string };
  readonly assignee?: string;
  /** Whoever it is not for, though a rule names him: he did it himself. */
  readonly except?: string;
  /** The incident an alarm is part of; `member`: whoever was told of the incident need not be told of this too. */
  readonly incident?: { readonly id: string; readonly lead: string; readonly member: boolean };
  readonly values: Readonly<Record<Language, Values>>;
}
