import { recognise } from '../../web/verify/recognise';
import { BuiltDraw } from './bundle-builder';

const draw = new BuiltDraw({ ballots: 50 });

describe('a file that is dropped', () => {
  const { json: bundle, ballots } = draw;
  it.each([
    ['bundle', 'x', bundle],
    ['bundle', 'x.json', JSON.stringify(draw.bundle, null, 2)],
    ['ballots', 'x', ballots],
    ['receipt', 'x', JSON.stringify({ id: 'a', ...draw.receipt(3) })],
    ['proof', 'x', JSON.stringify(draw.proof(3))],
    ['ballots', 'ballots.txt', ''],
    ['bundle', 'bundle (1).json', '{"format":7}'],
    [null, 'holiday.jpg', 'JFIF'],
  ])('is a %s: %s', async (part, name, content) => {
    expect(await recognise(new File([content], name))).toBe(part);
  });
});
