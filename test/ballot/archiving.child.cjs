/**
 * Archives with the built service and dies on the way: process.argv is month, folder, point and what else. It kills
 * itself with SIGKILL at the n-th point: before or behind a statement that it sends or a file that it stores. With
 * point 0 it lives and prints how many there were. `careless` drops first and archives then: the bug that the test must
 * notice.
 */
const pg = require('pg');
const { ArchiveBallots } = require('../../dist/src/ballot/application/archive-ballots.js');
const { ArchiveCatalog } = require('../../dist/src/ballot/infrastructure/archive-catalog.js');
const { ArchiveFiles } = require('../../dist/src/ballot/infrastructure/archive-files.js');
const { FileObjectStore } = require('../../dist/src/platform/objects/file-object-store.js');
const { TypeOrmArchivableBallots } = require('../../dist/src/ballot/infrastructure/typeorm-archivable-ballots.js');
const { createDataSource } = require('../../dist/src/data-source.js');
const { SettledDrawsOfOwners } = require('../../dist/src/programs/settled-draws.js');
const { readConfig } = require('../../dist/src/platform/config/config.js');
const { DatabaseConfig } = require('../../dist/src/platform/database/database-config.js');

const [, , month, folder, last, fault] = process.argv;
/** Several files of each kind. */
const FILE_BYTES = 15_000;
const counted = { armed: false, points: 0 };

function pass() {
  if (counted.armed && ++counted.points === Number(last)) process.kill(process.pid, 'SIGKILL');
}

const send = pg.Client.prototype.query;
pg.Client.prototype.query = async function (...given) {
  pass();
  const answer = await send.apply(this, given);
  pass();
  return answer;
};

class DyingStore extends FileObjectStore {
  async put(...given) {
    pass();
    await super.put(...given);
    pass();
  }
}

async function main() {
  const config = readConfig([DatabaseConfig]);
  const dataSource = await createDataSource({ url: config.DATABASE_URL, poolSize: 1 }).initialize();
  const session = dataSource.createQueryRunner();
  const ballots = new TypeOrmArchivableBallots(session);
  const files = new ArchiveFiles(new ArchiveCatalog(session), new DyingStore(folder), FILE_BYTES);
  const archive = new ArchiveBallots(ballots, files, new SettledDrawsOfOwners(session));
  counted.armed = true;
  for (const unit of await ballots.units(new Date(`${month}-01T00:00:00Z`))) {
    if (fault === 'careless') await session.query(`drop table "${unit.name}"`);
    await archive.execute(unit, () => undefined);
  }
  process.stdout.write(String(counted.points));
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
