import postgres from "postgres";

/** What the clock does, asked for now: the same task of the same workers. */
export async function runNow(queueUrl: string, task: "send-notices" | "sweep-documents"): Promise<void> {
  const queue = postgres(queueUrl, { max: 1 });
  try {
    await queue`select graphile_worker.add_job(${task}, '{}'::json)`;
  } finally {
    await queue.end();
  }
}

/** Jobs about Zoho that are at work, or would be if there were more workers. */
export async function countBooksJobs(queueUrl: string): Promise<number> {
  const queue = postgres(queueUrl, { max: 1 });
  try {
    const [row] = await queue<{ count: number }[]>`
      select count(*)::int as count from graphile_worker.jobs
      where run_at <= now() and task_identifier in ('look-at-document', 'write-back', 'sweep-documents')`;
    return row?.count ?? 0;
  } finally {
    await queue.end();
  }
}
