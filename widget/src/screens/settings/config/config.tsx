import { readConfig } from "../../../api/setup.ts";
import { PageHead } from "../../../components/section.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { TroubleNotice } from "../../../components/trouble-notice.tsx";
import { useSettingsWords } from "../../../settings-words.ts";
import { DeviceCard } from "../device/device-card.tsx";
import { useSettings } from "../settings-context.ts";
import type { ConfigPart } from "../use-config-part.ts";
import { useLoad } from "../use-load.ts";
import { ZohoCard } from "../zoho/zoho-card.tsx";
import { BrandingCard } from "./branding-card.tsx";
import { CompanyCard } from "./company-card.tsx";
import { NoticeHours } from "./notices-cards.tsx";
import { PoliciesCard } from "./policies-card.tsx";

export function Config() {
  const words = useSettingsWords();
  const { request } = useSettings();
  const config = useLoad((signal) => readConfig(request, signal));
  if (!config.value) {
    return config.trouble ? <TroubleNotice trouble={config.trouble} onRetry={config.reload} /> : <Skeleton />;
  }
  const part: ConfigPart = {
    config: config.value,
    onConfig: config.change,
    onUnheard: config.reload,
  };
  return (
    <>
      <PageHead title={words.navSettings} />
      <TroubleNotice trouble={config.trouble} onRetry={config.reload} />
      <CompanyCard {...part} />
      <BrandingCard {...part} />
      <DeviceCard />
      <PoliciesCard {...part} />
      <NoticeHours />
      <ZohoCard {...part} />
    </>
  );
}
