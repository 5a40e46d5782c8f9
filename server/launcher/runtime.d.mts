export const noNode: string;
export function findNode(root: string, current?: { execPath: string; version: string }): string | undefined;
export function environmentIn(root: string): NodeJS.ProcessEnv;
