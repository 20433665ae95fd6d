import type { ComponentChildren } from 'preact';
import type { Facts } from '../../facts';
import { LANGUAGES, wordsIn, type Words } from '../../words/words';

interface LayoutProps {
  readonly facts: Facts;
  readonly words: Words;
  /** Those of the pages of the menu that there are, with their paths. */
  readonly menu: readonly { readonly name: keyof Words['layout']['nav']; readonly path: string }[];
  readonly children: ComponentChildren;
}

/** What is around every page: skip link, menu, languages, theme, footer. */
export function Layout({ facts, words, menu, children }: LayoutProps) {
  const { layout } = words;
  const home = `/${facts.language}/`;
  return (
    <>
      <a class="skip" href="#content">
        {layout.skip}
      </a>
      <header class="site">
        <div class="bar">
          <a class="brand" href={home}>
            <Seal />
            <span>{layout.name}</span>
          </a>
          <button type="button" class="theme" data-theme-switch hidden aria-label={layout.theme} title={layout.theme}>
            <span aria-hidden="true">◐</span>
          </button>
        </div>
        <nav aria-label={layout.menu}>
          <ul>
            {menu.map(({ name, path }) => (
              <li key={name}>
                <a href={`/${facts.language}${path}`} aria-current={path === facts.path ? 'page' : undefined}>
                  {layout.nav[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer facts={facts} layout={layout} />
    </>
  );
}

function Footer({ facts, layout }: { readonly facts: Facts; readonly layout: Words['layout'] }) {
  return (
    <footer class="site">
      <p>{layout.motto}</p>
      <ul>
        <li>
          <a href="/docs">{layout.footer.api}</a>
        </li>
        <li>
          <a href="/verifier-key">{layout.footer.keys}</a>
        </li>
        <li>
          <a href="/journal/checkpoint">{layout.footer.journal}</a>
        </li>
      </ul>
      <nav aria-label={layout.languages}>
        <ul>
          {LANGUAGES.map((language) => (
            <li key={language}>
              <a
                href={`/${language}${facts.path}`}
                lang={language}
                hreflang={language}
                aria-current={language === facts.language ? 'true' : undefined}
              >
                {wordsIn(language).layout.language}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
}

/** The mark of the house: a seal with one dot that was drawn. */
function Seal() {
  return (
    <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray="2.6 2.27" />
      <circle cx="16" cy="16" r="10" fill="none" stroke="currentColor" stroke-width="1.5" />
      <circle cx="16" cy="16" r="4.5" class="dot" />
    </svg>
  );
}
