/** Ten kinds of exit 退出 as data: how long a household has to leave, by which rule of the policy. */
export const exitKinds = {
  voluntary: { leave: null },
  expiry: { leave: null },
  transfer: { leave: null },
  ineligible: { leave: { rule: 'move-out-months', unit: 'months' } },
  acquired: { leave: { rule: 'move-out-months', unit: 'months' } },
  relocation: { leave: { rule: 'move-out-months', unit: 'months' } },
  death: { leave: { rule: 'move-out-months', unit: 'months' } },
  arrears: { leave: { rule: 'appeal-answer-days', unit: 'working-days' } },
  violation: { leave: { rule: 'appeal-filing-days', unit: 'working-days' } },
  fraud: { leave: { rule: 'appeal-filing-days', unit: 'working-days' } },
} as const satisfies Record<string, { leave: { rule: string; unit: 'months' | 'working-days' } | null }>;

export type ExitKind = keyof typeof exitKinds;
export const exitKindNames = Object.keys(exitKinds) as ExitKind[];

/** What a household may have done with its home that ends the lease 违规情形 (Decree 11, article 27). */
export const violationGrounds = ['sublet', 'lend', 'swap', 'misuse', 'damage', 'unlawful', 'idle'] as const;
export type ViolationGround = (typeof violationGrounds)[number];
