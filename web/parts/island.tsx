import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { assetUrl, type Assets } from '../facts';

/** What the islands of a page need of it, and the names of those that it has turned out to have. */
export const Islands = createContext<{ readonly assets: Assets; readonly used: Set<string> }>({
  assets: {},
  used: new Set(),
});

interface IslandProps {
  /** The folder of its `island.tsx`: `pages/account`, `parts/check-draw`. */
  readonly of: string;
  /** What its component is given; JSON, and for everybody to read. */
  readonly props: object;
  /** When its script is loaded: with the page, or when something in it is pressed. */
  readonly on?: 'load' | 'press';
  /** The component with the same props: what there is without a script. */
  readonly children: ComponentChildren;
}

/** A part of the page that comes alive in the browser: `island.tsx` in its folder says as what. */
export function Island({ of, props, on = 'load', children }: IslandProps) {
  const { assets, used } = useContext(Islands);
  const source = `${of}/island.tsx`;
  if (on === 'load') used.add(source);
  return (
    <div data-island={assetUrl(assets, source)} data-on={on} data-props={JSON.stringify(props)}>
      {children}
    </div>
  );
}
