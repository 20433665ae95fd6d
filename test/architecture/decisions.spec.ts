import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, inHouse, repository } from './house';

const FOLDER = 'docs/decisions';

describe('how a decision begins', () => {
  const fine = '# 0001: Water is wet\n\nAccepted on 2026-11-21.\n\n## Context\n';

  it.each([
    ['another number than its file', fine.replace('0001', '0002')],
    ['a title in another style', fine.replace('0001:', '1.')],
    ['no status', fine.replace(/Accepted.*\n\n/, '')],
    ['a status without a date', fine.replace(' on 2026-11-21', '')],
  ])('refuses %s', async (_, text) => {
    expect(await inHouse({ [`${FOLDER}/0001-water.md`]: text }, irregularDecisions)).toEqual([
      `${FOLDER}/0001-water.md`,
    ]);
  });

  it('refuses two of one number', async () => {
    const files = { [`${FOLDER}/0001-water.md`]: fine, [`${FOLDER}/0001-wet.md`]: fine };
    expect(await inHouse(files, irregularDecisions)).toEqual([`${FOLDER}/0001-wet.md`]);
  });

  it('ours keep to it', async () => {
    expect(await irregularDecisions(repository)).toEqual([]);
  });
});

/** `# NNNN: Title`, an empty line, `Accepted on <day>.` or `Superseded by NNNN on <day>.`, and more if need be. */
async function irregularDecisions(house: string): Promise<string[]> {
  const files = await filesIn(house, FOLDER);
  const numbers = files.map((file) => file.slice(FOLDER.length + 1, FOLDER.length + 5));
  return files.filter((file, i) => {
    const status = `(Accepted|Superseded by \\d{4}) on \\d{4}-\\d{2}-\\d{2}\\.`;
    const isRegular = new RegExp(`^# ${numbers[i]}: \\S.*\\n\\n${status}`).test(
      readFileSync(join(house, file), 'utf8'),
    );
    return !isRegular || numbers.indexOf(numbers[i]!) < i;
  });
}
