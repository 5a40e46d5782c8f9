export { SeverityMark } from './SeverityMark.tsx';
