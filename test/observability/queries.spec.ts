import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pause } from '../support/pause';
import { BusyService } from './support/busy-service';
import { FOLDER, Prometheus } from './support/prometheus';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string | { query: string } }[];
  };
}

/** Long enough for a rate of everything. */
const SCRAPES = 6;

const dashboard = JSON.parse(readFileSync(join(FOLDER, 'grafana/lottery.json'), 'utf8')) as Dashboard;
const alerts = (
  parse(readFileSync(join(FOLDER, 'alerts.yml'), 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] }
).groups.flatMap(({ rules }) => rules);

/** As Grafana asks with everything chosen. */
function asked(expr: string): string {
  return expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*');
}

/** Comparisons give 0 or 1 instead of leaving out what is well: what is left are the series that the alert looks at. */
function whatItLooksAt(expr: string): string {
  const watched = /^absent\((.*)\)$/s.exec(expr)?.[1] ?? expr;
  return watched.replace(/ (>|<|==) /g, ' $1 bool ');
}

describe('against a Prometheus that watches the running service', () => {
  let service: BusyService;
  let prometheus: Prometheus;

  beforeAll(async () => {
    service = await BusyService.start();
    prometheus = await Prometheus.start([service.target]);
    await service.liveThrough();
    for (let scrape = 0; scrape < SCRAPES; scrape++) {
      await service.beBusy();
      await pause(1_000);
    }
  }, 400_000);

  afterAll(async () => {
    await prometheus?.stop();
    await service?.stop();
  });

  const targets = dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [title, expr] as const),
  );

  it.each(targets)('the panel "%s" shows something for %s', async (_, expr) => {
    expect(asked(expr)).not.toContain('$');
    expect((await prometheus.query(asked(expr))).length).toBeGreaterThan(0);
  });

  it.each(alerts.map(({ alert, expr }) => [alert, expr]))(
    'the alert %s has something to look at: %s',
    async (_, expr) => {
      expect((await prometheus.query(whatItLooksAt(expr))).length).toBeGreaterThan(0);
    },
  );

  it('the processes can be chosen', async () => {
    const [instance] = dashboard.templating.list.filter(({ name }) => name === 'instance');
    const { query } = instance!.query as { query: string };
    const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(query)!;
    expect((await prometheus.series(selector!)).map((metric) => metric[label!])).toEqual([service.target]);
  });

  it('Prometheus evaluates every rule', async () => {
    const rules = await prometheus.rules();
    expect(rules.map(({ name }) => name).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('a query with a name or label that nobody measures shows nothing', async () => {
    for (const wrong of ['lottery_lotterys', 'lottery_lotteries{state="closed"}', 'lottery_ready{check="databse"}']) {
      expect(await prometheus.query(wrong)).toEqual([]);
    }
    await expect(prometheus.query('rate(lottery_lotteries)')).rejects.toThrow('range vector');
  });
});
