export { FigureCard, type FigureCardProps } from './FigureCard.tsx';
export { Sparkline } from './Sparkline.tsx';
