/** Fails if what readers load is larger than its budget (docs/web.md): npm run check:budgets, after a build. */
import { weigh } from './page-budgets';

const CLIENT = process.argv[2] ?? 'dist/web/client';

const weighed = weigh(CLIENT);
for (const { name, bytes, most } of weighed) {
  const kilobytes = `${(bytes / 1000).toFixed(1)} of ${most / 1000} kB`;
  console.log(`${bytes > most ? 'TOO LARGE' : 'ok       '}  ${kilobytes.padStart(16)}  ${name}`);
}
process.exitCode = weighed.some(({ bytes, most }) => bytes > most) ? 1 : 0;
