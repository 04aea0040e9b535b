/** What happened, what it means, what to do now. */
export interface ProblemWords {
  title: string;
  detail: string;
  remedy: string;
}

export interface AnswerWords {
  meaning: string;
  remedy: string;
}

/** What was found, what it means, what to do now. */
export interface FindingWords extends AnswerWords {
  title: string;
}
