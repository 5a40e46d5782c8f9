export function stampOf(root: string, paths: readonly string[]): string;
export function isStamped(file: string, stamp: string): boolean;
export function writeStamp(file: string, stamp: string): void;
