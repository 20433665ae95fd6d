/** What the specs in a folder of test/ need besides `npm ci`: each such folder has one in its requirements.ts. */
export interface Requirements {
  /** Completes the sentence "They need ...". */
  readonly needs: string;
  /** How to get it: one command or setting per line. */
  readonly remedy: readonly string[];
  /** Options of the runner, each with the environment variable that the specs read. */
  readonly options?: Readonly<Record<string, { readonly variable: string; readonly means: string }>>;
  /** Names what this machine lacks; empty if the specs can run. */
  missing(): Promise<readonly string[]>;
}
