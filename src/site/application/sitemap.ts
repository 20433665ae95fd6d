/** The sitemap (sitemaps.org 0.9) of these paths in all languages, each with its translations. */
export function sitemapOf(places: readonly string[], languages: readonly string[], publicUrl: string): string {
  const urls = places.flatMap((place) => {
    const links = languages.map(
      (language) =>
        `<xhtml:link rel="alternate" hreflang="${language}" href="${escaped(`${publicUrl}/${language}${place}`)}"/>`,
    );
    return languages.map(
      (language) => `<url><loc>${escaped(`${publicUrl}/${language}${place}`)}</loc>${links.join('')}</url>`,
    );
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>\n',
  ].join('\n');
}

/** Everything may be read; what is not to be listed says so itself. */
export function robotsOf(publicUrl: string | null): string {
  return `User-agent: *\nAllow: /\n${publicUrl === null ? '' : `Sitemap: ${publicUrl}/sitemap.xml\n`}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
