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
