import { InvalidInput } from '../../shared/domain/invalid-input';

/** In `types`: all types, including future ones. */
export const ALL_TYPES = '*';

/** Returns the types if each is one of these or `*`. @throws InvalidInput */
export function knownTypes(types: readonly string[], known: readonly string[]): readonly string[] {
  const faults = types.flatMap((type, i) => {
    if (type === ALL_TYPES || known.includes(type)) return [];
    return [{ pointer: `/types/${i}`, detail: `there are no events of this type: use * or ${known.join(', ')}` }];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return types;
}
