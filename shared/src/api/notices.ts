import * as z from "zod/mini";

export const NoticesSchema = z.object({
  /** False: this server has no mail server to send by. */
  mailed: z.boolean(),
  /** Where the asker's own go, and whether they want any. */
  email: z.string(),
  wanted: z.boolean(),
  /** The business's: after how long it is told of a silent device, and of documents on their way. */
  deviceSilentHours: z.number(),
  documentsWaitingHours: z.number(),
});
export type Notices = z.infer<typeof NoticesSchema>;

export const NOTICE_HOURS_MAX = { deviceSilentHours: 168, documentsWaitingHours: 720 } as const;

/** What is left out stays. */
export interface NoticesChange {
  wanted?: boolean | undefined;
  deviceSilentHours?: number | undefined;
  documentsWaitingHours?: number | undefined;
}
