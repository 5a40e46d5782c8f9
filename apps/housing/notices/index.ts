export { type NoticesService, notices } from './module.ts';
export type { NoticeWish, TenantNotice } from './notices.ts';
