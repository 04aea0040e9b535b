import type { Request, Response } from "express";
import * as z from "zod";

/** The input, or null once the answer says what is wrong with it. */
export function accept<T extends z.ZodType>(schema: T, req: Request, res: Response): z.output<T> | null {
  const parsed = schema.safeParse(req.body);
  if (parsed.success) return parsed.data;
  res.status(400).json({ message: z.prettifyError(parsed.error) });
  return null;
}
