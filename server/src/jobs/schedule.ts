import { type ParsedCronItem, parseCronItems, type TaskList } from "graphile-worker";
import type { Logger } from "pino";
import { describeError, withoutDetails } from "../log.ts";

/** What is done by the clock, once for all workers: the engine queues each time once. */
export interface ScheduledTask {
  name: string;
  /** Five fields of crontab, in UTC. */
  cron: string;
  /** How far back a time that was missed while no worker ran is made up for at the next start. */
  catchUpMs?: number;
  run: () => Promise<void>;
}

const ATTEMPTS_MAX = 5;

export function tasksOf(scheduled: readonly ScheduledTask[], log: Logger): TaskList {
  const tasks = scheduled.map(({ name, run }) => {
    const task = async () => {
      try {
        await run();
      } catch (error) {
        log.error({ event: "scheduled-task-failed", task: name, ...describeError(error) });
        throw withoutDetails(error);
      }
    };
    return [name, task] as const;
  });
  return Object.fromEntries(tasks);
}

export function cronItemsOf(scheduled: readonly ScheduledTask[]): ParsedCronItem[] {
  return parseCronItems(
    scheduled.map(({ name, cron, catchUpMs = 0 }) => ({
      task: name,
      match: cron,
      options: {
        maxAttempts: ATTEMPTS_MAX,
        jobKey: name,
        jobKeyMode: "preserve_run_at" as const,
        backfillPeriod: catchUpMs,
      },
    })),
  );
}
