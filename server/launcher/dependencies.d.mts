/** What the launcher looks at in an entry of npm's lock file. */
export interface Locked {
  version?: string;
  integrity?: string;
  optional?: boolean;
  devOptional?: boolean;
  link?: boolean;
}

export function areMissing(root: string): boolean;
export function differ(locked: Record<string, Locked>, installed: Record<string, Locked>): boolean;
export function install(root: string, report: (progress: string) => void): Promise<void>;
