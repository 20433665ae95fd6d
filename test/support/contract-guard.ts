import { takeContractFaults } from './contract-faults';

/**
 * Makes every spec a contract test: it fails where the service answered what its OpenAPI document does not describe.
 */
const describedAll = () => {
  // No `expect`: a spec may count its own.
  const faults = takeContractFaults();
  if (faults.length > 0) throw new Error(`The OpenAPI document does not describe:\n${faults.join('\n')}`);
};

afterEach(describedAll);
afterAll(describedAll);
