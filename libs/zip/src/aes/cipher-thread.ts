// What a thread of `cipher-threads.ts` runs.
import { parentPort, workerData } from 'node:worker_threads';
import { Ae2Sealing, derivation } from './ae2-sealing.js';
import type { Frame } from './frame.js';

/** What a thread is asked for. A session is one entry; its frames come in order. */
export type CipherRequest =
  | { readonly kind: 'derive'; readonly password: Uint8Array; readonly salt: Uint8Array }
  | ({ readonly kind: 'seal'; readonly session: number; readonly password: Uint8Array } & FrameOfEntry)
  | { readonly kind: 'abandon'; readonly session: number };

interface FrameOfEntry {
  readonly frame: Frame;
  readonly isLast: boolean;
}

const deriveBytes = derivation(workerData);
const sealings = new Map<number, Ae2Sealing>();

parentPort?.on('message', (requests: readonly CipherRequest[]) => {
  const answers = requests.map(answerTo).filter((memory) => memory !== undefined);
  parentPort?.postMessage(answers, answers);
});

function answerTo(request: CipherRequest): ArrayBuffer | undefined {
  switch (request.kind) {
    case 'derive':
      return deriveBytes(request.password, request.salt).buffer as ArrayBuffer;
    case 'seal': {
      const { session, password, frame, isLast } = request;
      const sealing = sealings.get(session) ?? new Ae2Sealing(password, deriveBytes);
      sealing.seal(frame, isLast);
      if (isLast) sealings.delete(session);
      else sealings.set(session, sealing);
      return frame.memory;
    }
    case 'abandon':
      sealings.delete(request.session);
      return undefined;
  }
}
