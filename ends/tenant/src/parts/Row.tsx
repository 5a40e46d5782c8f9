import type { ReactNode } from 'react';

/** A name and what stands under it, side by side. */
export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="row">
      <span>{name}</span>
      <span>{children}</span>
    </p>
  );
}
