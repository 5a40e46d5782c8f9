import type { Actor } from '@keystead/contracts/access';
import type { Download } from '@keystead/kernel/http';

export type ReportLanguage = 'zh-CN' | 'en';

/** A report of a month that a module can make. It offers it once, when it is set up. */
export interface ReportKind {
  /** Unique over the platform, such as `collection`. */
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** What one has to be allowed to for reading it; receivers are held to it too. */
  readonly permission: string;
  /** What a made one is called in messages; the console leads from there to its page. */
  readonly about: string;
  /** Files there are of it. */
  readonly formats: readonly string[];
  /** Organisations that have something to report for a month (`YYYY-MM`). */
  organisations(month: string): Promise<readonly string[]>;
  /** Makes it, or answers the one that was made; asked again it makes no second. */
  make(actor: Actor, month: string): Promise<{ id: string }>;
  file(actor: Actor, id: string, format: string, language: ReportLanguage): Promise<Download>;
}
