import { countLicences, isAllowed } from './allowed-licences';
import { LockedPackage, lockedPackages } from './lock-file';

/** Lists the licences of all packages, those that run in production one by one; fails where one is not allowed. */
function licenses(): void {
  const packages = lockedPackages();
  const shipped = packages.filter(({ dev }) => !dev);
  console.log(`What runs in production, ${shipped.length} packages:\n`);
  for (const line of new Set(shipped.map(lineOf))) console.log(line);
  console.log(`\nAll, with the tools, ${packages.length} packages:\n`);
  for (const [licence, count] of countLicences(packages)) console.log(`${String(count).padStart(5)}  ${licence}`);
  const refused = packages.filter((one) => !isAllowed(one));
  if (refused.length === 0) return console.log('\nEach is allowed by scripts/allowed-licences.ts.');
  process.exitCode = 1;
  console.log(`\nNOT ALLOWED by scripts/allowed-licences.ts:\n${refused.map(lineOf).join('\n')}`);
}

function lineOf({ name, version, license = 'none' }: LockedPackage): string {
  return `  ${`${name}@${version}`.padEnd(48)} ${license}`;
}

licenses();
