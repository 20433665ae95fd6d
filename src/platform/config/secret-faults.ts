import { Matches } from 'class-validator';
import type { Environment } from './service-config';

const WEAK_SECRET = /change[-_ ]?me|secret|password|example|token|0123456789|1234567890/i;
/** 32 random hex digits have fewer distinct ones about once in a million. */
const MIN_DISTINCT_CHARACTERS = 8;
/** Secrets shorter than this can be guessed: 32 characters are at least 128 bits even in hex. */
export const MIN_SECRET_LENGTH = 32;

/**
 * A secret that clients can send: a header takes printable ASCII only, and drops spaces at its ends. A line feed at the
 * end comes from a file that was read as it is.
 */
export const Usable = (name: string): PropertyDecorator =>
  Matches(/^[!-~]([ -~]*[!-~])?$/, {
    message: `${name} must be printable ASCII, without a space or line feed at its ends`,
  });

interface Names<Section> {
  readonly needed: readonly (keyof Section & string)[];
  readonly optional?: readonly (keyof Section & string)[];
}

/** Missing and weak secrets, which only production refuses: elsewhere they are made up, or those of a test. */
export function secretFaults<Section>(
  config: Section & Environment,
  { needed, optional = [] }: Names<Section>,
): readonly string[] {
  if (config.NODE_ENV !== 'production') return [];
  const missing = needed.filter((name) => config[name] === undefined);
  const weak = [...needed, ...optional].filter((name) => isWeak(config[name]));
  return [
    ...missing.map((name) => `${name} is missing`),
    ...weak.map(
      (name) => `${name} is weak: use random characters (openssl rand ${/KEY/.test(name) ? '-base64' : '-hex'} 32)`,
    ),
  ];
}

function isWeak(secret: unknown): boolean {
  if (typeof secret !== 'string') return false;
  return WEAK_SECRET.test(secret) || new Set(secret).size < MIN_DISTINCT_CHARACTERS;
}
