import { readFileSync } from 'node:fs';
import { CASES } from '../support/draw-v2-vectors';
import { PYTHON, PythonVerifier } from './python-verifier';

type Words = Record<string, string | number>;
const { QUICKNET } = jest.requireActual<{ QUICKNET: Words }>('../../verifier/core/beacon-chain.mjs');
const { STEPS } = jest.requireActual<{ STEPS: Words }>('../../verifier/core/texts.mjs');

const read = (path: string) => readFileSync(path, 'utf8');

describe('the page of the protocol', () => {
  const page = read('docs/draw-protocol.md');

  it('has the constants of quicknet, as both verifiers do', () => {
    const { hash, publicKey, genesis, period, scheme } = QUICKNET;
    for (const text of [
      `chain hash  ${hash}`,
      `public key  ${publicKey}`,
      `genesis     ${genesis}`,
      `period      ${period}`,
    ]) {
      expect(page).toContain(`\n${text}\n`);
    }
    expect(page).toContain(`\nscheme      ${scheme}\n`);
    const python = read('verifier/verify.py').replaceAll(/"\n {4}"/g, '');
    for (const text of [`"${hash}"`, `"${publicKey}"`, `genesis=${genesis}`, `period=${period}`]) {
      expect(python).toContain(text);
    }
  });

  it('names in its list of cheats only steps that there are', () => {
    const [, table = ''] = page.split('## 12. For verifiers');
    const steps = [...table.matchAll(/^\|.*\|([^|]*)\|$/gm)].flatMap(([, cell = '']) => {
      return cell.trim().startsWith('none') ? [] : [...cell.matchAll(/`([a-z-]+)`/g)].map(([, step]) => step);
    });
    expect(steps.length).toBeGreaterThan(15);
    expect(steps.filter((step) => step !== 'void' && !(step! in STEPS))).toEqual([]);
  });

  it('has the worked example of the vectors', () => {
    const [flood] = CASES;
    for (const hash of [flood?.openHash, flood?.sealHash, flood?.drawHash, flood?.key]) expect(page).toContain(hash);
    for (const line of flood?.drawBody?.match(/^ranked .*$/gm) ?? []) expect(page).toContain(`\n${line}\n`);
  });

  it('has the exit codes of the verifiers, as their own pages do', () => {
    for (const path of ['docs/draw-protocol.md', 'docs/verify.md', 'verifier/README.md']) {
      const codes = [...read(path).matchAll(/^\| (\d) +\| /gm)].map(([, code]) => code);
      expect([path, codes]).toEqual([path, ['0', '1', '2', '3']]);
    }
    expect(read('verifier/verify.mjs')).toMatch(
      / 3 {2}everything that was checked holds, but the draw is not drawn yet/,
    );
    expect(read('verifier/verify.py')).toMatch(/3 all that was checked holds, but the draw is not drawn yet/);
  });

  it('does not say that a verifier sees a second seal', () => {
    const [, first = ''] = /operator re-seals until a result suits +\|([^|]*)\|/.exec(page) ?? [];
    const [, last = ''] = /operator seals twice +\|[^|]*\|([^|]*)\|/.exec(page) ?? [];
    expect(first).toContain('not to a verifier');
    expect(last).toContain('none');
  });
});

(PYTHON ? describe : describe.skip)('the help of both verifiers', () => {
  it('says what code 3 means', async () => {
    const python = new PythonVerifier();
    const { code, stdout } = await python.run(['--help']);
    await python.stop();
    expect([code, stdout]).toEqual([0, expect.stringContaining('not drawn yet')]);
  });
});
