/** SQL: the day of a draw: its lottery's, otherwise the day on which it was opened. */
export const DRAW_DAY = `coalesce(lotteries.date, (draws.opens_at at time zone 'UTC')::date)`;

/** SQL: whether the ballots of the draw of this id have been moved to the archive. */
export function archived(id: string): string {
  return `exists (select from ballot_partitions where archived_at is not null
    and ${id} >= first_draw and ${id} < end_draw and ${id} <> all (left_out))`;
}

/** SQL: each draw with everything it has one row of; a column with a dot belongs to what is before the dot. */
export function drawsWanted(wanted: string): string {
  return `
    select ${wanted} as wanted, ${archived('draws.id')} as archived, draws.id, draws.name,
    draws.opens_at as "opensAt", draws.closes_at as "closesAt",
      draws.full_size as "fullSize", draws.winners, draws.open_note as "openNote", draws.beacon_chain as "beaconChain",
      draws.open_round as "openRound", draws.seal_note as "sealNote", draws.sealed_at as "sealedAt", draws.exclusions,
      draws.trigger, draws.seal_round as "sealRound", draws.beacon_signature as "beaconSignature",
      draws.draw_note as "drawNote", draws.drawn_at as "drawnAt", draws.winner_indexes as "winnerIndexes",
      draw_secrets.secret,
      ballot_logs.draw_id as "log.", ballot_logs.closes_at as "log.closesAt", ballot_logs.size as "log.size",
      ballot_logs.frontier as "log.frontier", ballot_logs.last_submitted_at as "log.lastSubmittedAt",
      ballot_logs.sealed_at as "log.sealedAt",
      beacon_chains.hash as "chain.", beacon_chains.hash as "chain.hash", beacon_chains.public_key as "chain.publicKey",
      beacon_chains.genesis_seconds as "chain.genesisSeconds", beacon_chains.period_seconds as "chain.periodSeconds",
      beacon_chains.scheme as "chain.scheme",
      lotteries.date as "lottery.", lotteries.date as "lottery.date", lotteries.state as "lottery.state",
      pools.id as "pool.", pools.game_id as "pool.gameId", pools.size as "pool.size",
      pools.payout_share_bp as "pool.payoutShareBp", pools.state as "pool.state", pools.entries as "pool.entries",
      pools.pot_minor as "pool.potMinor", pools.winner_index as "pool.winnerIndex",
      pools.decided_at as "pool.decidedAt",
      pool_awards.id as "award.", pool_awards.id as "award.id", pool_awards.game_id as "award.gameId",
      pool_awards.player_id as "award.playerId", pool_awards.win_sum_minor as "award.winSumMinor",
      pool_awards.pot_minor as "award.potMinor"
    from draws
    left join draw_secrets on draw_secrets.draw_id = draws.id
    left join ballot_logs on ballot_logs.draw_id = draws.id
    left join beacon_chains on beacon_chains.hash = draws.beacon_chain
    left join lotteries on lotteries.draw_id = draws.id
    left join pools on pools.id = draws.id
    left join pool_awards on pool_awards.pool_id = draws.id`;
}
