/*
 * All advisory locks, so that no two share a number. They apply within one database. Replicas of other versions take
 * them, too: a number never changes.
 */

/** Held by the process that migrates, for as long as its migrations take; the other replicas queue behind it. */
export const MIGRATION_LOCK = 0x10_77_e2;
/** Held by the archiver until it ends; a second one gives up at once. */
export const ARCHIVE_LOCK = 0x10_77_e3;
/** Held by a registration of a receiver until commit, so that the number of receivers stays bounded. */
export const REGISTRATION_LOCK = 0x3eb_400;
/** First key; the second is the partition of the outbox. Held by the process that relays it, for as long as it does. */
export const PARTITION_LOCKS = 0x7e1a7;
/** First key; the second is 0. Shared by all processes that relay, for as long as they are connected. */
export const MEMBER_LOCKS = 0x7e1a8;
