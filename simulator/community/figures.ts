/** What the fleet counts while it runs. */
export interface Figures {
  published: number;
  acknowledged: number;
  /** Not taken by a full queue, or given up at the end. */
  dropped: number;
  calls: number;
  reconnects: number;
  /** CONNECTs the broker refused for their credential. */
  refused: number;
}

export const newFigures = (): Figures => ({
  published: 0,
  acknowledged: 0,
  dropped: 0,
  calls: 0,
  reconnects: 0,
  refused: 0,
});
