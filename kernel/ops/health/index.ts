export { mountHealth, type ReadinessCheck } from './health.ts';
