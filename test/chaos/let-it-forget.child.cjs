/** The built service with a planted bug: its sessions leave synchronous_commit as the database has it. */
const { Client } = require('pg');

const ASKED = "where current_setting('synchronous_commit') = 'off'";

const { query } = Client.prototype;

Client.prototype.query = function (asked, ...rest) {
  const isMeant = typeof asked?.text === 'string' && asked.text.includes(ASKED);
  return query.call(this, isMeant ? { ...asked, text: asked.text.replace(ASKED, 'where false') } : asked, ...rest);
};

require('../../dist/src/main.js');
