import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import * as ts from 'typescript';
import type { Account } from '../../src/wallet/domain/account';
import type { decide } from '../../src/wallet/domain/decide';

const DOMAIN = resolve(__dirname, '../../src/wallet/domain');

/** [what is wrong, the text that is replaced, with what] */
export const MUTANTS: readonly (readonly [bug: string, text: string, instead: string])[] = [
  ['a refused request leaves its first legs', `if ('transfers' in answer) changes.absorb`, 'changes.absorb'],
  ['holds of a request are forgotten', `['accounts', 'holds', 'made', 'reversible'] as`, `['accounts', 'made'] as`],
  ['a hold is settled twice', `if (hold.state !== 'open') return`, 'if (false) return'],
  ['more is posted than is held', 'if (amountMinor > hold.amountMinor) return', 'if (false) return'],
  ['a negative amount', 'if (amountMinor <= 0n || amountMinor > MAX_AMOUNT_MINOR) return', 'if (false) return'],
  ['what is held can be spent', 'this.balanceMinor - this.heldMinor - floor', 'this.balanceMinor - floor'],
  ['twins in a batch', 'draft.made.set(leg.id, transfer);', ''],
  ['a chain of which some legs are known', 'if (made.length > 0) return', 'if (made.length === legs.length) return'],
  ['another payload under the same id', '&& legs.every((leg, i) => isSame(leg, groupId, made[i] as Transfer))', ''],
  ['a partial post keeps the rest', '-hold.amountMinor, draft);\n}', '-amountMinor, draft);\n}'],
  ['the hold of another account', '|| hold.debitId !== debitId || hold.creditId !== creditId', ''],
  ['a transfer is reversed twice', 'original.leftMinor - amountMinor', 'original.leftMinor'],
  ['a reversal in the same direction', '!isOpposite || ', ''],
  ['a hold reverses', `if (reason === 'reversal' && kind !== 'transfer') return`, 'if (false) return'],
  ['banned users spend', '&& banned.has(debit.name.ownerId)', '&& false'],
  ['a frozen account spends', `debit.state === 'frozen' || `, ''],
  ['an expired hold is posted', `if (hold.hasExpiredAt(at) && kind !== 'expire') return`, 'if (false) return'],
  ['a hold is late from the start', 'if (isLate) return', 'if (false) return'],
  ['currencies mix', 'debit.name.currency !== credit.name.currency', 'false'],
];

export interface Rules {
  readonly decide: typeof decide;
  readonly Account: typeof Account;
}

/** The rules with the text replaced, wherever in the domain it stands. @throws Error if it stands nowhere */
export function mutant(text: string, instead: string): Rules {
  let count = 0;
  const load = (file: string): unknown => {
    const source = readFileSync(`${file}.ts`, 'utf8');
    count += source.split(text).length - 1;
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(
      source.replace(text, () => instead),
      { compilerOptions: options },
    );
    const exports = {};
    const requireIn = (name: string): unknown => {
      return name.startsWith('./') ? load(join(dirname(file), name)) : jest.requireActual(pathOf(name, file));
    };
    type Body = (require: typeof requireIn, exports: object) => void;
    (compileFunction(outputText, ['require', 'exports']) as Body)(requireIn, exports);
    return exports;
  };
  const rules = { ...(load(join(DOMAIN, 'decide')) as Rules), ...(load(join(DOMAIN, 'account')) as Rules) };
  if (count === 0) throw new Error(`the rules do not say ${text}`);
  return rules;
}

function pathOf(name: string, file: string): string {
  return name.startsWith('.') ? join(dirname(file), name) : name;
}
