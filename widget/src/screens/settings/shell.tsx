import type { SetupStatus } from "@fiscalise/shared/api/setup.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { readRestored } from "../../api/restored.ts";
import { useAnnounce } from "../../components/announcer.tsx";
import { Nav } from "../../components/nav.tsx";
import { useSettingsWords } from "../../settings-words.ts";
import { useWords } from "../../words.ts";
import { lazy } from "../lazy.tsx";
import { NotSetUp } from "./not-set-up.tsx";
import { Overview } from "./overview.tsx";
import { useSettings } from "./settings-context.ts";
import { useLoad } from "./use-load.ts";
import { type SectionName, useRoute } from "./use-route.ts";

const Account = lazy(() => import("./account.tsx").then((file) => file.Account));
const Audit = lazy(() => import("./audit.tsx").then((file) => file.Audit));
const Bulk = lazy(() => import("./bulk/bulk.tsx").then((file) => file.Bulk));
const Documents = lazy(() => import("./documents/documents.tsx").then((file) => file.Documents));
const Items = lazy(() => import("./mappings/items.tsx").then((file) => file.Items));
const People = lazy(() => import("./people/people.tsx").then((file) => file.People));
const Policies = lazy(() => import("./config/config.tsx").then((file) => file.Config));
const Reconciliation = lazy(() =>
  import("./reconciliation/reconciliation.tsx").then((file) => file.Reconciliation),
);
const Reports = lazy(() => import("./reports/reports.tsx").then((file) => file.Reports));
const Restored = lazy(() => import("./restored/restored.tsx").then((file) => file.Restored));
const Taxes = lazy(() => import("./mappings/taxes.tsx").then((file) => file.Taxes));
const Wizard = lazy(() => import("./set-up/wizard.tsx").then((file) => file.Wizard));

const OF_USERS: readonly SectionName[] = [
  "restored",
  "overview",
  "documents",
  "reconciliation",
  "reports",
  "account",
];
const OF_ADMINS: readonly SectionName[] = [
  "restored",
  "set-up",
  "overview",
  "documents",
  "bulk",
  "reconciliation",
  "reports",
  "people",
  "taxes",
  "items",
  "settings",
  "audit",
  "account",
];

/** The frame around the sections: who it is about, where one can go, and the section itself. */
export function Shell(props: { setup: SetupStatus }) {
  const words = useSettingsWords();
  const { tin } = useWords();
  const announce = useAnnounce();
  const { me, isAdmin, request } = useSettings();
  const [setup, setSetup] = useState(props.setup);
  const route = useRoute();
  const page = useRef<HTMLElement>(null);
  const settingUp = isAdmin && !setup.ready;
  const isThere = route.section === "restored";
  const restored = useLoad((signal) => readRestored(request, signal), String(isThere));
  const reachable = isAdmin ? OF_ADMINS : OF_USERS;
  const open = { restored: restored.value?.hold != null, "set-up": settingUp };
  const sections = reachable.filter((name) => open[name as keyof typeof open] ?? true);
  // Kept while she is here: the wizard stays for its last word once all is set up.
  const [home] = useState<SectionName>(settingUp ? "set-up" : "overview");
  const current = reachable.find((name) => name === route.section) ?? home;
  const titles = sectionTitles(words);

  const shownBefore = useRef(current);
  useEffect(() => {
    document.title = `${titles[current]} · Fiscalise`;
    if (shownBefore.current === current) return;
    shownBefore.current = current;
    announce(titles[current]);
    page.current?.focus();
    scrollTo({ top: 0 });
  }, [current]);

  return (
    <div class="settings">
      <header class="top">
        <p class="business">
          <strong>{me.business?.name}</strong> <span class="minor">{`${tin} ${me.business?.tin}`}</span>
        </p>
        <Nav
          label={words.sections}
          links={sections.map((name) => ({ name, title: titles[name], href: `#/${name}` }))}
          current={current}
        />
      </header>
      <main ref={page} tabIndex={-1} aria-label={titles[current]}>
        {content()}
      </main>
    </div>
  );

  function content() {
    switch (current) {
      case "set-up":
        return <Wizard setup={setup} onSetup={setSetup} />;
      case "restored":
        return <Restored restored={restored} />;
      case "overview":
        return setup.ready || isAdmin ? <Overview /> : <NotSetUp />;
      case "documents":
        return <Documents key={route.query.toString()} query={route.query} />;
      case "bulk":
        return <Bulk />;
      case "reconciliation":
        return <Reconciliation />;
      case "reports":
        return <Reports />;
      case "people":
        return <People />;
      case "taxes":
        return <Taxes />;
      case "items":
        return <Items key={route.query.toString()} query={route.query} />;
      case "settings":
        return <Policies />;
      case "audit":
        return <Audit />;
      case "account":
        return <Account />;
    }
  }
}

function sectionTitles(words: ReturnType<typeof useSettingsWords>): Record<SectionName, string> {
  return {
    "set-up": words.navSetUp,
    restored: words.navRestored,
    overview: words.navOverview,
    documents: words.navDocuments,
    bulk: words.navBulk,
    reconciliation: words.navReconciliation,
    reports: words.navReports,
    people: words.navPeople,
    taxes: words.navTaxes,
    items: words.navItems,
    settings: words.navSettings,
    audit: words.navAudit,
    account: words.navAccount,
  };
}
