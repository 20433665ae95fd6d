const MAX_INT32 = 2 ** 31 - 1;

interface Described {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly format?: string;
  readonly maximum?: number;
  readonly links?: Readonly<Record<string, { readonly requestBody?: unknown }>>;
}

/**
 * Says what generators of clients need, and people can do without: the type of each enum, the size of each integer. The
 * fields of a body that a link fills in go to an extension; generators read `requestBody` of a link as one literal.
 */
export function forTools<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map((item: unknown) => forTools(item)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const inner = Object.entries(part).map(([name, value]) => [name, forTools(value as unknown)]);
  const described = Object.fromEntries(inner) as Described;
  return { ...described, ...typeOf(described), ...formatOf(described), ...linksOf(described) } as Part;
}

function typeOf({ type, enum: values }: Described): Pick<Described, 'type'> {
  if (!Array.isArray(values) || type !== undefined) return {};
  return { type: typeof values[0] === 'number' ? 'integer' : 'string' };
}

function formatOf(described: Described): Pick<Described, 'format'> {
  const { format, maximum = Infinity } = described;
  const type = described.type ?? typeOf(described).type;
  const isInteger = type === 'integer' || (Array.isArray(type) && type.includes('integer'));
  if (!isInteger || format !== undefined) return {};
  return { format: maximum > MAX_INT32 && !Array.isArray(described.enum) ? 'int64' : 'int32' };
}

function linksOf({ links }: Described): Pick<Described, 'links'> {
  if (typeof links !== 'object') return {};
  const moved = Object.entries(links).map(([name, link]) => {
    const { requestBody, ...rest } = link;
    return [name, typeof requestBody === 'object' ? { ...rest, 'x-request-body': requestBody } : link];
  });
  return { links: Object.fromEntries(moved) as Required<Described>['links'] };
}
