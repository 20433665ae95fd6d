import { BuiltDraw, pseudonym } from '../bundle-builder';
import { describeVerifyPy, type Given } from './describe-verify-py';
import { bodyOf, DRAW, edit, OTHER_DRAW, OTHER_HASH, OTHER_ROOT, upperHex } from './edits';

describeVerifyPy(({ verify, verdict, failedStep }) => {
  describe('refuses a list that was changed, at step', () => {
    const { bundle, ballots, lines } = new BuiltDraw({ ballots: 20 });
    const winner = Number(bundle.candidates[0]!.line.split(' ')[0]);
    const list = (changed: readonly string[]) => changed.map((line) => `${line}\n`).join('');
    const renumbered = (index: number, line: string) => line.replace(/\d+/, `${index}`);

    it.each<[string, string, string | Buffer]>([
      ['ballots', 'nothing', ''],
      ['ballots', 'a line less', list(lines.slice(0, -1))],
      ['ballots', 'a line more', `${ballots}${renumbered(20, lines[19]!)}\n`],
      ['ballots', 'no line feed at the end', ballots.slice(0, -1)],
      ['ballots', 'an empty line at the end', `${ballots}\n`],
      ['ballots', 'carriage returns', ballots.replaceAll('\n', '\r\n')],
      ['ballots', 'a byte order mark', `\ufeff${ballots}`],
      ['ballots', 'another order', list(lines.with(0, lines[1]!).with(1, lines[0]!))],
      ['ballots', 'a ballot twice', list(lines.with(5, renumbered(5, lines[4]!)))],
      ['ballots', 'upper-case hex', list(lines.with(0, upperHex(lines[0]!)))],
      ['ballots', 'a leading zero', ballots.replace('\n1 ', '\n01 ')],
      ['ballots', 'digits that are not ASCII', ballots.replace('\n1 ', '\n\u0661 ')],
      ['ballots', 'a shorter time', ballots.replace('.000Z', '.00Z')],
      ['ballots', 'zeros', Buffer.alloc(1 << 20)],
      ['root', 'another player', list(lines.with(0, lines[0]!.replace(/(?<= )[0-9a-f]{32}/, pseudonym(99))))],
      ['root', 'another id of the winner', list(lines.with(winner, lines[winner]!.replace(/(?<= ).{8}/, '00000000')))],
      ['root', 'another time', list(lines.with(1, lines[1]!.replace('.000Z', '.001Z')))],
    ])('%s: %s', async (step, _, changed) => {
      expect(changed).not.toEqual(ballots);
      expect(await failedStep(bundle, { ballots: changed })).toBe(step);
    });
  });

  describe('a receipt', () => {
    const draw = new BuiltDraw({ ballots: 20, players: 20 });
    const { bundle, ballots } = draw;
    const won = Number(bundle.candidates[0]!.line.split(' ')[0]);
    const lost = (won + 3) % 20;
    const receipt = draw.receipt(lost);
    const proof = draw.proof(lost);
    const other = receipt.line.replace(/(?<= ).{8}/, '00000000');
    const resigned = (index: number, size: number, change: (body: string) => string) => {
      const original = draw.receipt(index, size);
      return { ...original, checkpoint: draw.signer.sign(change(bodyOf(original.checkpoint))) };
    };

    it.each<[string, string, Given]>([
      ['in the list', 'checked', { receipt, ballots }],
      ['in the proof', 'checked', { receipt: { ...receipt, id: 'x' }, proof }],
      ['in the list and in the proof', 'checked', { receipt, ballots, proof }],
      ['among the candidates', 'checked', { receipt: draw.receipt(won, 20) }],
      ['nowhere', 'not-checked', { receipt }],
    ])('is looked for %s', async (_, status, given) => {
      const { code, checks } = await verdict(bundle, given);
      const mine = checks.filter(({ step }) => step === 'receipt' || step === 'proof' || step === 'my-ballot');
      expect(code).toBe(0);
      expect(mine.map((check) => `${check.step} ${check.status}`)).toEqual(['receipt checked', `my-ballot ${status}`]);
    });

    it('says what it needs where there is nothing to look in', async () => {
      const { stdout } = await verify(bundle, { receipt });
      expect(stdout).toContain('\nCHECKED your receipt is signed by the same key and for this draw\n');
      expect(stdout).toContain(
        '\nNOT CHECKED your ballot is in the draw: give ballots.txt or --proof\nNOT CHECKED when',
      );
    });

    it.each<[string, string, Given]>([
      ['receipt', 'no JSON', { receipt: '{' }],
      ['receipt', 'no object', { receipt: [] }],
      ['receipt', 'no checkpoint', { receipt: { line: receipt.line, index: lost } }],
      ['receipt', 'another index', { receipt: { ...receipt, index: lost + 1 } }],
      ['receipt', 'an index that is text', { receipt: { ...receipt, index: `${lost}` } }],
      ['receipt', 'a line that is not exact', { receipt: { ...receipt, line: `${receipt.line} ` } }],
      ['receipt', 'a tree without the ballot', { receipt: draw.receipt(lost, lost) }],
      ['receipt', 'a tree larger than the sealed one', { receipt: resigned(lost, 20, edit('\n20\n', '\n21\n')) }],
      ['receipt', 'another draw', { receipt: resigned(lost, 20, edit(DRAW, OTHER_DRAW)) }],
      ['receipt', 'no signature', { receipt: { ...receipt, checkpoint: bodyOf(receipt.checkpoint) } }],
      ['receipt', 'a failure after those of the list', { receipt: 'x', ballots }],
      ['ballots', 'a failure before those of the receipt', { receipt: 'x', ballots: '' }],
      ['my-ballot', 'another line in the list', { receipt: { ...receipt, line: other }, ballots }],
      [
        'my-ballot',
        'a rewritten log',
        { receipt: resigned(lost, lost + 1, edit(/\S+\n$/, `${OTHER_ROOT}\n`)), ballots },
      ],
      ['my-ballot', 'two roots of one size', { receipt: resigned(won, 20, edit(/\S+\n$/, `${OTHER_ROOT}\n`)) }],
      ['my-ballot', 'another candidate', { receipt: { ...draw.receipt(won), line: other.replace(/\d+/, `${won}`) } }],
      ['my-ballot', 'the proof of another ballot', { receipt, proof: draw.proof(won) }],
      ['my-ballot', 'the proof of another size', { receipt, proof: { ...proof, size: 19 } }],
      ['my-ballot', 'another proof', { receipt, proof: { ...proof, proof: proof.proof.with(0, OTHER_HASH) } }],
      ['my-ballot', 'another proof beside the list', { receipt, ballots, proof: { ...proof, proof: [] } }],
      ['proof', 'a proof that is no JSON', { receipt, proof: 'x' }],
      ['proof', 'a proof without a size', { receipt, proof: { line: proof.line, proof: proof.proof } }],
      ['proof', 'a proof in upper case', { receipt, proof: { ...proof, proof: proof.proof.map(upperHex) } }],
    ])('is refused at step %s: %s', async (step, _, given) => {
      expect(await failedStep(bundle, given)).toBe(step);
    });
  });
});
