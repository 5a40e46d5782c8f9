export const whitelists = ['admitted', 'suspended', 'revoked'] as const;

/** May the thing speak? Suspended = not now, revoked = not any more. */
export type Whitelist = (typeof whitelists)[number];
