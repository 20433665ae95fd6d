import type { ServiceConfig } from '../../platform/config/service-config';
import type { HttpConfig } from '../../platform/http/http-config';

/** Where strangers find us: as configured, or this machine while we develop; null where nobody has said. */
export function publicUrlOf(
  { PUBLIC_URL, PORT }: Pick<HttpConfig, 'PUBLIC_URL' | 'PORT'>,
  { NODE_ENV }: Pick<ServiceConfig, 'NODE_ENV'>,
): string | null {
  return PUBLIC_URL ?? (NODE_ENV === 'production' ? null : `http://localhost:${PORT}`);
}
