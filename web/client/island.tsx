import { ComponentType, hydrate } from 'preact';

/** Makes a component, which the server has rendered with these props, alive. An `island.tsx` exports the result as `mount`. */
export function island<Props extends object>(Component: ComponentType<Props>): (root: HTMLElement) => void {
  return (root) => {
    hydrate(<Component {...(JSON.parse(root.dataset['props'] as string) as Props)} />, root);
  };
}
