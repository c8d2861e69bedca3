/**
 * The script that runs before a page: the modules that a sandboxed preload may require, then the preload as it is.
 *
 * @param {string} preload source of the preload
 */
export const pageShim = (preload) => `(() => {
  const listeners = new Map();
  const follow = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
  globalThis.fromMain = (channel, value) => {
    for (const listener of [...follow(channel)]) listener({}, value);
  };
  const clone = (values) => values.map((value) => structuredClone(value));
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, api) =>
        Object.defineProperty(globalThis, name, { value: Object.freeze(api), configurable: false }),
    },
    ipcRenderer: {
      send: (channel, ...values) => void globalThis.toMain('send', channel, clone(values)),
      invoke: (channel, ...values) => globalThis.toMain('invoke', channel, clone(values)),
      on: (channel, listener) => void follow(channel).add(listener),
      off: (channel, listener) => void follow(channel).delete(listener),
    },
    webUtils: { getPathForFile: (file) => (globalThis.droppedPaths ?? {})[file.name] ?? '' },
  };
  globalThis.open = (address) => void globalThis.toMain('open', String(address), []);
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('A sandboxed preload cannot require ' + name);
  };
  const module = { exports: {} };
  const exports = module.exports;
  (() => {
${preload}
  })();
})();`;
