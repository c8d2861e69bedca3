declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(address: string): string },
      ): { createScriptURL(address: string): unknown };
    };
  }
}

/** Scripts that may run beside the page: files of the program, as the build has named them. */
const known = new Set<string>();

/** Content policies let scripts start from addresses alone that a named policy has made. */
const trusted = window.trustedTypes?.createPolicy('hyena-worker', {
  createScriptURL: (address) => {
    if (known.has(address)) return address;
    throw new TypeError('This is not a worker of the program.');
  },
});

/** Starts a script of the program beside the page. @param address as the build names it, never from outside */
export function startWorker(address: string): Worker {
  known.add(address);
  return new Worker((trusted?.createScriptURL(address) ?? address) as string, { type: 'module' });
}
