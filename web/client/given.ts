/** What the fields of a form say, by their names. Forms of ours send no files. */
export type Given = Readonly<Record<string, string>>;

export function givenIn(form: HTMLFormElement): Given {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value as string]));
}
