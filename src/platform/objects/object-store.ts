/** Files that are stored as a whole and then only read, in a folder or a bucket that all replicas share. */
export abstract class ObjectStore {
  /** For people: where that is. */
  abstract readonly place: string;
  /** Stores a file as a whole; it survives a crash once this resolves. */
  abstract put(name: string, content: Buffer): Promise<void>;
  /** Returns that many bytes from this position on. @throws Error if there are fewer, or it cannot be reached */
  abstract get(name: string, position: number, bytes: number): Promise<Buffer>;
}
