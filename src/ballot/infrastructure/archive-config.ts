import { Transform } from 'class-transformer';
import { IsDefined, IsOptional, Length, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { Usable } from '../../platform/config/secret-faults';

const withoutSlash = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.replace(/\/+$/, '') : value,
);

/** A bucket, and below it what one likes; the path needs no escaping. */
const BUCKET = /^https?:\/\/[^\s/?#@]+(\/[\w.-]+)+$/i;

const Bucket = () =>
  ValidateBy({
    name: 'bucket',
    validator: {
      validate: (value: string) => BUCKET.test(value) && URL.canParse(value),
      defaultMessage: () =>
        'ARCHIVE_URL must be http(s)://host/bucket, or a path below it, of letters, digits, . _ and -',
    },
  });

const hasBucket = (config: ArchiveConfig): boolean => config.ARCHIVE_URL !== undefined;

/** Where old ballots are, as .env.example documents it. */
export class ArchiveConfig {
  /** A folder; without it and without a URL `archive` in the data folder. */
  @IsOptional()
  @Length(1, 4096)
  readonly ARCHIVE_DIR?: string;

  /** Without a trailing slash. */
  @IsOptional()
  @withoutSlash
  @Bucket()
  readonly ARCHIVE_URL?: string;

  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'ARCHIVE_REGION must be small letters, digits and -' })
  readonly ARCHIVE_REGION: string = 'us-east-1';

  @ValidateIf(hasBucket)
  @IsDefined({ message: 'ARCHIVE_ACCESS_KEY is missing: ARCHIVE_URL needs it' })
  @Length(1, 255, { message: 'ARCHIVE_ACCESS_KEY must be 1 to 255 characters' })
  @Usable('ARCHIVE_ACCESS_KEY')
  readonly ARCHIVE_ACCESS_KEY?: string;

  @ValidateIf(hasBucket)
  @IsDefined({ message: 'ARCHIVE_SECRET_KEY is missing: ARCHIVE_URL needs it' })
  @Length(1, 255, { message: 'ARCHIVE_SECRET_KEY must be 1 to 255 characters' })
  @Usable('ARCHIVE_SECRET_KEY')
  readonly ARCHIVE_SECRET_KEY?: string;
}
