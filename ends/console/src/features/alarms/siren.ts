import { useEffect, useState } from 'react';

const every = 1_600; // ms

/** Two falling tones, louder for the most severe. */
function wail(context: AudioContext, severity: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  const now = context.currentTime;
  tone.type = 'triangle';
  tone.frequency.setValueAtTime(severity === 1 ? 1_100 : 820, now);
  tone.frequency.linearRampToValueAtTime(severity === 1 ? 620 : 560, now + 0.7);
  volume.gain.value = severity === 1 ? 0.35 : 0.2;
  tone.connect(volume).connect(context.destination);
  tone.start(now);
  tone.stop(now + 0.75);
}

/**
 * Sounds as long as `severity` is there. Answers whether the browser lets it: one that was not told to allow sound to
 * this page waits for the first touch.
 */
export function useSiren(severity: number | undefined): 'ready' | 'blocked' {
  const [context, setContext] = useState<AudioContext>();
  const [state, setState] = useState<AudioContextState>('suspended');
  useEffect(() => {
    const made = new AudioContext();
    const told = () => setState(made.state);
    const wake = () => void made.resume();
    made.addEventListener('statechange', told);
    for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, wake);
    setContext(made);
    told();
    return () => {
      made.removeEventListener('statechange', told);
      for (const sign of ['pointerdown', 'keydown']) removeEventListener(sign, wake);
      void made.close();
    };
  }, []);
  useEffect(() => {
    if (severity === undefined || context === undefined || state !== 'running') return undefined;
    wail(context, severity);
    const timer = setInterval(wail, every, context, severity);
    return () => clearInterval(timer);
  }, [severity, context, state]);
  return state === 'running' ? 'ready' : 'blocked';
}
