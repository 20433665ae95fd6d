const HIDDEN = '[hidden]';
/** Shorter values would match unrelated words. */
const MIN_LENGTH = 6;

/** The settings that are secrets, by their names; and those that may hold a password. */
const SECRET = /_(KEY|SECRET|TOKEN|PASSWORD)$/;
const URL_OF_SOMETHING = /_URL$/;

/**
 * Patterns of secrets, whoever made them: access tokens, signing secrets, credentials in headers and URLs. Their time
 * is in proportion to the text, whatever the text.
 */
const SHAPES = [
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\bwhsec_[\w+/=]+/g,
  /(?<=\b(?:bearer|basic)\s{1,8})[\w+/=~.-]{8,}/gi,
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

/**
 * The log's last line of defence: hides configured secrets, and what looks like one. The first is that no code logs
 * what a client sent or the configuration holds.
 */
export function secretHider(config: object): (text: string) => string {
  const values = secretsIn(config).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const known = values.filter(({ length }) => length >= MIN_LENGTH).map(escaped);
  const patterns = known.length === 0 ? SHAPES : [new RegExp(known.join('|'), 'g'), ...SHAPES];
  return (text) => patterns.reduce((hidden, pattern) => hidden.replace(pattern, HIDDEN), text);
}

function secretsIn(config: object): string[] {
  const settings = Object.entries(config).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return settings.flatMap(([name, value]) => {
    if (SECRET.test(name)) return [value];
    return URL_OF_SOMETHING.test(name) ? passwordsIn(value) : [];
  });
}

/** In encoded and in decoded form. */
function passwordsIn(url: string): string[] {
  if (!URL.canParse(url)) return [];
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
