/** Version of the draw protocol. The open note fixes it for the whole draw: the other notes follow it. */
export type ProtocolVersion = 1 | 2;

/** The version of new draws. */
export const LATEST_VERSION: ProtocolVersion = 2;

/** The version of a note of ours, or of its body. */
export function versionOf(note: string): ProtocolVersion {
  return note.startsWith('lottery-draw/v1/') ? 1 : 2;
}
