// Made by npm run check:openapi -- --write: do not edit.
export interface paths {
  '/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who did what when, newest first (admin) */
    get: operations['auditList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audit/checkpoint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signed checkpoint of the audit log (C2SP tlog-checkpoint): keep it, and compare later */
    get: operations['auditLogCheckpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audit/consistency': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that the audit log of one size is the beginning of the audit log of another */
    get: operations['auditLogConsistency'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audit/entries/{index}/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that an entry is in the audit log of a size, by default the current one (admin) */
    get: operations['auditLogInclusion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process answers */
    get: operations['healthLive'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Requests should come here: the database is there, up to date and on time */
    get: operations['healthReady'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every problem code, what it means and what to do */
    get: operations['problemsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One problem code */
    get: operations['problemsFind'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/verifier-key': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The key that checks the signatures of this service (c2sp.org/signed-note): pin it */
    get: operations['verifierKeyKey'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/verifier-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All keys that this service has, or ever had: each signed note names the one to check it with */
    get: operations['verifierKeyAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make an account */
    post: operations['authRegister'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Get tokens for username and password */
    post: operations['authLogin'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get new tokens for a refresh token, once
     * @description Within 10 seconds the same token gives the same successor; used later than that, it ends its session. A session lasts 30 days and 10,000 refreshes at most.
     */
    post: operations['authRefresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the session of a refresh token; idempotent */
    post: operations['authLogout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/web/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in with username and password, on a page
     * @description For pages of this service: the refresh token is in a cookie that no script can read. Demands Content-Type: application/json and Sec-Fetch-Site: same-origin, or without that header our Origin.
     */
    post: operations['webAuthLogin'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/web/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get a new access token, on a page
     * @description For pages of this service: the refresh token is in a cookie that no script can read. Demands Content-Type: application/json and Sec-Fetch-Site: same-origin, or without that header our Origin.
     */
    post: operations['webAuthRefresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/web/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End the session of a page; idempotent
     * @description For pages of this service: the refresh token is in a cookie that no script can read. Demands Content-Type: application/json and Sec-Fetch-Site: same-origin, or without that header our Origin.
     */
    post: operations['webAuthLogout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everybody, newest first, or the person of a username (admin) */
    get: operations['usersList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The person who is logged in */
    get: operations['usersMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Log out everywhere: end all sessions of the person who is logged in */
    delete: operations['usersEndSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One person (that person or an admin) */
    get: operations['usersFind'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/ban': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Shut somebody out of every draw (admin); no submission that starts later is accepted */
    post: operations['usersBan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/unban': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lift a ban (admin); idempotent */
    post: operations['usersUnban'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/role': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Make somebody an admin or a player (admin) */
    put: operations['usersChangeRole'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ballots/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One ballot: its place in the log and its leaf */
    get: operations['ballotsFind'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ballots/{id}/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that the ballot is in the tree of a size, by default the sealed or current one */
    get: operations['ballotsProve'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/journal/checkpoint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signed checkpoint of the journal (C2SP tlog-checkpoint): keep it, and compare later */
    get: operations['journalCheckpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/journal/entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every statement ever signed about a draw, oldest first */
    get: operations['journalEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/journal/entries/{index}/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that an entry is in the journal of a size, by default the current one */
    get: operations['journalInclusion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/journal/consistency': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that the journal of one size is the beginning of the journal of another */
    get: operations['journalConsistency'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All lotteries, newest day first */
    get: operations['lotteriesList'];
    put?: never;
    /** Open the lottery of a future day */
    post: operations['lotteriesOpen'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/winner': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The winning ballot of a day */
    get: operations['lotteriesWinnerByQuery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close a lottery by hand; closed already: the stored result */
    post: operations['lotteriesClose'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close the lottery of a day, or of today (admin); closed already: the stored result */
    post: operations['lotteriesCloseAsAdmin'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The lottery of a day, or of today */
    get: operations['lotteriesFind'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/winner': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The winning ballot of a day */
    get: operations['lotteriesWinner'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/ballots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The ballots of a day in the order of the log */
    get: operations['lotteryBallotsList'];
    put?: never;
    /** Submit a ballot, or many; the answer is its receipt, or theirs */
    post: operations['lotteryBallotsSubmit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/ballots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your own ballots: the lottery opened last first, in each the newest ballot first */
    get: operations['lotteryBallotsListOwn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/bundle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All that it takes to check the draw offline, with verifier/verify.mjs or another verifier */
    get: operations['lotteryProofsBundle'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/ballots.txt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All ballots, a line each: the leaves of the tree, in order */
    get: operations['lotteryProofsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/checkpoint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signed checkpoint of the ballot log (C2SP tlog-checkpoint) */
    get: operations['lotteryProofsCheckpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/lotteries/{date}/consistency': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that the tree of one size is the beginning of the tree of another */
    get: operations['lotteryProofsConsistency'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/stakes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Announce a stake: it becomes an entry of the open pool of its game */
    post: operations['stakesSubmit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rules of the games that have some or had stakes; any other starts with the defaults */
    get: operations['poolRulesList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/rules/{gameId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set the rules of the pools that are opened from now on */
    put: operations['poolRulesChange'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All stake pools, newest first */
    get: operations['poolsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A pool with its first entries, its signed notes, its winner and the award */
    get: operations['poolsFind'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/{id}/entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The entries of a pool in the order of the log */
    get: operations['poolsEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/{id}/bundle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All that it takes to check the draw offline, with verifier/verify.mjs or another verifier */
    get: operations['poolProofsBundle'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/{id}/ballots.txt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All entries, a line each: the leaves of the tree, in order */
    get: operations['poolProofsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/{id}/checkpoint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signed checkpoint of the pool's log (C2SP tlog-checkpoint) */
    get: operations['poolProofsCheckpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pools/{id}/consistency': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Proof that the tree of one size is the beginning of the tree of another */
    get: operations['poolProofsConsistency'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All webhooks, newest first, without their secrets (admin) */
    get: operations['webhooksList'];
    put?: never;
    /** Have events sent to a URL, signed as Standard Webhooks says (admin) */
    post: operations['webhooksRegister'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get a new secret; deliveries are signed with the old ones, too, for a while (admin)
     * @description The header webhook-signature then holds a signature of each, separated by spaces (Standard Webhooks).
     */
    post: operations['webhooksRotateSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Send nothing more, and forget what was sent (admin) */
    delete: operations['webhooksRemove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was sent or is to be sent, newest first (admin) */
    get: operations['webhookDeliveriesList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}/deliveries/{deliveryId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a delivery once more, whatever became of it (admin) */
    post: operations['webhookDeliveriesRetry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a message of the type webhook.test (admin) */
    post: operations['webhookDeliveriesTest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface webhooks {
  'user.banned': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A user was banned
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onUserBanned'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'user.unbanned': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The ban of a user was lifted
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onUserUnbanned'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'lottery.opened': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A lottery takes ballots
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onLotteryOpened'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'lottery.sealed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A lottery takes no more ballots; its draw follows
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onLotterySealed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'lottery.drawn': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A lottery has its winner
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onLotteryDrawn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'lottery.voided': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A lottery ended without a winner: no ballot could win
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onLotteryVoided'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'pool.opened': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stakes on the game go into this pool from now on
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onPoolOpened'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'pool.sealed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A pool is full; its entries have started
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onPoolSealed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'pool.drawn': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * An entry of a pool has won
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onPoolDrawn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'pool.voided': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A pool is full, but none of its players may win
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onPoolVoided'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'pool.awarded': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * All that a player service needs to notify the winner of a pool; once for each pool
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onPoolAwarded'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'webhook.test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A test that an admin asked for; every webhook gets it
     * @description Sent as Standard Webhooks says (standardwebhooks.com). 2xx within 10 seconds takes it; else there are up to 8 attempts within about a day, with growing pauses. 429 and 503 with Retry-After put all messages off, an hour at most; 410 disables the webhook. At least once, in no particular order: repetitions have the same webhook-id, and the timestamp says when it happened.
     */
    post: operations['onWebhookTest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    AuditEntryView: {
      /** Format: uuid */
      id: string;
      /**
       * Format: int64
       * @description Place in the audit log, from 0 without gaps
       */
      index: number;
      /** Format: date-time */
      at: string;
      /** @description A user’s id, operator or service */
      actor: string;
      /** @example user.banned */
      action: string;
      /** @description What it was done to: its id, or its date if that is its name */
      subject: string;
      details: {
        [key: string]: string;
      };
    };
    ConsistencyProofView: {
      /** Format: int64 */
      from: number;
      /** Format: int64 */
      to: number;
      /** @description Hashes in hex (RFC 9162 section 2.1.4) */
      proof: string[];
    };
    AuditProofView: {
      /** Format: int64 */
      index: number;
      /**
       * Format: int64
       * @description Number of leaves of the tree
       */
      size: number;
      /** @description The entry as it is in the log: the exact bytes of the leaf */
      line: string;
      /** @description Hashes in hex, bottom first (RFC 9162 section 2.1.3) */
      proof: string[];
      /** @description Signed checkpoint of this size, null if none was made */
      checkpoint: string | null;
    };
    LiveView: {
      /** @enum {string} */
      status: 'ok';
    };
    ReadyView: {
      /** @enum {string} */
      status: 'ok';
      /** Format: date-time */
      databaseTime: string;
    };
    VerifierKeyView: {
      verifierKey: string;
      /** Format: date-time */
      knownSince: string;
      /** @description What begins now is signed with it */
      current: boolean;
    };
    VerifierKeysView: {
      /** @description Oldest first */
      items: components['schemas']['VerifierKeyView'][];
    };
    RegisterBody: {
      /**
       * @description 3 to 32 letters, digits, dots, _ or -; unique whatever its case
       * @example alice
       */
      username: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password: string;
      /**
       * Format: idn-email
       * @example alice@example.org
       */
      email?: string | null;
      /**
       * @description Shown in public instead of the username, without spaces around it
       * @example Alice L.
       */
      name?: string | null;
    };
    UserView: {
      /** Format: uuid */
      id: string;
      username: string;
      name: string | null;
      /**
       * Format: idn-email
       * @description Not verified
       */
      email: string | null;
      /** @enum {string} */
      role: 'player' | 'admin';
      /** Format: date-time */
      bannedAt: string | null;
      banReason: string | null;
      /** Format: date-time */
      createdAt: string;
    };
    LogInBody: {
      /** @example alice */
      username: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password: string;
    };
    TokensView: {
      /** @description JWT, for the header Authorization: Bearer */
      accessToken: string;
      /** @enum {string} */
      tokenType: 'Bearer';
      /**
       * Format: int64
       * @description The access token is good for so long
       */
      expiresInSeconds: number;
      /** @description Buys the next pair of tokens, once */
      refreshToken: string;
    };
    RefreshTokenBody: {
      /** @description As the last log-in or refresh gave it */
      refreshToken: string;
    };
    AccessTokenView: {
      /** @description JWT, for the header Authorization: Bearer */
      accessToken: string;
      /** @enum {string} */
      tokenType: 'Bearer';
      /**
       * Format: int64
       * @description The access token is good for so long
       */
      expiresInSeconds: number;
    };
    UserPageView: {
      items: components['schemas']['UserView'][];
      /** @description Give it back as cursor for the page behind this one */
      nextCursor: string | null;
    };
    BanBody: {
      reason?: string | null;
    };
    ChangeRoleBody: {
      /** @enum {string} */
      role: 'player' | 'admin';
    };
    BallotView: {
      /** Format: uuid */
      id: string;
      /**
       * Format: uuid
       * @description The draw it takes part in
       */
      drawId: string;
      /**
       * Format: int64
       * @description Place in the log, from 0 without gaps
       */
      index: number;
      /** @description The player's pseudonym in this draw */
      player: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description The exact leaf of the Merkle tree, without its line feed */
      line: string;
    };
    InclusionProofView: {
      /** Format: uuid */
      id: string;
      /**
       * Format: uuid
       * @description The draw it takes part in
       */
      drawId: string;
      /**
       * Format: int64
       * @description Place in the log, from 0 without gaps
       */
      index: number;
      /** @description The player's pseudonym in this draw */
      player: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description The exact leaf of the Merkle tree, without its line feed */
      line: string;
      /**
       * Format: int64
       * @description Number of leaves of the tree
       */
      size: number;
      /** @description Hashes in hex, bottom first (RFC 9162 section 2.1.3) */
      proof: string[];
      /** @description Signed checkpoint of this size, null where none was made */
      checkpoint: string | null;
    };
    JournalEntryView: {
      /**
       * Format: int64
       * @description Place in the journal, from 0 without gaps
       */
      index: number;
      /** @description The body of a signed open, seal or draw note: the exact bytes of the leaf */
      statement: string;
    };
    JournalInclusionView: {
      /** Format: int64 */
      index: number;
      /**
       * Format: int64
       * @description Number of leaves of the tree
       */
      size: number;
      /** @description Hashes in hex, bottom first (RFC 9162 section 2.1.3) */
      proof: string[];
      /** @description Signed checkpoint of this size, null where none was made */
      checkpoint: string | null;
    };
    LotterySummaryView: {
      /** Format: date */
      date: string;
      /** @enum {string} */
      state: 'open' | 'sealed' | 'drawn' | 'void';
      /** Format: date-time */
      opensAt: string;
      /** Format: date-time */
      closesAt: string;
      /**
       * Format: int64
       * @description Number of committed ballots
       */
      ballots: number;
    };
    OpenLotteryBody: {
      /**
       * Format: date
       * @example 2026-12-24
       */
      date: string;
    };
    NotesView: {
      /** @description Signed before the first ballot */
      open: string;
      /** @description Signed when the draw closed */
      seal: string | null;
      /** @description Signed with the result; null before, and if it is too long: then it is in the bundle */
      draw: string | null;
    };
    WinnerView: {
      /** Format: uuid */
      ballotId: string;
      /** Format: uuid */
      userId: string;
      name: string;
      /** Format: date */
      lotteryDate: string;
      /** Format: date-time */
      submittedAt: string;
      /**
       * Format: int64
       * @description Place in the log, from 0 without gaps
       */
      index: number;
      /** @description The player's pseudonym in this draw */
      player: string;
    };
    AssuranceView: {
      /** @enum {string} */
      level: 'A' | 'B' | 'C';
      sentence: string;
    };
    LotteryView: {
      /** Format: date */
      date: string;
      /** @enum {string} */
      state: 'open' | 'sealed' | 'drawn' | 'void';
      /** Format: date-time */
      opensAt: string;
      /** Format: date-time */
      closesAt: string;
      /**
       * Format: int64
       * @description Number of committed ballots
       */
      ballots: number;
      notes: components['schemas']['NotesView'];
      winner: components['schemas']['WinnerView'] | null;
      /** @description Null until it is known how the lottery was sealed */
      assurance: components['schemas']['AssuranceView'] | null;
    };
    ReceiptView: {
      /** Format: uuid */
      id: string;
      /** Format: date */
      lotteryDate: string;
      /**
       * Format: int64
       * @description Place in the log, from 0 without gaps
       */
      index: number;
      /** @description The player's pseudonym in this draw */
      player: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description The exact leaf of the Merkle tree, without its line feed */
      line: string;
      /** @description Signed checkpoint (C2SP tlog-checkpoint) of a tree that contains what it comes with */
      checkpoint: string;
    };
    LotteryBallotView: {
      /** Format: uuid */
      id: string;
      /** Format: date */
      lotteryDate: string;
      /**
       * Format: int64
       * @description Place in the log, from 0 without gaps
       */
      index: number;
      /** @description The player's pseudonym in this draw */
      player: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description The exact leaf of the Merkle tree, without its line feed */
      line: string;
    };
    ReceiptsView: {
      /** @description At consecutive places in the log */
      items: components['schemas']['LotteryBallotView'][];
      /** @description Signed checkpoint (C2SP tlog-checkpoint) of a tree that contains what it comes with */
      checkpoint: string;
    };
    SubmitBallotsBody: {
      /**
       * Format: int32
       * @description How many ballots, all or none; the answer is then a list, also of one
       */
      count?: number;
    };
    BundledBeaconView: {
      chainHash: string;
      publicKey: string;
      /**
       * Format: int64
       * @description Seconds since the epoch
       */
      genesis: number;
      /**
       * Format: int64
       * @description Seconds
       */
      period: number;
      scheme: string;
      /** Format: int64 */
      round: number;
      signature: string;
    };
    BundledCandidateView: {
      /**
       * Format: int64
       * @description Number of the block that named the ballot or its rank
       */
      j: number;
      /** @description The ballot's leaf */
      line: string;
      /** @description Inclusion proof in the sealed tree, hashes in hex */
      proof: string[];
    };
    BundleView: {
      /** @enum {string} */
      format: 'lottery-bundle/v1' | 'lottery-bundle/v2';
      verifierKey: string;
      /** @description Signed note */
      open: string;
      /** @description Signed note */
      seal: string;
      /** @description Signed note; null where void or not drawn yet */
      draw: string | null;
      /** @description Signed checkpoint of the sealed tree */
      checkpoint: string;
      /** @description Pseudonyms that cannot win, a line each */
      exclusions: string;
      beacon: components['schemas']['BundledBeaconView'] | null;
      candidates: components['schemas']['BundledCandidateView'][];
    };
    StakeMessageHead: {
      /** @enum {string} */
      eventType: 'player.stakeCreated';
    };
    StakedGame: {
      /** Format: uuid */
      playerId: string;
      /** Format: uuid */
      gameId: string;
      /**
       * @description A whole number of minor units, as decimal text or number; at most 10^14
       * @example 1234
       */
      stake: string | number;
    };
    StakeMessage: {
      message: components['schemas']['StakeMessageHead'];
      game: components['schemas']['StakedGame'];
    };
    EntryReceiptView: {
      /**
       * Format: uuid
       * @description The entry, which is a ballot of the draw: see /ballots/{id}/proof
       */
      id: string;
      /** Format: uuid */
      poolId: string;
      /**
       * Format: int64
       * @description Place in the pool's log, from 0 without gaps
       */
      index: number;
      /** @enum {string} */
      status: 'in_waiting' | 'started' | 'winner' | 'finished';
      /** @description The player's pseudonym in this pool */
      player: string;
      /** @description Minor units, as decimal text */
      stake: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description The exact leaf of the Merkle tree, without its line feed */
      line: string;
      /** @description Signed checkpoint (C2SP tlog-checkpoint) of a tree that contains the entry */
      checkpoint: string;
    };
    PoolRulesView: {
      /** Format: uuid */
      gameId: string;
      /**
       * Format: int64
       * @description Stakes that fill a pool
       */
      size: number;
      /**
       * Format: int32
       * @description Basis points of the pot
       */
      payoutShare: number;
    };
    PoolRulesBody: {
      /**
       * Format: int32
       * @default 10
       */
      size: number;
      /**
       * Format: int32
       * @description Basis points of the pot that the winner gets; the rest stays with the house
       * @default 9000
       */
      payoutShare: number;
    };
    PoolSummaryView: {
      /**
       * Format: uuid
       * @description The pool, and its draw's id in the notes
       */
      id: string;
      /** Format: uuid */
      gameId: string;
      /** @enum {string} */
      state: 'open' | 'sealed' | 'drawn' | 'void';
      /**
       * Format: int64
       * @description Stakes that fill it
       */
      size: number;
      /**
       * Format: int64
       * @description Stakes that it has
       */
      entryCount: number;
      /** @description Minor units, as decimal text */
      pot: string;
      /**
       * Format: int32
       * @description Basis points of the pot
       */
      payoutShare: number;
      /** Format: date-time */
      opensAt: string;
      /** Format: date-time */
      sealedAt: string | null;
      /** Format: date-time */
      drawnAt: string | null;
    };
    PoolEntryView: {
      /**
       * Format: uuid
       * @description The entry, which is a ballot of the draw: see /ballots/{id}/proof
       */
      id: string;
      /** Format: uuid */
      poolId: string;
      /**
       * Format: int64
       * @description Place in the pool's log, from 0 without gaps
       */
      index: number;
      /** @enum {string} */
      status: 'in_waiting' | 'started' | 'winner' | 'finished';
      /** @description The player's pseudonym in this pool */
      player: string;
      /** @description Minor units, as decimal text */
      stake: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description The exact leaf of the Merkle tree, without its line feed */
      line: string;
    };
    PoolEntryPageView: {
      items: components['schemas']['PoolEntryView'][];
      /** @description For /pools/{id}/entries; null at the end */
      nextCursor: string | null;
    };
    PoolAwardView: {
      /** Format: uuid */
      id: string;
      /** @description Minor units, as decimal text */
      winSum: string;
      /** @description What stays with the house, in minor units, as decimal text */
      house: string;
      /** @enum {string} */
      status: 'played_out';
      /** Format: date-time */
      awardedAt: string;
    };
    PoolView: {
      /**
       * Format: uuid
       * @description The pool, and its draw's id in the notes
       */
      id: string;
      /** Format: uuid */
      gameId: string;
      /** @enum {string} */
      state: 'open' | 'sealed' | 'drawn' | 'void';
      /**
       * Format: int64
       * @description Stakes that fill it
       */
      size: number;
      /**
       * Format: int64
       * @description Stakes that it has
       */
      entryCount: number;
      /** @description Minor units, as decimal text */
      pot: string;
      /**
       * Format: int32
       * @description Basis points of the pot
       */
      payoutShare: number;
      /** Format: date-time */
      opensAt: string;
      /** Format: date-time */
      sealedAt: string | null;
      /** Format: date-time */
      drawnAt: string | null;
      /** @description The first hundred */
      entries: components['schemas']['PoolEntryPageView'];
      notes: components['schemas']['NotesView'];
      winner: components['schemas']['PoolEntryView'] | null;
      award: components['schemas']['PoolAwardView'] | null;
      /** @description Null until it is known */
      assurance: components['schemas']['AssuranceView'] | null;
    };
    RegisterWebhookBody: {
      /**
       * @description As browsers read it
       * @example https://receiver.example/lottery
       */
      url: string;
      /**
       * @description Types of events, or * for all
       * @example [
       *       "lottery.drawn"
       *     ]
       */
      types: (
        | '*'
        | 'user.banned'
        | 'user.unbanned'
        | 'lottery.opened'
        | 'lottery.sealed'
        | 'lottery.drawn'
        | 'lottery.voided'
        | 'pool.opened'
        | 'pool.sealed'
        | 'pool.drawn'
        | 'pool.voided'
        | 'pool.awarded'
      )[];
      description?: string | null;
    };
    RegisteredWebhookView: {
      /** Format: uuid */
      id: string;
      /** @description As URL parsing gives it */
      url: string;
      types: string[];
      description: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description Since its receiver answered 410
       */
      disabledAt: string | null;
      /**
       * Format: date-time
       * @description Nothing is sent before; its receiver answered 429 or 503 with Retry-After
       */
      pausedUntil: string | null;
      /**
       * @description Signs each delivery (Standard Webhooks). Shown this once
       * @example whsec_…
       */
      secret: string;
    };
    WebhookView: {
      /** Format: uuid */
      id: string;
      /** @description As URL parsing gives it */
      url: string;
      types: string[];
      description: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description Since its receiver answered 410
       */
      disabledAt: string | null;
      /**
       * Format: date-time
       * @description Nothing is sent before; its receiver answered 429 or 503 with Retry-After
       */
      pausedUntil: string | null;
    };
    RotateSecretBody: {
      /**
       * Format: int32
       * @description For so long the old secrets sign, too. 0: they end at once, as if one has leaked
       * @default 86400
       */
      overlapSeconds: number;
    };
    SecretView: {
      /**
       * @description Signs each delivery (Standard Webhooks). Shown this once
       * @example whsec_…
       */
      secret: string;
    };
    DeliveryView: {
      /** Format: uuid */
      id: string;
      /**
       * Format: uuid
       * @description The header webhook-id
       */
      messageId: string;
      type: string;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'failed';
      /** Format: int32 */
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      nextAttemptAt: string | null;
      /** Format: date-time */
      lastAttemptAt: string | null;
      /** Format: int64 */
      lastStatusCode: number | null;
      /** @description Why there was no answer */
      lastError: string | null;
    };
    QueuedView: {
      /** Format: uuid */
      deliveryId: string;
    };
    /** @description RFC 9457; GET /problems tells what each code means and what to do */
    Problem: {
      /**
       * Format: uri-reference
       * @example /problems/request.invalid
       */
      type: string;
      title: string;
      /** Format: int32 */
      status: number;
      detail: string;
      /** @description Stable: never renamed */
      code: string;
      /**
       * Format: uri
       * @description The request as the log names it
       */
      instance: string;
      /** @description Every fault of the input, each with its place */
      errors?: {
        detail: string;
        /** @description Into the body (RFC 6901) */
        pointer?: string;
        /** @description Of the path or the query */
        parameter?: string;
        header?: string;
      }[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  auditList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['AuditEntryView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  auditLogCheckpoint: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  auditLogConsistency: {
    parameters: {
      query: {
        /** @description Number of leaves of the earlier tree */
        from: number;
        /** @description Number of leaves of the later tree */
        to: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsistencyProofView'];
        };
      };
      /** @description audit.size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'audit.size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  auditLogInclusion: {
    parameters: {
      query?: {
        /** @description Number of leaves of the tree */
        size?: number;
      };
      header?: never;
      path: {
        index: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditProofView'];
        };
      };
      /** @description audit.size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'audit.size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  healthLive: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LiveView'];
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  healthReady: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadyView'];
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description health.not-ready, http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'health.not-ready' | 'http.unavailable';
          };
        };
      };
    };
  };
  problemsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/markdown': string;
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  problemsFind: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/markdown': string;
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description problem.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'problem.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  verifierKeyKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  verifierKeyAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VerifierKeysView'];
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  authRegister: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description user.username-taken */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'user.username-taken';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description auth.too-many-sign-ups, http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'auth.too-many-sign-ups' | 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description auth.busy, http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'auth.busy' | 'http.unavailable';
          };
        };
      };
    };
  };
  authLogin: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LogInBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.bad-credentials */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.bad-credentials';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description auth.too-many-attempts, http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'auth.too-many-attempts' | 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description auth.busy, http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'auth.busy' | 'http.unavailable';
          };
        };
      };
    };
  };
  authRefresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshTokenBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.refresh-token-invalid, auth.refresh-token-reused */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.refresh-token-invalid' | 'auth.refresh-token-reused';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  authLogout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshTokenBody'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webAuthLogin: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LogInBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The refresh token: __Secure-refresh over https, refresh over http on this machine */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccessTokenView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.bad-credentials */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.bad-credentials';
          };
        };
      };
      /** @description auth.foreign-origin, auth.insecure-origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'auth.foreign-origin' | 'auth.insecure-origin';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description auth.too-many-attempts, http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'auth.too-many-attempts' | 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description auth.busy, http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'auth.busy' | 'http.unavailable';
          };
        };
      };
    };
  };
  webAuthRefresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          /** @description The refresh token: __Secure-refresh over https, refresh over http on this machine */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccessTokenView'];
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description auth.refresh-token-invalid, auth.refresh-token-reused */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.refresh-token-invalid' | 'auth.refresh-token-reused';
          };
        };
      };
      /** @description auth.foreign-origin, auth.insecure-origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'auth.foreign-origin' | 'auth.insecure-origin';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webAuthLogout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          /** @description The refresh token: __Secure-refresh over https, refresh over http on this machine */
          'Set-Cookie'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description auth.foreign-origin, auth.insecure-origin */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'auth.foreign-origin' | 'auth.insecure-origin';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
        /** @description Only the person of this username, in any spelling */
        username?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserPageView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description user.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'user.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersEndSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersFind: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description user.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'user.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersBan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['BanBody'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description user.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'user.not-found';
          };
        };
      };
      /** @description user.already-banned, user.last-admin */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'user.already-banned' | 'user.last-admin';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersUnban: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description user.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'user.not-found';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  usersChangeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeRoleBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description user.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'user.not-found';
          };
        };
      };
      /** @description user.last-admin */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'user.last-admin';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  ballotsFind: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BallotView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description ballot.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'ballot.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  ballotsProve: {
    parameters: {
      query?: {
        /** @description Number of leaves of the tree */
        size?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InclusionProofView'];
        };
      };
      /** @description ballot.tree-size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'ballot.tree-size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description ballot.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'ballot.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  journalCheckpoint: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  journalEntries: {
    parameters: {
      query?: {
        limit?: number;
        /** @description First index, or a nextCursor */
        from?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['JournalEntryView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  journalInclusion: {
    parameters: {
      query?: {
        /** @description Number of leaves of the tree */
        size?: number;
      };
      header?: never;
      path: {
        index: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JournalInclusionView'];
        };
      };
      /** @description journal.size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'journal.size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  journalConsistency: {
    parameters: {
      query: {
        /** @description Number of leaves of the earlier tree */
        from: number;
        /** @description Number of leaves of the later tree */
        to: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsistencyProofView'];
        };
      };
      /** @description journal.size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'journal.size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  lotteriesList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
        state?: 'open' | 'sealed' | 'drawn' | 'void';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['LotterySummaryView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteriesOpen: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OpenLotteryBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LotteryView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description lottery.exists */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'lottery.exists';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description lottery.day-past */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 422;
            /** @enum {string} */
            code?: 'lottery.day-past';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description clock.in-doubt, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'clock.in-doubt' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteriesWinnerByQuery: {
    parameters: {
      query: {
        date: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WinnerView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found, lottery.not-drawn, lottery.void */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found' | 'lottery.not-drawn' | 'lottery.void';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteriesClose: {
    parameters: {
      query: {
        /** @description Close it although its day is not over; a day that has not begun cannot be closed */
        early?: boolean;
        date: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LotteryView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description access.internal-token-missing */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'access.internal-token-missing';
          };
        };
      };
      /** @description access.internal-token-wrong */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.internal-token-wrong';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description lottery.not-over, lottery.not-begun */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'lottery.not-over' | 'lottery.not-begun';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description clock.in-doubt, draw.seal-too-slow, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'clock.in-doubt' | 'draw.seal-too-slow' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteriesCloseAsAdmin: {
    parameters: {
      query?: {
        /** @description Close it although its day is not over; a day that has not begun cannot be closed */
        early?: boolean;
      };
      header?: never;
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LotteryView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description lottery.not-over, lottery.not-begun */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'lottery.not-over' | 'lottery.not-begun';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description clock.in-doubt, draw.seal-too-slow, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'clock.in-doubt' | 'draw.seal-too-slow' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteriesFind: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LotteryView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteriesWinner: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WinnerView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found, lottery.not-drawn, lottery.void */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found' | 'lottery.not-drawn' | 'lottery.void';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteryBallotsList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['LotteryBallotView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteryBallotsSubmit: {
    parameters: {
      query?: never;
      header?: {
        /** @description Makes a retry safe: the same key gives the same ballots. 1 to 255 visible ASCII characters, spaces between them */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SubmitBallotsBody'];
      };
    };
    responses: {
      /** @description A list of receipts if a count was given */
      201: {
        headers: {
          /** @description The key had made these ballots already */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiptView'] | components['schemas']['ReceiptsView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description ballot.player-banned, ballot.player-unknown */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'ballot.player-banned' | 'ballot.player-unknown';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description ballot.closed, ballot.limit-reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'ballot.closed' | 'ballot.limit-reached';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description ballot.idempotency-key-reused, lottery.too-many-ballots */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 422;
            /** @enum {string} */
            code?: 'ballot.idempotency-key-reused' | 'lottery.too-many-ballots';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description ballot.queue-full, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'ballot.queue-full' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteryBallotsListOwn: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['LotteryBallotView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  lotteryProofsBundle: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags that the client has */
        'If-None-Match'?: string;
      };
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BundleView'];
        };
      };
      /** @description The client has this version */
      304: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found, lottery.not-sealed */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found' | 'lottery.not-sealed';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.too-many-downloads, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.too-many-downloads' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteryProofsList: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags that the client has */
        'If-None-Match'?: string;
      };
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description The client has this version */
      304: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.too-many-downloads, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.too-many-downloads' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteryProofsCheckpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  lotteryProofsConsistency: {
    parameters: {
      query: {
        /** @description Number of leaves of the earlier tree */
        from: number;
        /** @description Number of leaves of the later tree */
        to: number;
      };
      header?: never;
      path: {
        /** @description A day of the calendar, 0001-01-01 to 9999-12-30, or the current one */
        date: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsistencyProofView'];
        };
      };
      /** @description ballot.tree-size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'ballot.tree-size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description lottery.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'lottery.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  stakesSubmit: {
    parameters: {
      query?: never;
      header?: {
        /** @description The id of the message; makes a retry safe. 1 to 255 visible ASCII characters, spaces between them */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StakeMessage'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EntryReceiptView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description access.internal-token-missing */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'access.internal-token-missing';
          };
        };
      };
      /** @description access.internal-token-wrong */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.internal-token-wrong';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description pool.event-type-unknown, pool.idempotency-key-reused */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 422;
            /** @enum {string} */
            code?: 'pool.event-type-unknown' | 'pool.idempotency-key-reused';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description clock.in-doubt, pool.queue-full, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'clock.in-doubt' | 'pool.queue-full' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolRulesList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PoolRulesView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  poolRulesChange: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        gameId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PoolRulesBody'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PoolRulesView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  poolsList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
        gameId?: string;
        state?: 'open' | 'sealed' | 'drawn' | 'void';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PoolSummaryView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolsFind: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PoolView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description pool.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'pool.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolsEntries: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['PoolEntryView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description pool.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'pool.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolProofsBundle: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags that the client has */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BundleView'];
        };
      };
      /** @description The client has this version */
      304: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description pool.not-found, pool.not-sealed */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'pool.not-found' | 'pool.not-sealed';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.too-many-downloads, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.too-many-downloads' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolProofsList: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags that the client has */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description The client has this version */
      304: {
        headers: {
          ETag: string;
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description pool.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'pool.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.too-many-downloads, http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.too-many-downloads' | 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolProofsCheckpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description pool.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'pool.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  poolProofsConsistency: {
    parameters: {
      query: {
        /** @description Number of leaves of the earlier tree */
        from: number;
        /** @description Number of leaves of the later tree */
        to: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsistencyProofView'];
        };
      };
      /** @description ballot.tree-size-invalid, request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'ballot.tree-size-invalid' | 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description pool.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'pool.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable, ballot.archive-unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable' | 'ballot.archive-unavailable';
          };
        };
      };
    };
  };
  webhooksList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['WebhookView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webhooksRegister: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterWebhookBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegisteredWebhookView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description webhook.too-many */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'webhook.too-many';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description webhook.url-refused */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 422;
            /** @enum {string} */
            code?: 'webhook.url-refused';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webhooksRotateSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RotateSecretBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description webhook.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'webhook.not-found';
          };
        };
      };
      /** @description webhook.too-many-secrets */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'webhook.too-many-secrets';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webhooksRemove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description webhook.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'webhook.not-found';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webhookDeliveriesList: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['DeliveryView'][];
            /** @description null at the end */
            nextCursor: string | null;
          };
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description webhook.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'webhook.not-found';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webhookDeliveriesRetry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description webhook.not-found, webhook.delivery-not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'webhook.not-found' | 'webhook.delivery-not-found';
          };
        };
      };
      /** @description webhook.disabled */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'webhook.disabled';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  webhookDeliveriesTest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueuedView'];
        };
      };
      /** @description request.invalid, http.bad-request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 400;
            /** @enum {string} */
            code?: 'request.invalid' | 'http.bad-request';
          };
        };
      };
      /** @description auth.token-missing, auth.token-invalid */
      401: {
        headers: {
          'WWW-Authenticate': string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 401;
            /** @enum {string} */
            code?: 'auth.token-missing' | 'auth.token-invalid';
          };
        };
      };
      /** @description access.forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 403;
            /** @enum {string} */
            code?: 'access.forbidden';
          };
        };
      };
      /** @description webhook.not-found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 404;
            /** @enum {string} */
            code?: 'webhook.not-found';
          };
        };
      };
      /** @description webhook.disabled */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 409;
            /** @enum {string} */
            code?: 'webhook.disabled';
          };
        };
      };
      /** @description http.body-too-large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 413;
            /** @enum {string} */
            code?: 'http.body-too-large';
          };
        };
      };
      /** @description http.uri-too-long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 414;
            /** @enum {string} */
            code?: 'http.uri-too-long';
          };
        };
      };
      /** @description http.unsupported-media-type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 415;
            /** @enum {string} */
            code?: 'http.unsupported-media-type';
          };
        };
      };
      /** @description http.too-many-requests */
      429: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 429;
            /** @enum {string} */
            code?: 'http.too-many-requests';
          };
        };
      };
      /** @description http.internal */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 500;
            /** @enum {string} */
            code?: 'http.internal';
          };
        };
      };
      /** @description http.unavailable */
      503: {
        headers: {
          /** @description Seconds */
          'Retry-After': number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /**
             * Format: int32
             * @enum {integer}
             */
            status?: 503;
            /** @enum {string} */
            code?: 'http.unavailable';
          };
        };
      };
    };
  };
  onUserBanned: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'user.banned';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            userId: string;
            /** Format: date-time */
            bannedAt: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onUserUnbanned: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'user.unbanned';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            userId: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onLotteryOpened: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'lottery.opened';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: date */
            date: string;
            /** Format: uuid */
            drawId: string;
            /** @enum {string} */
            state: 'open';
            /** Format: date-time */
            closesAt: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onLotterySealed: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'lottery.sealed';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: date */
            date: string;
            /** Format: uuid */
            drawId: string;
            /** @enum {string} */
            state: 'sealed';
            /** Format: int64 */
            ballots: number;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onLotteryDrawn: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'lottery.drawn';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: date */
            date: string;
            /** Format: uuid */
            drawId: string;
            /** @enum {string} */
            state: 'drawn';
            winner: {
              /** Format: uuid */
              ballotId: string;
              /** Format: uuid */
              userId: string;
              /** Format: int64 */
              index: number;
            };
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onLotteryVoided: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'lottery.voided';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: date */
            date: string;
            /** Format: uuid */
            drawId: string;
            /** @enum {string} */
            state: 'void';
            /** Format: int64 */
            ballots: number;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onPoolOpened: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'pool.opened';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            poolId: string;
            /** Format: uuid */
            gameId: string;
            /** Format: date-time */
            time: string;
            /** Format: int64 */
            size: number;
            /** Format: int64 */
            payoutShare: number;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onPoolSealed: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'pool.sealed';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            poolId: string;
            /** Format: uuid */
            gameId: string;
            /** Format: date-time */
            time: string;
            pot: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onPoolDrawn: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'pool.drawn';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            poolId: string;
            /** Format: uuid */
            gameId: string;
            /** Format: date-time */
            time: string;
            /** Format: int64 */
            winnerIndex: number;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onPoolVoided: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'pool.voided';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            poolId: string;
            /** Format: uuid */
            gameId: string;
            /** Format: date-time */
            time: string;
            pot: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onPoolAwarded: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'pool.awarded';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            poolId: string;
            /** Format: uuid */
            gameId: string;
            /** Format: date-time */
            time: string;
            /** Format: uuid */
            awardId: string;
            /** Format: uuid */
            playerId: string;
            winSum: string;
            pot: string;
            /** @enum {string} */
            status: 'played_out';
            verify: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onWebhookTest: {
    parameters: {
      query?: never;
      header: {
        /** @description Id of the message: the same for each attempt, and for all webhooks that get it. */
        'webhook-id': string;
        /** @description Seconds since 1970 of this attempt. Refuse what is minutes old. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 (Base64) of `<webhook-id>.<webhook-timestamp>.<body>` under the secret (what follows whsec_, from Base64). Several, separated by spaces, while the secret is rotated: one that fits is enough. */
        'webhook-signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          type: 'webhook.test';
          /**
           * Format: int32
           * @description Of the form of this body. Fields are added without another one.
           * @enum {integer}
           */
          version: 1;
          /**
           * Format: date-time
           * @description When it happened
           */
          timestamp: string;
          data: {
            /** Format: uuid */
            webhookId: string;
          };
        };
      };
    };
    responses: {
      /** @description Send no more: the webhook is disabled */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Later, see Retry-After */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Taken */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
