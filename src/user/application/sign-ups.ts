/** Limits how many accounts one address makes. */
export abstract class SignUps {
  /** Counts one, before its password is hashed. @throws TooManySignUps */
  abstract take(address: string): Promise<void>;
}
