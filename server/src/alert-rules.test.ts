import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { BUSINESS_GAUGES } from "./business-gauges.ts";
import { registerGauges } from "./gauges.ts";
import { createMetrics } from "./metrics.ts";
import { PLATFORM_GAUGES } from "./platform-gauges.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
          annotations: z.strictObject({
            summary: z.string().min(1),
            description: z.string().min(1),
            runbook: z.string(),
          }),
        }),
      ),
    }),
  ),
});
const rules = Rules.parse(parse(read("ops/prometheus/alerts.yaml"))).groups.flatMap(
  ({ rules: each }) => each,
);

const RuleTests = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z.array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })),
    }),
  ),
});

/** Every series there can be: its labels, and of those the database fills in, their values. */
async function existingSeries(): Promise<Map<string, Map<string, Set<string> | null>>> {
  const { registry } = createMetrics({ version: "0", role: "all" });
  const nothing = { read: async () => [], onUnread: () => {} };
  await registerGauges(registry, { ...nothing, gauges: PLATFORM_GAUGES, up: "fiscalise_database_up" })();
  await registerGauges(registry, { ...nothing, gauges: BUSINESS_GAUGES, up: null })();
  const series = new Map<string, Map<string, Set<string> | null>>();
  for (const { name, type, values } of await registry.getMetricsAsJSON()) {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: string[] };
    const known = (label: string) => {
      const seen = new Set(values.map(({ labels }) => String(labels[label as keyof typeof labels])));
      return name.startsWith("fiscalise_") && String(type) === "gauge" && values.length > 0 ? seen : null;
    };
    const labels = new Map([...labelNames, "job", "instance"].map((label) => [label, known(label)]));
    labels.set("job", new Set(["fiscalise"]));
    labels.set("instance", null);
    const suffixes = String(type) === "histogram" ? ["_count", "_sum", "_bucket"] : [""];
    for (const suffix of suffixes)
      series.set(`${name}${suffix}`, suffix === "_bucket" ? new Map([...labels, ["le", null]]) : labels);
  }
  series.set(
    "up",
    new Map([
      ["job", new Set(["fiscalise"])],
      ["instance", null],
    ]),
  );
  return series;
}
const series = await existingSeries();

/** What is wrong with a query: a form Prometheus would refuse, a metric, label or value that is not there. */
function problemsOf(expression: string): string[] {
  const problems: string[] = [];
  let selectors = 0;
  let labels = new Map<string, Set<string> | null>();
  let all: string[] = [];
  const grouped: string[] = [];
  const text = (node: { from: number; to: number }) => expression.slice(node.from, node.to);
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) problems.push(`is no PromQL at ${node.from}: ${expression}`);
      if (node.name === "VectorSelector") {
        selectors += 1;
        const name = /^[\w:]*/.exec(text(node))?.[0] ?? "";
        labels = series.get(name) ?? new Map();
        all = [...all, ...labels.keys()];
        if (!series.has(name)) problems.push(`no metric ${name}`);
      }
      if (node.name === "UnquotedLabelMatcher") {
        const [, label = "", operator = "", value = ""] =
          /^(\w+)\s*([=!~]+)\s*"(.*)"$/.exec(text(node)) ?? [];
        const values = labels.get(label);
        if (values === undefined) problems.push(`no label ${label}: ${text(node)}`);
        if (operator === "=" && values && !value.includes("$") && !values.has(value))
          problems.push(`${label} is never ${value}`);
      }
      if (node.name === "GroupingLabels")
        grouped.push(
          ...text(node)
            .replace(/[()\s]/g, "")
            .split(",")
            .filter(Boolean),
        );
    },
  });
  if (selectors === 0) problems.push(`asks for nothing: ${expression}`);
  for (const label of grouped) if (!all.includes(label)) problems.push(`no label ${label} to group by`);
  return problems;
}

describe("a query that is wrong is found", () => {
  it.each([
    ["no metric fiscalise_nothing", "max(fiscalise_nothing) > 1"],
    ["no label who", 'fiscalise_submissions{who="x"}'],
    ["state is never sleeping", 'fiscalise_submissions{state="sleeping"}'],
    ["no label business to group by", "sum by (business) (fiscalise_jobs_total)"],
    ["is no PromQL", "max(fiscalise_submissions"],
    ["asks for nothing", "1 + 1"],
    ["no metric fiscalise_http_request_seconds", "rate(fiscalise_http_request_seconds[5m])"],
  ])("%s", (problem, expression) => {
    expect(problemsOf(expression)).toContainEqual(expect.stringContaining(problem));
  });
});

describe("each alert", () => {
  it.each(rules)("$alert asks for what exists", ({ expr }) => {
    expect(problemsOf(expr)).toEqual([]);
  });

  it.each(rules)(
    "$alert has its runbook: what it means, where to look, what to do and never to do",
    (rule) => {
      expect(rule.annotations.runbook).toBe(`docs/operations.md#${rule.alert.toLowerCase()}`);
      const [, section = ""] = read("docs/operations.md").split(new RegExp(`^### ${rule.alert}$`, "m"));
      const [own = ""] = section.split(/^##/m);
      for (const part of ["Means", "Look at", "Do", "Never"])
        expect(own).toMatch(new RegExp(`^- \\*\\*${part}\\*\\* .{10}`, "m"));
    },
  );

  it("has its own name, and no runbook is left of one that is gone", () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    const sections = [...read("docs/operations.md").matchAll(/^### (Fiscalise\w+)$/gm)].map(
      ([, name]) => name,
    );
    expect(sections.toSorted()).toEqual(names.toSorted());
  });

  it("is tested to fire and to keep quiet", () => {
    const { tests } = RuleTests.parse(parse(read("ops/prometheus/alerts.test.yaml")));
    const expected = tests.flatMap(({ alert_rule_test: each }) => each);
    const of = (fires: boolean) =>
      new Set(
        expected
          .filter(({ exp_alerts: alerts }) => alerts.length > 0 === fires)
          .map(({ alertname }) => alertname),
      );
    for (const { alert } of rules) {
      expect(of(true)).toContain(alert);
      expect(of(false)).toContain(alert);
    }
  });
});

describe("promtool (Debian: apt-get install prometheus)", () => {
  const isInstalled = spawnSync("promtool", ["--version"]).error === undefined;
  const promtool = (...words: string[]) =>
    execFileSync("promtool", words, { cwd: `${root}ops/prometheus`, encoding: "utf8", stdio: "pipe" });

  it.skipIf(!isInstalled)(
    "sees the alerts fire and keep quiet in their own tests",
    { timeout: 60_000 },
    () => {
      expect(promtool("test", "rules", "alerts.test.yaml")).toContain("SUCCESS");
    },
  );

  it.skipIf(!isInstalled)("takes the configuration with its rules", () => {
    expect(promtool("check", "config", "prometheus.yaml")).toContain(`${rules.length} rules found`);
  });
});

const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), query: z.unknown() })) }),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});
const dashboards = readdirSync(`${root}ops/grafana`).map((file) => ({
  file,
  ...Dashboard.parse(JSON.parse(read(`ops/grafana/${file}`))),
}));

describe("each dashboard", () => {
  const asked = (text: string) => text.replaceAll("$__rate_interval", "5m").replaceAll("$__range", "1h");

  it.each(dashboards)("$file asks for what exists", ({ panels }) => {
    const queries = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
    expect(queries.length).toBeGreaterThan(5);
    for (const { title, expr } of queries) expect(problemsOf(asked(expr)), title).toEqual([]);
  });

  it.each(dashboards)("$file has panels of their own ids that do not overlap", ({ panels }) => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
