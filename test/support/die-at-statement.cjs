const pg = require('pg');

/**
 * The process kills itself with SIGKILL before the n-th message to the database after `armed` is set, or just after it
 * was sent (`moment` is `before` or `after`; 0: never). Gives the count. Required before any connection is made, since
 * each keeps the function that it finds then.
 */
module.exports = function dieAtStatement(last, moment) {
  const counted = { armed: false, statements: 0 };
  const send = pg.Client.prototype.query;
  pg.Client.prototype.query = function (...given) {
    const dying = counted.armed && ++counted.statements === Number(last);
    if (dying && moment === 'before') process.kill(process.pid, 'SIGKILL');
    const sent = send.apply(this, given);
    if (dying) process.kill(process.pid, 'SIGKILL');
    return sent;
  };
  return counted;
};
