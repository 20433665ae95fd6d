import { join } from 'node:path';

/**
 * A server on this machine (localhost, 127.0.0.1) and the authority that vouches for it, which nobody trusts who is not
 * told to. Valid until 2120; the authority's own key is thrown away, so there is nothing to abuse. Made with `openssl
 * ca`.
 */
export const AUTHORITY = file('authority');
export const SERVER_CERTIFICATE = file('server');
export const SERVER_KEY = file('server-key');

function file(name: string): string {
  return join(__dirname, 'tls', `${name}.pem`);
}
