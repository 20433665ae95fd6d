/** What this process prints while the work runs, line by line. */
export async function printed(work: () => Promise<unknown>): Promise<string[]> {
  let text = '';
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(keep));
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return text.split('\n').filter(Boolean);
}
