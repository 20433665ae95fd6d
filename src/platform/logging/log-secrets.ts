import type { Config } from '../config/config';

const HIDDEN = '[hidden]';
/** Shorter values would match unrelated words. */
const MIN_LENGTH = 6;

const SECRETS = [
  'SIGNING_KEY',
  'OTHER_SIGNING_KEY',
  'JWT_SECRET',
  'INTERNAL_CLOSE_TOKEN',
  'ADMIN_PASSWORD',
  'KAFKA_SASL_PASSWORD',
  'ARCHIVE_ACCESS_KEY',
  'ARCHIVE_SECRET_KEY',
] as const;

/** Patterns of secrets, whoever made them: access tokens, signing secrets, credentials in headers and URLs. */
const SHAPES = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\bwhsec_[\w+/=]+/g,
  /(?<=\b(?:bearer|basic)\s+)[\w+/=~.-]{8,}/gi,
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

/**
 * The log's last line of defence: hides configured secrets, and what looks like one. The first is that no code logs
 * what a client sent or the configuration holds.
 */
export function secretHider(config: Partial<Config>): (text: string) => string {
  const values = secretsIn(config).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const known = values.filter(({ length }) => length >= MIN_LENGTH).map(escaped);
  const patterns = known.length === 0 ? SHAPES : [new RegExp(known.join('|'), 'g'), ...SHAPES];
  return (text) => patterns.reduce((hidden, pattern) => hidden.replace(pattern, HIDDEN), text);
}

function secretsIn(config: Partial<Config>): string[] {
  const configured = SECRETS.map((name) => config[name]);
  const inUrls = [config.DATABASE_URL, config.DATABASE_OWNER_URL, config.REDIS_URL].flatMap(passwordsIn);
  return [...configured, ...inUrls].filter((value) => value !== undefined);
}

/** In encoded and in decoded form. */
function passwordsIn(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
