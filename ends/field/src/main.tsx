import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';

if ('serviceWorker' in navigator && isSecureContext)
  navigator.serviceWorker.register('/field/sw.js').catch((cause: unknown) => console.warn(cause));

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
