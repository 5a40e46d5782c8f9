export { type CrowdPlan, type CrowdResult, crowd, usualPlan } from './crowd.ts';
export { gather, type Operation, operations, type Person } from './operations.ts';
