/** Answers of the service under test that its document does not describe, since they were taken last. */
let found: string[] = [];

export function addContractFaults(faults: readonly string[]): void {
  found.push(...faults);
}

export function takeContractFaults(): string[] {
  const taken = found;
  found = [];
  return taken;
}
