/** A check that failed; the message is the reason that people read. */
export class Refusal extends Error {}

/** The verifier cannot start: the caller's own key, chain or combination of inputs is malformed. */
export class UnusableInput extends Error {}

/**
 * @param {unknown} condition
 * @param {string} reason why the check fails when the condition does not hold
 * @throws {Refusal}
 */
export function demand(condition, reason) {
  if (!condition) throw new Refusal(reason);
}
