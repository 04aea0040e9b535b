import type { Finding } from "@fiscalise/shared/api/findings.ts";

export const goodFinding: Finding = {
  code: "reached",
  good: true,
  title: "The device answers and knows this branch",
  meaning: "Its TIN, branch and serial number are the ones given here.",
  remedy: "",
  facts: { taxpayerName: "KIGALI FRESH MARKETS LTD", branchName: "Headquarter" },
};

export const installedBefore: Finding = {
  code: "installed-before",
  good: false,
  title: "The device was set up before",
  meaning:
    "Another programme set it up, or an attempt whose answer was lost. It does not say again which number it signed last, nor whether the business is registered for VAT.",
  remedy:
    "If another programme still signs with this device, stop it first. Then enter both below, from that programme or MyRRA, and set up the device again.",
  facts: { resultCode: "902", resultMessage: "This device is installed" },
};

export const badFinding: Finding = {
  code: "device-refused",
  good: false,
  title: "The device answers with an error",
  meaning: "The address is right and a device answers, but it reports an error.",
  remedy: "Read the device's code and words shown here and test again in a few minutes.",
  facts: { resultCode: "894", resultMessage: "Unable to reach the server" },
};
