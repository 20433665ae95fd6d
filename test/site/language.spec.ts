import { languageFor } from '../../src/site/application/language';

describe('the language of the first page', () => {
  it.each<[string | undefined, string]>([
    [undefined, 'en'],
    ['', 'en'],
    ['es', 'es'],
    ['es-MX', 'es'],
    ['ES-mx', 'es'],
    ['fr, es;q=0.5', 'es'],
    ['en;q=0.5, es', 'es'],
    ['es;q=0, en', 'en'],
    ['es;q=0', 'en'],
    ['*', 'en'],
    ['fr, *;q=0.1, es;q=0.05', 'en'],
    ['es;q=0.5, en;q=0.5', 'es'],
    ['est', 'en'],
    ['es;q=2', 'en'],
    [';;;,,q=', 'en'],
    [`${'xx,'.repeat(50)}es`, 'en'],
  ])('asked for %s is %s', (accepted, language) => {
    expect(languageFor(accepted, ['en', 'es'])).toBe(language);
  });
});
