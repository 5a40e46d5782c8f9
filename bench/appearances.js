// Runs inside the page, whatever the page is made of: notes when a text first appears. A MutationObserver looks at what
// was added or changed and reads the time in the same turn.
globalThis.watchFor = (pattern) => {
  const wanted = new RegExp(pattern, 'g');
  const seen = new Map();
  const look = (text) => {
    for (const [code] of (text ?? '').matchAll(wanted)) {
      if (!seen.has(code)) seen.set(code, performance.timeOrigin + performance.now());
    }
  };
  look(document.body.textContent);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'characterData') look(target.textContent);
      for (const node of addedNodes) look(node.textContent);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  globalThis.appearances = () => [...seen].map(([code, at]) => ({ code, at }));
};
