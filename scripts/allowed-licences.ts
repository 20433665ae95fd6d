import type { LockedPackage } from './lock-file';

/**
 * What our own licence (MIT) may be combined with, for a service that we run and an image that we hand out: each asks
 * for its notice to be kept and nothing else. Anything new is for a person to read before it is added here.
 */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Zlib',
]);

/** Of tools that we use and do not hand out: data with a name to be kept, a part of Python with a list of changes. */
const ALLOWED_IN_DEVELOPMENT = new Set(['CC-BY-4.0', 'PSF-2.0']);

/**
 * Tools under MPL-2.0, which asks for the source of its own files only: nothing of them is in what we hand out (decision 39).
 * Of lightningcss, which Vite minifies CSS with, each platform has a package of its own.
 */
const MPL_TOOLS = /^(axe-core|lightningcss(-(android|darwin|freebsd|linux|win32)-[a-z0-9-]+)?)$/;

/** Whether an SPDX expression is allowed for this package; one that is not simple, or that is missing, is not. */
export function isAllowed({
  name,
  license = '',
  dev = false,
}: Pick<LockedPackage, 'name' | 'license' | 'dev'>): boolean {
  const isTool = (id: string) => ALLOWED_IN_DEVELOPMENT.has(id) || (id === 'MPL-2.0' && MPL_TOOLS.test(name));
  const isOne = (id: string) => ALLOWED.has(id) || (dev && isTool(id));
  const choices = license.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every(isOne));
}

/** How many packages there are under each licence, most first. */
export function countLicences(packages: readonly LockedPackage[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { license = 'none' } of packages) counts.set(license, (counts.get(license) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
