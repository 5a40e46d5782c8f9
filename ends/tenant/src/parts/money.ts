/** Fen as `¥ 1,234.50`. */
export const yuan = (fen: number): string =>
  `¥ ${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
