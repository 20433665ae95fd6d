import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../client/api';
import { givenIn } from '../../client/given';
import { isDone, refusalOf, type RefusalWords } from '../../client/problem';
import type { Words } from '../../words/words';

export interface Column<Item> {
  readonly title: string;
  readonly cell: (item: Item) => ComponentChildren;
}

interface ListDrawerProps<Item> {
  readonly title: string;
  readonly words: Words['admin'];
  readonly refusals: RefusalWords;
  readonly older: string;
  readonly columns: readonly Column<Item>[];
  /** What tells items apart, and what they are called. */
  readonly idOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  /** Asks for a page with this query. */
  readonly ask: (query: string) => Promise<Answer>;
  /** Fields of the query above the list. */
  readonly filter?: ComponentChildren;
  /** What is shown of an item beside the list; `changed` reads the list again, `leave` goes on elsewhere on the page. */
  readonly drawer: (item: Item, changed: () => void, leave: () => void) => ComponentChildren;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list of the API with its filter, a page at a time, and a drawer with one of its items. */
export function ListDrawer<Item>(props: ListDrawerProps<Item>) {
  const { words, refusals, idOf, nameOf, ask, filter, drawer, older } = props;
  const [page, setPage] = useState<Page<Item>>({ items: [], nextCursor: null });
  const [query, setQuery] = useState('');
  const [state, setState] = useState<'loading' | 'ready' | { readonly refusal: string }>('loading');
  const [opened, setOpened] = useState<string | null>(null);
  const [notice, setNotice] = useState('');

  async function load(wanted: string, after: string | null): Promise<void> {
    setState('loading');
    const cursor = after === null ? '' : `cursor=${encodeURIComponent(after)}`;
    const answer = await ask(`?${[wanted, cursor].filter(Boolean).join('&')}`);
    if (!isDone(answer)) {
      setState({ refusal: refusalOf(answer, refusals) });
      return;
    }
    const { items, nextCursor } = answer.body as Page<Item>;
    setPage((before) => ({ items: after === null ? items : [...before.items, ...items], nextCursor }));
    setState('ready');
  }

  useEffect(() => void load(query, null), [query]);

  const shown = page.items.find((item) => idOf(item) === opened);
  return (
    <>
      {filter !== undefined && <Filter words={words} onChange={setQuery} children={filter} />}
      {page.items.length > 0 && (
        <Table
          {...props}
          items={page.items}
          onOpen={(id) => {
            setNotice('');
            setOpened(id);
          }}
        />
      )}
      {state === 'ready' && page.items.length === 0 && <p class="empty">{words.empty}</p>}
      {state === 'loading' && <p aria-busy="true">{words.loading}</p>}
      {typeof state === 'object' && <p role="alert">{state.refusal}</p>}
      {state === 'ready' && page.nextCursor !== null && (
        <button type="button" class="secondary" onClick={() => void load(query, page.nextCursor)}>
          {older}
        </button>
      )}
      {shown !== undefined && (
        <Drawer title={nameOf(shown)} close={words.close} notice={notice} onClose={() => setOpened(null)}>
          {drawer(
            shown,
            () => {
              setNotice(words.done);
              void load(query, null);
            },
            () => setOpened(null),
          )}
        </Drawer>
      )}
    </>
  );
}

interface FilterProps {
  readonly words: Words['admin'];
  readonly onChange: (query: string) => void;
  readonly children: ComponentChildren;
}

function Filter({ words, onChange, children }: FilterProps) {
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        const given = Object.entries(givenIn(event.currentTarget)).filter(([, value]) => value !== '');
        onChange(given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'));
      }}
    >
      {children}
      <button type="submit">{words.filter}</button>
    </form>
  );
}

interface TableProps<Item> extends ListDrawerProps<Item> {
  readonly items: readonly Item[];
  readonly onOpen: (id: string) => void;
}

function Table<Item>({ title, columns, items, idOf, onOpen }: TableProps<Item>) {
  return (
    <div class="scroll" role="group" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={idOf(item)}>
              {columns.map((column, place) => (
                <td key={column.title}>
                  {place > 0 ? (
                    column.cell(item)
                  ) : (
                    <button type="button" class="link" onClick={() => onOpen(idOf(item))}>
                      {column.cell(item)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DrawerProps {
  readonly title: string;
  readonly close: string;
  /** What was done last. */
  readonly notice: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own dialog: it keeps the focus inside, closes by Escape, and gives the focus back. */
function Drawer({ title, close, notice, onClose, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // The button of an act may be gone once it is done: then the heading has the focus.
  useEffect(() => {
    if (dialog.current?.contains(document.activeElement) === false) heading.current?.focus();
  });
  return (
    <dialog class="drawer" ref={dialog} aria-labelledby="drawer" onClose={onClose}>
      <article>
        <header>
          <h2 id="drawer" ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            {close}
          </button>
        </header>
        <p role="status" class="done">
          {notice}
        </p>
        {children}
      </article>
    </dialog>
  );
}
