const stored = 'keystead.tenant.large';

export const isLargeText = (): boolean => localStorage.getItem(stored) === '1';

/** Marks the page, so that the style sheet makes text 1.4 times and targets 60 px. */
export function applyLargeText(): void {
  document.documentElement.toggleAttribute('data-large', isLargeText());
}

export function setLargeText(large: boolean): void {
  localStorage.setItem(stored, large ? '1' : '0');
  applyLargeText();
}
