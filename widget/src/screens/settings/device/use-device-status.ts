import type { VsdcStatus } from "@fiscalise/shared/api/devices.ts";
import { useState } from "preact/hooks";
import { readDeviceStatus } from "../../../api/figures.ts";
import { useSettings } from "../settings-context.ts";
import { useLooking } from "../use-looking.ts";

const LOOK_EVERY_MS = 5_000;

/** Looks every few seconds, and not while nobody looks on. */
export function useDeviceStatus(): { status: VsdcStatus | null; stale: boolean } {
  const { request } = useSettings();
  const [state, setState] = useState<{ status: VsdcStatus | null; stale: boolean }>({
    status: null,
    stale: false,
  });
  useLooking({
    read: (signal) => readDeviceStatus(request, signal),
    show: (reply) => {
      setState((before) =>
        reply.status === "ok" ? { status: reply.value, stale: false } : { ...before, stale: true },
      );
      return LOOK_EVERY_MS;
    },
  });
  return state;
}
