/** Unpredictable bytes. */
export abstract class Randomness {
  /** `count` bytes of the operating system's CSPRNG. */
  abstract bytes(count: number): Buffer;
}
