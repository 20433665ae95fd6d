import { AskApi, PageElsewhere, PageFacts, PageRefused, PageRequest, Pages } from './pages';

export interface PageWanted {
  readonly page: string;
  readonly request: PageRequest;
  readonly facts: PageFacts;
}

export interface ShownPage {
  readonly status: number;
  readonly html: string;
  /** Seconds after which to ask again, as the API has said. */
  readonly retryAfter?: string | undefined;
  /** Where to go instead. */
  readonly location?: string;
}

/** What the API refuses a page with, as the status of the page; any other refusal is a defect of ours. */
const STATUS: Readonly<Record<number, number>> = { 400: 404, 404: 404, 429: 429, 503: 503 };

/** Shows a page, or in its place one that says what is wrong and what to do next. */
export class ShowPage {
  constructor(private readonly pages: Pages) {}

  async execute({ page, request, facts }: PageWanted, ask: AskApi): Promise<ShownPage> {
    try {
      const data = await this.pages.load(page, request, ask);
      return { status: 200, html: this.pages.render(page, data, facts) };
    } catch (error) {
      if (error instanceof PageElsewhere) {
        return { status: 302, html: '', location: `/${facts.language}${error.path}` };
      }
      if (!(error instanceof PageRefused)) throw error;
      return { ...this.failure(STATUS[error.status] ?? 500, facts), retryAfter: error.retryAfter };
    }
  }

  failure(status: number, facts: PageFacts): ShownPage {
    return { status, html: this.pages.render('error', { status }, facts) };
  }
}
