import type { Of } from './api';

/** A ballot with the signed checkpoint of the log that holds it. */
export type Receipt = Of<'/users/me/ballots'>['items'][number] & { readonly checkpoint: string };

const STORE = 'receipts';

/** Receipts stay in this browser, whoever is logged in: they prove that a ballot was taken. */
export async function keepReceipts(receipts: readonly Receipt[]): Promise<void> {
  const store = await open('readwrite');
  for (const receipt of receipts) store.put(receipt);
  await done(store.transaction);
}

export async function keptReceipts(): Promise<Receipt[]> {
  const store = await open('readonly');
  return result(store.getAll() as IDBRequest<Receipt[]>);
}

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open('lottery', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
  const database = await result(request);
  return database.transaction(STORE, mode).objectStore(STORE);
}

function result<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB has failed'));
    };
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('IndexedDB has failed'));
    };
  });
}

/** Offers a file to the person. */
export function download(name: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
