import { playwright } from "@vitest/browser-playwright";
import { defineConfig, mergeConfig } from "vitest/config";
import { findBrowser } from "../scripts/browser.ts";
import viteConfig from "./vite.config.ts";

const browser = await findBrowser();

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      name: "browser",
      include: ["test/**/*.test.{ts,tsx}"],
      testTimeout: 20_000,
      expect: { poll: { timeout: 5_000 } },
      setupFiles: ["test/quiet-console.ts"],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { executablePath: browser.executablePath, args: browser.args, env: browser.env },
        }),
        instances: [{ browser: "chromium", viewport: { width: 320, height: 900 } }],
      },
    },
  }),
);
