import { startPhoneApp } from '@keystead/ui/phone';
import { App } from './App.tsx';
import './base.css';
import { applyLargeText } from './parts/large-text.ts';

applyLargeText();
startPhoneApp(<App />, '/tenant/sw.js');
