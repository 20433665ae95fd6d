import type { InputFault } from '../../shared/domain/invalid-input';

/**
 * Copies JSON without the fields whose names every object inherits, and names each of them as a fault. class-validator
 * keeps known fields in a plain object, in which it finds `constructor` and `toString`, too.
 */
export function withoutInheritedNames(json: object): { readonly copy: object; readonly faults: InputFault[] } {
  const faults: InputFault[] = [];
  const copied = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) return value.map((item, i) => copied(item, `${pointer}/${i}`));
    if (typeof value !== 'object' || value === null) return value;
    const copy: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) {
      if (name in Object.prototype) {
        faults.push({ pointer: `${pointer}/${name}`, detail: `property ${name} should not exist` });
      } else copy[name] = copied(inner, `${pointer}/${pointerStep(name)}`);
    }
    return copy;
  };
  return { copy: copied(json, '') as object, faults };
}

/** A name as a step of a JSON pointer (RFC 6901). */
export function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
