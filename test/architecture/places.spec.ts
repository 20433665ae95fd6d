import { dirname } from 'node:path';
import { filesIn, inHouse, repository } from './house';

/** More than this in one folder, and names begin to do the work of folders. */
const MAX_FILES = 25;

/** Every place in which a source may stand. The root has the composition, and this list does not grow. */
const PLACES = [
  /^src\/(main|app\.module|create-app|data-source|database-rights)\.ts$/,
  /^src\/([a-z]+)\/\1\.(module|api|events|views)\.ts$/,
  /^src\/[a-z]+\/(domain|application|infrastructure)\/(?!index\.)[a-z0-9]+([-.][a-z0-9]+)*\.ts$/,
  /^src\/platform\/(platform\.module|[a-z-]+\/(?!index\.)[a-z0-9]+([-.][a-z0-9]+)*)\.ts$/,
  /^src\/programs\/(?!index\.)[a-z0-9]+(-[a-z0-9]+)*\.ts$/,
];

/** What comes in is `.requests.ts`, what goes out `.views.ts`. */
const OTHER_SUFFIXES = /\.(dto|dtos|request|query|queries|body|view|response|responses)\.ts$/;

describe('where files are', () => {
  it.each([
    ['a layer with folders', 'src/user/domain/passwords/rule.ts'],
    ['a module in a folder of modules', 'src/modules/user/domain/rule.ts'],
    ['a layer that we do not have', 'src/user/helpers/rule.ts'],
    ['a barrel', 'src/user/domain/index.ts'],
    ['a barrel of a module', 'src/user/index.ts'],
    ['a barrel of a room', 'src/platform/http/index.ts'],
    ['a sixth root file', 'src/utils.ts'],
    ['a program at the root', 'src/archive.ts'],
    ['a door with another name than its module', 'src/user/users.api.ts'],
    ['a fifth door', 'src/user/user.tables.ts'],
    ['a name that is not in kebab case', 'src/user/domain/NewRule.ts'],
    ['a script', 'src/user/domain/rule.js'],
    ['a room with folders', 'src/platform/http/pipes/uuid.ts'],
    ['a room with layers', 'src/platform/http/domain/rule.ts'],
    ['a file between the rooms', 'src/platform/clock.ts'],
    ['a program with folders', 'src/programs/archive/run.ts'],
    ['a layer of shared that touches technology', 'src/shared/helpers/pool.ts'],
    ['requests under another suffix', 'src/user/infrastructure/users.dto.ts'],
    ['requests in the singular', 'src/platform/http/page.query.ts'],
    ['views in the singular', 'src/user/infrastructure/user.view.ts'],
  ])('refuses %s', async (_, file) => {
    expect(await inHouse({ [file]: 'export {};' }, misplacedFiles)).toEqual([file]);
  });

  it('our own sources keep to it', async () => {
    expect(await misplacedFiles(repository)).toEqual([]);
  });
});

describe('how many files a folder has', () => {
  const filesOf = (folder: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/file-${i}.ts`, 'export {};']));

  it(`refuses a folder with ${MAX_FILES + 1}`, async () => {
    const house = { ...filesOf('src/platform/http', MAX_FILES + 1), ...filesOf('src/user/domain', MAX_FILES) };
    expect(await inHouse(house, crowdedFolders)).toEqual([`src/platform/http: ${MAX_FILES + 1}`]);
  });

  it('our own sources keep to it', async () => {
    expect(await crowdedFolders(repository)).toEqual([]);
  });
});

async function misplacedFiles(house: string): Promise<string[]> {
  return (await filesIn(house, 'src')).filter(
    (file) => OTHER_SUFFIXES.test(file) || !PLACES.some((place) => place.test(file)),
  );
}

async function crowdedFolders(house: string): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const folder of (await filesIn(house, 'src')).map(dirname)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > MAX_FILES).map(([folder, count]) => `${folder}: ${count}`);
}
