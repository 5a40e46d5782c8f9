import { startPhoneApp } from '@keystead/ui/phone';
import { App } from './App.tsx';
import './base.css';

startPhoneApp(<App />, '/field/sw.js');
