import { assetUrl, importsOf, type Facts } from '../../facts';
import { LANGUAGES, type Words } from '../../words/words';

interface HeadProps {
  readonly facts: Facts;
  readonly words: Words;
  readonly title: string;
  readonly description: string;
  readonly listed: boolean;
  /** Sources of the islands that start with the page, and of the page's own style. */
  readonly islands: readonly string[];
  readonly sheet: string;
}

/** Title, previews, other languages, styles and scripts. */
export function Head({ facts, words, title, description, listed, islands, sheet }: HeadProps) {
  const { assets, language, path, publicUrl } = facts;
  const name = words.layout.name;
  const full = `${title} · ${name}`;
  const scripts = [...islands, ...islands.flatMap((one) => importsOf(assets, one))];
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{full}</title>
      <meta name="description" content={description} />
      {!listed && <meta name="robots" content="noindex" />}
      <script src={assetUrl(assets, 'client/theme.ts') ?? undefined} />
      <Style source="style/site.css" assets={assets} />
      <Style source={sheet} assets={assets} />
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <script type="module" src={assetUrl(assets, 'client/site.ts') ?? undefined} />
      {[...new Set(scripts.map((one) => assetUrl(assets, one) ?? one))].map((url) => (
        <link key={url} rel="modulepreload" href={url} />
      ))}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:locale" content={language} />
      {publicUrl !== null && listed && (
        <>
          <link rel="canonical" href={`${publicUrl}/${language}${path}`} />
          {LANGUAGES.map((other) => (
            <link key={other} rel="alternate" hreflang={other} href={`${publicUrl}/${other}${path}`} />
          ))}
          <meta property="og:url" content={`${publicUrl}/${language}${path}`} />
          <meta property="og:image" content={`${publicUrl}/og.png`} />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
    </head>
  );
}

function Style({ source, assets }: { readonly source: string; readonly assets: Facts['assets'] }) {
  const url = assetUrl(assets, source);
  return url === null ? null : <link rel="stylesheet" href={url} />;
}
