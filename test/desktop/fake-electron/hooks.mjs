const fakeElectron = new URL('./electron.mjs', import.meta.url).href;

export const resolve = (specifier, context, next) =>
  specifier === 'electron' ? { url: fakeElectron, shortCircuit: true } : next(specifier, context);
