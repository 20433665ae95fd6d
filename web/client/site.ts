/** On every page: starts islands, counts down, switches the theme. All of it is an extra: pages read without it. */

type Mount = (root: HTMLElement) => void;

const RELOADED = 'reloaded-for-an-island';

function startIslands(): void {
  for (const island of document.querySelectorAll<HTMLElement>('[data-island]')) {
    if (island.dataset['on'] !== 'press') void start(island);
    else island.addEventListener('click', (event) => startByPress(island, event), { once: true });
  }
}

function startByPress(island: HTMLElement, event: Event): void {
  event.preventDefault();
  void start(island);
}

/** After a release the file of the page's own release may be gone: one reload brings the new page. */
async function start(island: HTMLElement): Promise<void> {
  try {
    const { mount } = (await import(/* @vite-ignore */ island.dataset['island'] as string)) as { mount: Mount };
    mount(island);
    forget(RELOADED);
  } catch (error) {
    if (!remember(RELOADED)) throw error;
    location.reload();
  }
}

/** @returns whether it is remembered from now on, and was not before. */
function remember(name: string): boolean {
  try {
    if (sessionStorage.getItem(name) !== null) return false;
    sessionStorage.setItem(name, '1');
    return true;
  } catch {
    return false;
  }
}

function forget(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // There was nothing to remember it in.
  }
}

/** Shows hours, minutes and seconds until an instant. Screen readers have the instant, and hear no counting. */
function countDown(): void {
  const clocks = [...document.querySelectorAll<HTMLElement>('[data-until]')];
  if (clocks.length === 0) return;
  const tick = () => {
    for (const clock of clocks) clock.textContent = left(Date.parse(clock.dataset['until'] as string) - Date.now());
  };
  tick();
  setInterval(tick, 1_000);
}

function left(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => `${Math.floor(part)}`.padStart(2, '0'))
    .join(':');
}

function switchTheme(): void {
  const button = document.querySelector<HTMLElement>('[data-theme-switch]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const root = document.documentElement;
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const next = (root.dataset['theme'] ?? system) === 'dark' ? 'light' : 'dark';
    root.dataset['theme'] = next;
    try {
      localStorage.setItem('theme', next);
    } catch {
      // Then it holds for this page only.
    }
  });
}

startIslands();
countDown();
switchTheme();

export {};
