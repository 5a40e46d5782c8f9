export { type HandlingFilter, listing } from './listing.ts';
export { type HandlingService, handling } from './module.ts';
export { handlingPaper } from './paper.ts';
export { type Photo, PhotoQuery, photoLimit, photoRoute } from './photos.ts';
export { DateText, handlingQuery, IdText, isoOf, Nullable, StepsTaken, stepViews, Text, When } from './schemas.ts';
export { type StepDetail, type StepTaken, trailIn } from './trail.ts';
