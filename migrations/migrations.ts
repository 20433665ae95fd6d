import { CreateSharedTables1763700000000 } from './1763700000000-create-shared-tables';
import { CreateUsers1763700001000 } from './1763700001000-create-users';
import { CreateBallotLogs1763700002000 } from './1763700002000-create-ballot-logs';
import { CreateDraws1763700003000 } from './1763700003000-create-draws';
import { CreateLotteries1763700004000 } from './1763700004000-create-lotteries';
import { BindDrawsToBeacons1763700005000 } from './1763700005000-bind-draws-to-beacons';
import { CreateJournal1763700006000 } from './1763700006000-create-journal';
import { CreateOutbox1763700007000 } from './1763700007000-create-outbox';
import { CreateInbox1763700008000 } from './1763700008000-create-inbox';
import { CreateWebhooks1763700009000 } from './1763700009000-create-webhooks';
import { LetDrawsCloseWhenFull1763700010000 } from './1763700010000-let-draws-close-when-full';
import { CreatePools1763700010100 } from './1763700010100-create-pools';
import { CreatePoolEntries1763700010200 } from './1763700010200-create-pool-entries';
import { CreatePoolAwards1763700010300 } from './1763700010300-create-pool-awards';
import { KeepSubtreesOf16Leaves1763700010350 } from './1763700010350-keep-subtrees-of-16-leaves';
import { FindOldInboxMessages1763700010400 } from './1763700010400-find-old-inbox-messages';
import { MarkWebhooksAsRemoved1763700010500 } from './1763700010500-mark-webhooks-as-removed';
import { KeepWhatIsFinal1763700011000 } from './1763700011000-keep-what-is-final';
import { RefuseIllegalMoves1763700011100 } from './1763700011100-refuse-illegal-moves';
import { PartitionBallotsByMonth1763700012000 } from './1763700012000-partition-ballots-by-month';
import { CreateBallotArchives1763700012100 } from './1763700012100-create-ballot-archives';
import { RecordVerifierKeys1763700013000 } from './1763700013000-record-verifier-keys';
import { LetArchivedSubtreesGo1763700013100 } from './1763700013100-let-archived-subtrees-go';
import { KeepTheAuditTrailAsALog1764500070000 } from './1764500070000-keep-the-audit-trail-as-a-log';
import { FindSessionsThatEnded1764500071000 } from './1764500071000-find-sessions-that-ended';
import { KnowWherePeopleLogIn1764500072000 } from './1764500072000-know-where-people-log-in';
import { PauseWebhooks1764500073000 } from './1764500073000-pause-webhooks';
import { LetAKeyMakeManyBallots1764500080000 } from './1764500080000-let-a-key-make-many-ballots';
import { RotateWebhookSecrets1764500081000 } from './1764500081000-rotate-webhook-secrets';
import { CountBallotsOfPlayers1764500085000 } from './1764500085000-count-ballots-of-players';
import { FindSessionsByUser1764500086000 } from './1764500086000-find-sessions-by-user';
import { CreateLedger1764500090000 } from './1764500090000-create-ledger';
import { KeepTheLedger1764500090100 } from './1764500090100-keep-the-ledger';

/** Oldest first. */
export const MIGRATIONS = [
  CreateSharedTables1763700000000,
  CreateUsers1763700001000,
  CreateBallotLogs1763700002000,
  CreateDraws1763700003000,
  CreateLotteries1763700004000,
  BindDrawsToBeacons1763700005000,
  CreateJournal1763700006000,
  CreateOutbox1763700007000,
  CreateInbox1763700008000,
  CreateWebhooks1763700009000,
  LetDrawsCloseWhenFull1763700010000,
  CreatePools1763700010100,
  CreatePoolEntries1763700010200,
  CreatePoolAwards1763700010300,
  KeepSubtreesOf16Leaves1763700010350,
  FindOldInboxMessages1763700010400,
  MarkWebhooksAsRemoved1763700010500,
  KeepWhatIsFinal1763700011000,
  RefuseIllegalMoves1763700011100,
  PartitionBallotsByMonth1763700012000,
  CreateBallotArchives1763700012100,
  RecordVerifierKeys1763700013000,
  LetArchivedSubtreesGo1763700013100,
  KeepTheAuditTrailAsALog1764500070000,
  FindSessionsThatEnded1764500071000,
  KnowWherePeopleLogIn1764500072000,
  PauseWebhooks1764500073000,
  LetAKeyMakeManyBallots1764500080000,
  RotateWebhookSecrets1764500081000,
  CountBallotsOfPlayers1764500085000,
  FindSessionsByUser1764500086000,
  CreateLedger1764500090000,
  KeepTheLedger1764500090100,
];
