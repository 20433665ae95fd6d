import { invariant } from '../../shared/domain/invariant';

/** Version of the draw protocol. The open note fixes it for the whole draw: the other notes follow it. */
export type ProtocolVersion = 1 | 2;

/** The version of new draws. */
export const LATEST_VERSION: ProtocolVersion = 2;

const TITLE = /^lottery-draw\/v([12])\/(?:open|seal|draw)\n/;

/** The version of a note or its body. */
export function versionOf(note: string): ProtocolVersion {
  const version = TITLE.exec(note)?.[1];
  invariant(version, 'the first line of a note says its version');
  return version === '1' ? 1 : 2;
}
