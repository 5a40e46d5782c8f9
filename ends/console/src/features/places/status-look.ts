import { theme } from 'antd';
import type { HouseStatus } from './building-state.ts';

interface Look {
  tint: string;
  dashed: boolean;
}

/** Tints of the states of a house; the letter in the cell says the same. Severity colours are not used here. */
export function useStatusLook(): Record<HouseStatus, Look> {
  const { token } = theme.useToken();
  return {
    normal: { tint: token.colorPrimaryBg, dashed: false },
    partly: { tint: token.colorFillSecondary, dashed: false },
    silent: { tint: token.colorFill, dashed: false },
    bare: { tint: token.colorBgContainer, dashed: false },
    retired: { tint: token.colorBgContainer, dashed: true },
  };
}
