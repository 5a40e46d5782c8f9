export { OnlineBadge, type OnlineState } from './OnlineBadge.tsx';
