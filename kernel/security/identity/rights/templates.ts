/** A role every organisation begins with. Names are shown; the code is what scripts and tests say. */
export interface RoleTemplate {
  code: string;
  names: { 'zh-CN': string; en: string };
  permissions: readonly string[];
}

const look = [
  'place:read',
  'thing:read',
  'model:read',
  'telemetry:read',
  'alarm:read',
  'case:read',
  'record:read',
  'command:read',
];

/** The role for someone of whom nothing is known yet: looks, changes nothing (H-11.1-a-1). */
export const defaultRole = 'supervisor';

export const templates: readonly RoleTemplate[] = [
  {
    code: 'system-administrator',
    names: { 'zh-CN': '系统管理员', en: 'System administrator' },
    permissions: ['*'],
  },
  {
    code: 'operator',
    names: { 'zh-CN': '值班员', en: 'Operator on duty' },
    permissions: [
      ...look,
      'alarm:acknowledge',
      'alarm:handle',
      'command:send',
      'command:send-dangerous',
      'command:scene',
      'case:write',
      'case:assign',
      'case:handle',
      'notify:read',
      'record:write',
      'telemetry:write',
      'patch:read',
      'fleet:read',
    ],
  },
  {
    code: 'housing-clerk',
    names: { 'zh-CN': '房管员', en: 'Housing clerk' },
    permissions: [...look, 'place:write', 'case:write', 'case:assign', 'notify:read', 'record:write'],
  },
  {
    code: 'repair-worker',
    names: { 'zh-CN': '维修工', en: 'Repair worker' },
    permissions: [
      'place:read',
      'thing:read',
      'telemetry:read',
      'alarm:read',
      'case:read',
      'case:handle',
      'notify:read',
      'record:read',
      'record:write',
    ],
  },
  {
    code: 'supervisor',
    names: { 'zh-CN': '监管（只读）', en: 'Supervisor (read only)' },
    permissions: [...look, 'notify:read', 'patch:read', 'fleet:read'],
  },
  {
    code: 'auditor',
    names: { 'zh-CN': '审计员', en: 'Auditor' },
    permissions: ['journal:read', 'journal:verify', 'user:read', 'role:read', 'notify:read', 'record:hold'],
  },
];
