import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Length, ValidateBy } from 'class-validator';

/** The public relays of drand: two operators, so that one outage does not stop a draw. */
const PUBLIC_RELAYS = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
];
/** All may be asked for one round, the next after half a second: with more, an attempt would take too long. */
const MAX_RELAYS = 8;

/** URLs, separated by commas. */
const addresses = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((address) => address.trim().replace(/\/+$/, '')) : value,
);

/** Where the randomness of draws comes from, as .env.example documents it. */
export class BeaconConfig {
  /** For new draws, besides the secret that they are committed to. */
  @IsIn(['none', 'drand'])
  readonly BEACON: 'none' | 'drand' = 'none';

  /** Without trailing slashes. */
  @addresses
  @Relays()
  readonly DRAND_RELAYS: readonly string[] = PUBLIC_RELAYS;

  /** A file with the JSON that `/info` of another drand chain returns. */
  @IsOptional()
  @Length(1, 4096)
  readonly DRAND_CHAIN_INFO?: string;
}

function Relays(): PropertyDecorator {
  return ValidateBy({
    name: 'relays',
    validator: {
      validate: (value: string[]) => value.length <= MAX_RELAYS && value.every(isRelay),
      defaultMessage: () =>
        `DRAND_RELAYS must be 1 to ${MAX_RELAYS} http(s) URLs, separated by commas, without user, query or fragment`,
    },
  });
}

/** What a path can be added to. fetch takes no user and password; a query or fragment would swallow the path. */
function isRelay(address: string): boolean {
  return /^https?:\/\/[^\s?#@]+$/i.test(address) && URL.canParse(address);
}
