import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';

/** As much of a document's node as Preact needs to render into it. */
export class StubNode {
  parentNode: StubNode | null = null;
  readonly childNodes: StubNode[] = [];
  readonly attributes: Record<string, string> = {};
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml';
  private readonly listeners = new Map<string, (event: object) => void>();

  constructor(
    readonly localName: string,
    /** Of text alone. */
    public data = '',
  ) {}

  get nodeType(): number {
    return this.localName === '#text' ? 3 : 1;
  }

  get ownerDocument(): object {
    return stubDocument;
  }

  get firstChild(): StubNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): StubNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  /** What a reader sees of it. */
  get text(): string {
    return this.data + this.childNodes.map(({ text }) => text).join('');
  }

  insertBefore(node: StubNode, next: StubNode | null): StubNode {
    node.remove();
    this.childNodes.splice(next === null ? this.childNodes.length : this.childNodes.indexOf(next), 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node: StubNode): StubNode {
    return this.insertBefore(node, null);
  }

  removeChild(node: StubNode): StubNode {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  contains(node: StubNode): boolean {
    return node === this || this.childNodes.some((child) => child.contains(node));
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  removeAttribute(name: string): void {
    delete this.attributes[name];
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners.set(type, listener);
  }

  removeEventListener(type: string): void {
    this.listeners.delete(type);
  }

  /** All within it that are called so, in their order. */
  all(localName: string): StubNode[] {
    const within = this.childNodes.flatMap((child) => child.all(localName));
    return this.localName === localName ? [this, ...within] : within;
  }

  /** Tells its listener, and waits until what follows from it is rendered. */
  async tell(type: string, event: object = {}): Promise<void> {
    await settled(() =>
      this.listeners
        .get(type)
        ?.call(this, { type, target: this, currentTarget: this, preventDefault: () => 0, ...event }),
    );
  }
}

const stubDocument = {
  createElementNS: (_: string, name: string) => new StubNode(name),
  createElement: (name: string) => new StubNode(name),
  createTextNode: (data: string) => new StubNode('#text', data),
};

/** Renders it into a page of its own, or anew into one. */
export async function shown(content: ComponentChild, root = new StubNode('main')): Promise<StubNode> {
  await settled(() => render(content, root));
  return root;
}

/** A worker whose answers the test gives. */
export class StubWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onmessageerror: ((event: object) => void) | null = null;
  request: unknown;
  isEnded = false;

  postMessage(request: unknown): void {
    this.request = request;
  }

  terminate(): void {
    this.isEnded = true;
  }

  async answer(data: unknown): Promise<void> {
    await settled(() => this.onmessage?.({ data }));
  }
}

/** Does it, and waits: effects run, files are read and answers come within some turns. */
async function settled(task: () => unknown): Promise<void> {
  await act(() => void task());
  for (let turn = 0; turn < 3; turn++) {
    await act(async () => {
      for (let wait = 0; wait < 3; wait++) await new Promise((done) => setTimeout(done, 1));
    });
  }
}
