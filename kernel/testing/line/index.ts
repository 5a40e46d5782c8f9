export { DistantLine, type LineFaults } from './distant-line.ts';
