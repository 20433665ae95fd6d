import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as ts from 'typescript';
import { filesIn, inHouse, repository } from './house';

/** The ground floor carries every module and speaks of none. */
const WORD_OF_A_MODULE = /^(lotter(y|ies)|ballots?|pools?|draws?|drawn|stakes?|webhooks?|drand)$/i;

/** Not the words of modules, though they are spelled like them. */
const EXCEPTIONS: readonly { readonly text: RegExp; readonly reason: string }[] = [
  { text: /^(pool|Pool|DATABASE_POOL_SIZE|POOL_SHARE|poolSize)$/, reason: "the driver's pool of connections" },
  { text: /^Connection terminated: its pool has lost others$/, reason: "the driver's pool of connections" },
  { text: /^lottery_[a-z_]*$/, reason: 'the name of the service, with which its metrics, groups and role begin' },
  {
    text: /^lottery[-.](service|relay|local|v1\.)$/,
    reason: 'the name of the service, on connections, notes and topics',
  },
  {
    text: /^Lottery$|^A daily lottery whose draw anyone can check\./,
    reason: 'the name of the service, in log and document',
  },
  { text: /https:\/\/lottery\.example/, reason: 'an address as an example' },
];

describe('which words shared and platform know', () => {
  it.each([
    ['a class', 'export class BallotRelay {}'],
    ['a property', "export const limits = { 'address': 1, ballots: 2 };"],
    ['a text', "export const type = 'pool.awarded';"],
    ['a template', 'export const sql = (table: string) => `select from ${table} join draws`;'],
    ['a regular expression', 'export const path = /^.(lotteries)/;'],
    ['a constant', "export const RELAYS = ['https://api.drand.sh'];"],
    ['a private field', 'export class Some { readonly #stakes = 1; }'],
    ['a name in the plural', 'export const webhooksAllowed = true;'],
    ['an exception inside of something else', "export const name = 'lottery_app of the lottery';"],
  ])('refuses one in %s', async (_, text) => {
    const house = {
      'src/platform/http/planted.ts': text,
      'src/shared/domain/planted.ts': text,
      'src/user/user.api.ts': text,
    };
    const found = await inHouse(house, wordsOfModules);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^src\/platform\/http\/planted\.ts:1: ./);
  });

  it.each([
    ['a comment', '// A ballot is one of many.\nexport {};'],
    ['a word that contains one', 'export const drawer = { withdraw: 1, spool: 2 };'],
    ['the pool of the driver', "import type { Pool } from 'pg';\nexport const pool = (one: Pool) => one;"],
    ['the name of a metric', "export const name = 'lottery_queue_depth';"],
  ])('lets %s pass', async (_, text) => {
    expect(await inHouse({ 'src/platform/http/fine.ts': text, 'src/shared/fine.ts': text }, wordsOfModules)).toEqual(
      [],
    );
  });

  it('our own sources keep to it', async () => {
    expect(await wordsOfModules(repository)).toEqual([]);
  });
});

/** In identifiers, texts and regular expressions. */
async function wordsOfModules(house: string): Promise<string[]> {
  const files = await filesIn(house, 'src/shared', 'src/platform');
  const texts = await Promise.all(files.map((file) => readFile(join(house, file), 'utf8')));
  return files.flatMap((file, i) =>
    namesIn(file, texts[i]!)
      .filter(({ text }) => isForeign(text))
      .map(({ line, text }) => `${file}:${line}: ${text}`),
  );
}

function isForeign(text: string): boolean {
  if (EXCEPTIONS.some((exception) => exception.text.test(text))) return false;
  const words = text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/);
  return words.some((word) => WORD_OF_A_MODULE.test(word));
}

interface Name {
  readonly line: number;
  readonly text: string;
}

function namesIn(file: string, source: string): Name[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const names: Name[] = [];
  const visit = (node: ts.Node): void => {
    if (isNamed(node))
      names.push({ line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: node.text });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function isNamed(node: ts.Node): node is ts.Node & { readonly text: string } {
  return (
    ts.isIdentifier(node) ||
    ts.isPrivateIdentifier(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node)
  );
}
