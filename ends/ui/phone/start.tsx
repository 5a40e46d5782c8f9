import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** Shows the app, and lets the service worker below its address keep it. */
export function startPhoneApp(app: ReactNode, worker: string): void {
  if ('serviceWorker' in navigator && isSecureContext)
    navigator.serviceWorker.register(worker).catch((cause: unknown) => console.warn(cause));
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<StrictMode>{app}</StrictMode>);
}
