import { parentPort } from 'node:worker_threads';

/** A request and the id of its answer; null when nobody waits for one. */
export interface ThreadRequest<Request> {
  readonly id: number | null;
  readonly request: Request;
}

export interface ThreadAnswer<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

/**
 * Makes this thread answer the requests of a `ThreadClient`. An error thrown by `answer` ends the thread, whose state
 * is unknown from then on. `handedOver` names the memory that an answer transfers.
 */
export function answerRequests<Request, Answer>(
  answer: (request: Request) => Answer,
  handedOver: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  parentPort?.on('message', (requests: readonly ThreadRequest<Request>[]) => {
    const answers: ThreadAnswer<Answer>[] = [];
    for (const { id, request } of requests) {
      const given = answer(request);
      if (id !== null) answers.push({ id, answer: given });
    }
    if (answers.length > 0) {
      parentPort?.postMessage(
        answers,
        answers.flatMap((each) => handedOver(each.answer)),
      );
    }
  });
}
