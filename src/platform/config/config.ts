import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';

/**
 * A section of the configuration: its properties are named like environment variables, with a validator each. A
 * property without a validator is not read.
 */
export interface SectionClass {
  new (): object;
  /** One sentence for each fault that no property has by itself. It is given the whole configuration. */
  faults?(config: never): readonly string[];
}

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** All sections in one object. */
export type ConfigOf<Sections extends readonly SectionClass[]> = Intersection<InstanceType<Sections[number]>>;

/** A section in which these settings are present, configured or made up. */
export type Complete<Section, Names extends keyof Section> = Section & {
  readonly [Name in Names]-?: Exclude<Section[Name], undefined>;
};

export class ConfigurationRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`);
  }
}

/**
 * Reads the environment; the only place that does. Messages contain names, never values. A setting that is absent and
 * has no default is not a property of the result.
 *
 * @throws ConfigurationRefused with every fault of every section. @throws Error if two sections have a setting of the
 * same name.
 */
export function readConfig<const Sections extends readonly SectionClass[]>(
  sections: Sections,
  environment: NodeJS.ProcessEnv = process.env,
): ConfigOf<Sections> {
  refuseTwins(sections.flatMap(settingsOf));
  const read = sections.map((section) => sectionOf(section, environment));
  const config = Object.assign({}, ...read.map(withoutAbsent)) as ConfigOf<Sections>;
  const invalid = read
    .flatMap((section) => validateSync(section, { validationError: { target: false, value: false } }))
    .flatMap(({ constraints = {} }) => Object.values(constraints));
  const faults = [...invalid, ...sections.flatMap((section) => section.faults?.(config as never) ?? [])];
  if (faults.length > 0) throw new ConfigurationRefused(faults);
  return config;
}

/** The names of a section's settings. */
export function settingsOf(section: SectionClass): string[] {
  const validators = getMetadataStorage().getTargetValidationMetadatas(section, '', false, false);
  return [...new Set(validators.map(({ propertyName }) => propertyName))];
}

function refuseTwins(names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined) throw new Error(`two sections of the configuration have the setting ${twin}`);
}

/** An empty variable is an absent one. */
function sectionOf(section: SectionClass, environment: NodeJS.ProcessEnv): object {
  const given = settingsOf(section).filter((name) => environment[name] !== undefined && environment[name] !== '');
  const settings = Object.fromEntries(given.map((name) => [name, environment[name]]));
  return plainToInstance(section, settings, { exposeDefaultValues: true });
}

function withoutAbsent(section: object): object {
  return Object.fromEntries(Object.entries(section).filter(([, value]) => value !== undefined));
}

/** Removes the variables of libpq (PGOPTIONS, PGSSLMODE, ...), which the driver reads: they are for another server. */
export function forgetLibpq(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(environment)) if (name.startsWith('PG')) delete environment[name];
}
