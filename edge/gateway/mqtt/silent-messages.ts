type Done = () => void;

/**
 * Stands where aedes keeps its topic matcher. Devices never hear each other here: what they publish goes to their
 * session, what they are told is written to their own connection. So nobody listens, and matching costs nothing.
 */
export const silentMessages = {
  on(_topic: string, _listener: unknown, done?: Done) {
    if (done) setImmediate(done);
    return this;
  },
  removeListener(_topic: string, _listener: unknown, done?: Done) {
    if (done) setImmediate(done);
    return this;
  },
  emit(_packet: unknown, done?: Done) {
    done?.();
    return this;
  },
  close(done: Done) {
    setImmediate(done);
    return this;
  },
};
