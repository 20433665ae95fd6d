interface WorkerPolicy {
  createScriptURL(address: string): string;
}

/** Trusted Types, of which TypeScript's DOM knows nothing yet, in browsers that have them. */
interface TrustedTypes {
  createPolicy(name: string, rules: WorkerPolicy): WorkerPolicy;
}

/** @returns what starts workers from this address; text becomes a script by this one policy, from this one address only */
export function workersFrom(address: string, options?: WorkerOptions): () => Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('worker', {
    createScriptURL: (asked) => {
      if (asked !== address) throw new TypeError('not the worker');
      return asked;
    },
  });
  return () => new Worker(policy?.createScriptURL(address) ?? address, options);
}
