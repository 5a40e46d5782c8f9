import { yuan } from './keys.ts';
import type { Trade } from './trades.ts';

const safe = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const names = { wechat: '微信支付 WeChat Pay', alipay: '支付宝 Alipay' } as const;

/** The page where a payer of the demonstration pays: no money moves, and it says so. */
export function page(trade: Trade): string {
  const paid = trade.state === 'paid';
  const closed = trade.state === 'closed';
  const form = `<form method="post"><button type="submit">确认支付 Pay ¥${yuan(trade.amount)}</button></form>`;
  const state = paid ? '已支付，可以返回 Paid: you may go back' : closed ? '订单已关闭 Closed' : '';
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>演示收银台 Demo cashier</title>
<style>body{font:18px/1.5 system-ui,sans-serif;margin:0;background:#f4f6f8;color:#1a2733}main{max-width:26rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px}
h1{font-size:1.2rem;margin:0 0 1rem}strong{display:block;font-size:2.4rem;margin:1rem 0}button{width:100%;min-height:60px;font-size:1.1rem;border:0;border-radius:8px;background:#0b6bcb;color:#fff}small{color:#5b6b7a}</style>
<main><h1>${names[trade.kind]} · 演示收银台 Demo cashier</h1><p>${safe(trade.title)}</p><strong>¥${yuan(trade.amount)}</strong>
${state ? `<p role="status">${state}</p>` : form}<small>仅供演示，不会发生真实付款。For demonstration: no money moves.</small></main></html>`;
}
