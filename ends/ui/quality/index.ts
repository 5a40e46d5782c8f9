export { QualityMark } from './QualityMark.tsx';
