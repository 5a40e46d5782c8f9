export { type LinksService, links } from './module.ts';
