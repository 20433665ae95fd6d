export interface Candidate {
  j: number;
  line: string;
  proof: string[];
}

/** bundle.json as an object that a test may change at will. */
export interface Bundle {
  format: string;
  verifierKey: string;
  open: string;
  seal: string;
  draw: string | null;
  checkpoint: string;
  exclusions: string;
  beacon: {
    chainHash: string;
    publicKey: string;
    genesis: number;
    period: number;
    scheme: string;
    round: number;
    signature: string;
  } | null;
  candidates: Candidate[];
}

/** What a cheating operator changes before it computes and signs all that follows. */
export interface Forgery {
  open?: (body: string) => string;
  /** Before the tree is built; each without its line feed. */
  lines?: (lines: string[]) => string[];
  /** Before it is hashed into the seal. */
  exclusions?: (text: string) => string;
  seal?: (body: string) => string;
  checkpoint?: (body: string) => string;
  /** The secret that the draw is made with; the commitment stays that of the true one. */
  secret?: Buffer;
  /** Signature of the beacon, hex. */
  beaconSignature?: (signature: string) => string;
  draw?: (body: string) => string;
  /** Last of all: the unsigned parts. */
  bundle?: (bundle: Bundle) => void;
}

export interface DrawOptions {
  /** Of the protocol; default 2. */
  version?: 1 | 2;
  /** Number of ballots; default 10. */
  ballots?: number;
  /** They belong to this many players, in turn; default 5. Of a list, each belongs to the player of its place. */
  players?: number | number[];
  /** Numbers of the excluded players, from 0. */
  excluded?: number[];
  /** Winners wanted; default 1. */
  winners?: number;
  beacon?: 'none' | 'test-chain';
  trigger?: 'schedule' | 'manual' | 'full';
  /** Instants. When it is sealed before it closes, the ballots are from before that. */
  opensAt?: string;
  closesAt?: string;
  sealedAt?: string;
  drawnAt?: string;
  /** Leave it without a draw note, as a void or a waiting one; a draw in which nobody can win is so anyway. */
  undrawn?: boolean;
  forge?: Forgery;
}
