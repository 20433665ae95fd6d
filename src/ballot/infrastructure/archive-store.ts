/** Where the files of the archive are: a folder or a bucket. All replicas see the same. */
export abstract class ArchiveStore {
  /** For people: where that is. */
  abstract readonly place: string;
  /** Stores a file as a whole; it survives a crash once this resolves. */
  abstract put(name: string, content: Buffer): Promise<void>;
  /** So many bytes from this position on. @throws Error where there are not so many, or it cannot be reached. */
  abstract get(name: string, position: number, bytes: number): Promise<Buffer>;
}
