import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FOLDER, promtool } from './support/prometheus';

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly labels: { readonly severity: string } }[];
  }[];
}

interface Tests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[];
  }[];
}

const read = <T>(file: string) => parse(readFileSync(join(FOLDER, file), 'utf8')) as T;

describe('the alert rules', () => {
  const alerts = read<Alerts>('alerts.yml').groups.flatMap(({ rules }) => rules);

  it('are rules, and Prometheus takes the configuration', async () => {
    expect(await promtool('check', 'rules', 'alerts.yml')).toContain(`SUCCESS: ${alerts.length} rules found`);
    expect(await promtool('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
  });

  it('fire when they must, and are silent before', async () => {
    expect(await promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
  });

  it('are each tested both silent and firing', () => {
    const cases = read<Tests>('alerts.test.yml').tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const named = (fires: boolean) =>
      cases.filter(({ exp_alerts = [] }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname);
    const names = alerts.map(({ alert }) => alert).sort();
    expect(named(true).sort()).toEqual(names);
    expect(named(false).sort()).toEqual(names);
  });

  it('each have a severity, and a line in docs/operations.md that says what to do', () => {
    expect(alerts.filter(({ labels }) => !['page', 'ticket'].includes(labels.severity))).toEqual([]);
    const operations = readFileSync('docs/operations.md', 'utf8');
    expect(alerts.map(({ alert }) => alert).filter((alert) => !operations.includes(`\`${alert}\``))).toEqual([]);
  });
});
