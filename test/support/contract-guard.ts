import { takeContractFaults } from './contract-faults';

/** Makes every spec a contract test: it fails where the service answered what its OpenAPI document does not describe. */
const describedAll = () => {
  expect(takeContractFaults()).toEqual([]);
};

afterEach(describedAll);
afterAll(describedAll);
