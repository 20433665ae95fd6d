import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** Plain decimal digits. */
export const whole = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
);

/** The public relays of drand: two operators, so that one outage does not stop a draw. */
export const PUBLIC_RELAYS = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
];
/** All may be asked for one round, the next after half a second: with more, an attempt would take too long. */
const MAX_RELAYS = 8;

/** Each request is compared with all of them. */
const MAX_ORIGINS = 100;

/** URLs, separated by commas. */
export const addresses = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((address) => address.trim().replace(/\/+$/, '')) : value,
);

/** Words, separated by commas. */
export const names = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value,
);

/** What a path can be added to. fetch takes no user and password; a query or fragment would swallow the path. */
function isRelay(address: string): boolean {
  return /^https?:\/\/[^\s?#@]+$/i.test(address) && URL.canParse(address);
}

export const Relays = () =>
  ValidateBy({
    name: 'relays',
    validator: {
      validate: (value: string[]) => value.length <= MAX_RELAYS && value.every(isRelay),
      defaultMessage: () =>
        `DRAND_RELAYS must be 1 to ${MAX_RELAYS} http(s) URLs, separated by commas, without user, query or fragment`,
    },
  });

/** An origin as browsers send it: scheme, host and port, nothing else; or all of them. */
export const Origins = () =>
  ValidateBy({
    name: 'origins',
    validator: {
      validate: (value: string[]) => value.length <= MAX_ORIGINS && value.every((one) => one === '*' || isOrigin(one)),
      defaultMessage: () =>
        `CORS_ORIGINS must be * or 1 to ${MAX_ORIGINS} origins like https://lottery.example, separated by commas`,
    },
  });

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
