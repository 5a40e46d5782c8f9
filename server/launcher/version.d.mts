export const oldestNode: string;
export function atLeast(version: string, oldest: string): boolean;
