import '@fontsource-variable/noto-sans-sc';
import './shell/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';

// After an upgrade the parts this page would load are gone: it begins anew, once, with those that are there.
const reloadPause = 60_000; // ms
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('keystead.reloaded') ?? 0);
  if (Date.now() - last < reloadPause) return;
  event.preventDefault();
  sessionStorage.setItem('keystead.reloaded', String(Date.now()));
  location.reload();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
