import { Client } from 'pg';

/** Of the driver, not of PostgreSQL: the service sets them itself. */
const OURS = ['query_timeout', 'replication', 'session'];
const ENCODE = 'encode special characters of user and password: / is %2F, # is %23, % is %25, ? is %3F, @ is %40';

/** What is wrong with the URL of a database, in words that hold nothing of it; null if nothing is. */
export function databaseUrlFault(text: string): string | null {
  // As the driver reads it: a socket in the query needs no host.
  const whole = text.replace('@/', '@localhost/');
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (!url || !/^postgres(ql)?:\/\/\S+$/.test(text)) {
    return `must be a postgres:// URL of one server (postgres://user:password@host:5432/database); ${ENCODE}`;
  }
  // A password that was cut at one of its characters leaves an @ behind.
  const isCut = url.hash !== '' || /[/@]/.test(url.pathname.slice(1)) || url.search.includes('@');
  if (isCut || [url.username, url.password, url.hostname, url.pathname].some(isMalformed)) {
    return `is not encoded as a URL; ${ENCODE}`;
  }
  if (url.hostname.includes(',')) return 'must name one server';
  const ours = OURS.find((name) => url.searchParams.has(name));
  if (ours !== undefined) return `must not set ${ours}`;
  return driverFault(text);
}

function isMalformed(part: string): boolean {
  try {
    decodeURIComponent(part);
    return false;
  } catch {
    return true;
  }
}

/** What only the driver knows: its own parameters, and the files that they name. Nothing is connected. */
function driverFault(text: string): string | null {
  try {
    const { port } = new Client({ connectionString: text });
    return port >= 1 && port <= 65_535 ? null : 'must name a port from 1 to 65535';
  } catch (error) {
    return `cannot be used: ${(error as Error).message}`;
  }
}
